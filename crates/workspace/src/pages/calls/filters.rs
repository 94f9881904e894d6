//! What narrows the history down. It is part of the address.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use ringdock_api::{
    Page,
    call::{CallQuery, Direction, Outcome},
    record::{Record, RecordBrief},
    user::{Permission, User},
};

use crate::{
    client::Fetched,
    pages::records::brief,
    parts::{Form, picker},
    route::Route,
    state::{Scope, date_text, day_start, read_date},
    words,
};

/// How long after the last key the history is searched.
const PAUSE: Duration = Duration::from_millis(250);
const OUTCOMES: [Outcome; 7] = [
    Outcome::Answered,
    Outcome::NoAnswer,
    Outcome::Busy,
    Outcome::Cancelled,
    Outcome::Declined,
    Outcome::Failed,
    Outcome::Ringing,
];
const DIRECTIONS: [Direction; 2] = [Direction::Incoming, Direction::Outgoing];

/// Changes the query that is in the address.
#[derive(Clone, Copy)]
struct Filter {
    scope: Scope,
    query: Memo<CallQuery>,
}

impl Filter {
    fn apply(self, change: impl FnOnce(&mut CallQuery)) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        self.scope.router.replace(&Route::Calls(query));
    }
}

pub fn filters(scope: Scope, query: Memo<CallQuery>) -> AnyView {
    let filter = Filter { scope, query };
    let clear = move || {
        query.with(|query| *query != CallQuery::default()).then(|| {
            view! {
                <a class="button" href="/calls">{words::CLEAR_FILTERS}</a>
            }
        })
    };
    view! {
        <section class="filter call-filter" aria-label=words::FILTERS>
            {days(filter)}
            {scope.may(Permission::SeeAllCalls).then(|| agent(filter))}
            {choice(words::OUTCOME, words::ANY_OUTCOME, OUTCOMES.map(|o| (o, words::outcome_word(o))).to_vec(),
                move || query.with(|query| query.outcome),
                move |outcome| filter.apply(|query| query.outcome = outcome))}
            {choice(words::DIRECTION, words::BOTH_DIRECTIONS, DIRECTIONS.map(|d| (d, words::direction(d))).to_vec(),
                move || query.with(|query| query.direction),
                move |direction| filter.apply(|query| query.direction = direction))}
            {number(filter)}
            {record(filter)}
            <div class="filter-end">{clear}</div>
        </section>
    }
    .into_any()
}

/// The first and the last day.
fn days(filter: Filter) -> AnyView {
    let query = filter.query;
    let from = move || query.with(|query| query.since.map(date_text)).unwrap_or_default();
    // The end is the beginning of the next day.
    let until =
        move || query.with(|query| query.until.map(|at| date_text(at - 1))).unwrap_or_default();
    view! {
        <label class="filter-field">{words::FROM}
            <input type="date" prop:value=from on:change:target=move |event| {
                let since = read_date(&event.target().value());
                filter.apply(|query| query.since = since);
            } />
        </label>
        <label class="filter-field">{words::UNTIL}
            <input type="date" prop:value=until on:change:target=move |event| {
                // Noon of the next day is on the next day, whatever the clock does at night.
                let until = read_date(&event.target().value())
                    .map(|at| day_start(at + 36 * 3_600_000, 0));
                filter.apply(|query| query.until = until);
            } />
        </label>
    }
    .into_any()
}

fn agent(filter: Filter) -> AnyView {
    let users: Fetched<Page<User>> =
        Fetched::new(filter.scope.reach, || Some("/api/users?limit=200".to_owned()));
    (move || {
        let users = users.with(|page| {
            let items = page.map(|page| page.items.as_slice()).unwrap_or_default();
            items.iter().map(|user| (user.id, user.name.clone())).collect::<Vec<_>>()
        });
        choice(
            words::AGENT,
            words::ALL_AGENTS,
            users,
            move || filter.query.with(|query| query.agent),
            move |agent| filter.apply(|query| query.agent = agent),
        )
    })
    .into_any()
}

/// A choice of one of `options`, or of none: `all`.
fn choice<T: Copy + PartialEq + Send + Sync + 'static>(
    label: &'static str,
    all: &'static str,
    options: Vec<(T, impl ToString)>,
    now: impl Fn() -> Option<T> + Copy + Send + Sync + 'static,
    change: impl Fn(Option<T>) + 'static,
) -> AnyView {
    let values: Vec<T> = options.iter().map(|(value, _)| *value).collect();
    let rows = options.into_iter().enumerate().map(|(at, (value, word))| {
        let selected = move || now() == Some(value);
        view! { <option value=at.to_string() prop:selected=selected>{word.to_string()}</option> }
    });
    view! {
        <label class="filter-field">{label}
            <select on:change:target=move |event| {
                let at = event.target().value().parse::<usize>().ok();
                change(at.and_then(|at| values.get(at).copied()));
            }>
                <option value="" prop:selected=move || now().is_none()>{all}</option>
                {rows.collect_view()}
            </select>
        </label>
    }
    .into_any()
}

fn number(filter: Filter) -> AnyView {
    let query = filter.query;
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(earlier)) = waiting.try_get_value() {
            earlier.clear();
        }
    };
    let search = move |text: String| {
        stop();
        let later = move || {
            let number = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            filter.apply(|query| query.number = number);
        };
        waiting.set_value(set_timeout_with_handle(later, PAUSE).ok());
    };
    on_cleanup(stop);
    view! {
        <label class="filter-field">{words::NUMBER}
            <input type="search" prop:value=move || query.with(|query| query.number.clone()).unwrap_or_default()
                on:input:target=move |event| search(event.target().value()) />
        </label>
    }
    .into_any()
}

fn record(filter: Filter) -> AnyView {
    let Filter { scope, query } = filter;
    let id = Memo::new(move |_| query.with(|query| query.record));
    let fetched: Fetched<Record> = Fetched::new(scope.reach, move || {
        id.get().map(|id| ["/api/records/", &id.to_string()].concat())
    });
    let chosen = RwSignal::new(None::<RecordBrief>);
    Effect::new(move |_| {
        let now = id.get().and_then(|id| {
            fetched.with(|record| record.filter(|record| record.id == id).map(brief))
        });
        if id.get().is_none() || now.is_some() {
            chosen.set(now);
        }
    });
    Effect::new(move |before: Option<Option<i64>>| {
        let now = chosen.with(|chosen| chosen.as_ref().map(|record| record.id));
        if before.is_some_and(|before| before != now) {
            filter.apply(|query| query.record = now);
        }
        now
    });
    let form = Form::new(scope.reach, "calls");
    view! { <div class="filter-field">{picker(scope, form, "record", words::RECORD, None, chosen)}</div> }
        .into_any()
}
