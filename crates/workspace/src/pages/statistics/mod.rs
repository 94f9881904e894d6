//! How the calls went.

mod bars;
mod days;
mod tiles;

use leptos::prelude::*;
use ringdock_api::{
    Id, Page,
    event::Event,
    statistics::{Statistics, StatisticsQuery},
    user::User,
};

use crate::{
    client::{Fetched, with_query},
    parts::{Icon, empty, loaded, page_heading},
    route::Route,
    state::{Scope, day_start, now, utc_offset},
    words,
};

/// The spans to choose from, in days.
const SPANS: [u32; 4] = [7, 30, 90, 365];

/// The page of the statistics.
pub fn page(scope: Scope) -> AnyView {
    let asked = Memo::new(move |_| match scope.router.route().get() {
        Route::Statistics { days, agent } => (days.clamp(1, 366), agent),
        _ => (SPANS[1], None),
    });
    let statistics: Fetched<Statistics> = Fetched::new(scope.reach, move || {
        let (days, agent) = asked.get();
        let query = StatisticsQuery {
            since: day_start(now(), days - 1),
            // Noon of tomorrow is tomorrow, whatever the clock does at night.
            until: day_start(day_start(now(), 0) + 36 * 3_600_000, 0),
            agent,
            utc_offset: Some(utc_offset()),
        };
        Some(with_query("/api/statistics", &query))
    });
    scope.live.on(move |event| {
        if matches!(event, Event::Call { .. }) {
            statistics.reload_soon();
        }
    });
    let body = move || {
        loaded(statistics.state(), 10, |statistics| {
            let none = statistics.total.calls == 0;
            let charts = if none {
                let action = ().into_any();
                let notice = empty(
                    Icon::Statistics,
                    words::NO_STATISTICS,
                    words::NO_STATISTICS_TEXT,
                    action,
                );
                view! { <div class="card">{notice}</div> }.into_any()
            } else {
                charts(&statistics)
            };
            vec![tiles::tiles(statistics.total), charts].into_any()
        })
    };
    view! {
        <div class="page-top">
            {page_heading(|| words::STATISTICS.to_owned())}
            <div class="page-actions">{period(scope, asked)}{agent(scope, asked)}</div>
        </div>
        {body}
    }
    .into_any()
}

fn charts(statistics: &Statistics) -> AnyView {
    vec![
        days::days(&statistics.days, statistics.total),
        view! {
            <div class="charts">{bars::agents(&statistics.agents)}{bars::outcomes(&statistics.outcomes)}</div>
        }
        .into_any(),
    ]
    .into_any()
}

fn period(scope: Scope, asked: Memo<(u32, Option<Id>)>) -> AnyView {
    let options = SPANS.map(|days| {
        let selected = move || asked.with(|(now, _)| *now == days);
        view! { <option value=days.to_string() prop:selected=selected>{words::last_days(days)}</option> }
    });
    let change = move |value: String| {
        let (before, agent) = asked.get_untracked();
        let days = value.parse().unwrap_or(before);
        scope.router.replace(&Route::Statistics { days, agent });
    };
    view! {
        <select aria-label=words::PERIOD on:change:target=move |event| change(event.target().value())>
            {options.collect_view()}
        </select>
    }
    .into_any()
}

fn agent(scope: Scope, asked: Memo<(u32, Option<Id>)>) -> AnyView {
    let users: Fetched<Page<User>> =
        Fetched::new(scope.reach, || Some("/api/users?limit=200".to_owned()));
    let options = move || {
        let users = users.with(|page| page.map(|page| page.items.clone()).unwrap_or_default());
        let option = |user: User| {
            let selected = move || asked.with(|(_, agent)| *agent == Some(user.id));
            view! { <option value=user.id.to_string() prop:selected=selected>{user.name}</option> }
        };
        users.into_iter().map(option).collect_view()
    };
    let change = move |value: String| {
        let (days, _) = asked.get_untracked();
        scope.router.replace(&Route::Statistics { days, agent: value.parse().ok() });
    };
    view! {
        <select aria-label=words::AGENT on:change:target=move |event| change(event.target().value())>
            <option value="" prop:selected=move || asked.with(|(_, agent)| agent.is_none())>{words::ALL_AGENTS}</option>
            {options}
        </select>
    }
    .into_any()
}
