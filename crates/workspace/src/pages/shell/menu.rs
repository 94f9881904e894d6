//! The menu.

use leptos::prelude::*;
use ringdock_api::{call::CallQuery, user::Permission};

use crate::{
    parts::{Icon, icon},
    route::{Route, Section},
    state::Scope,
    words,
};

/// Days that the statistics begin with.
const DAYS: u32 = 30;

/// The types of record, then the pages about calls, then the settings; without what may not be seen.
pub fn menu(scope: Scope) -> AnyView {
    let kinds = move || {
        let kinds = scope.types.with(|types| types.map(|t| t.items.clone()).unwrap_or_default());
        kinds
            .into_iter()
            .map(|kind| item(scope, kind_icon(&kind.key), kind.plural, Route::records(&kind.key)))
            .collect_view()
    };
    let fixed = move || {
        let calls = scope.sees_calls().then(|| {
            let route = Route::Calls(CallQuery::default());
            item(scope, Icon::Phone, words::CALLS.to_owned(), route)
        });
        let statistics = scope.may(Permission::SeeStatistics).then(|| {
            let route = Route::Statistics { days: DAYS, agent: None };
            item(scope, Icon::Statistics, words::STATISTICS.to_owned(), route)
        });
        let route = Route::Settings(Section::Preferences);
        let settings = item(scope, Icon::Settings, words::SETTINGS.to_owned(), route);
        [calls, statistics, Some(settings)].into_iter().flatten().collect_view()
    };
    view! { <nav aria-label=words::MAIN_MENU><ul>{kinds}</ul><ul>{fixed}</ul></nav> }.into_any()
}

/// The sign of a type of record.
pub fn kind_icon(key: &str) -> Icon {
    match key {
        "contact" => Icon::Contacts,
        "lead" => Icon::Lead,
        "account" => Icon::Account,
        "deal" => Icon::Deal,
        "case" => Icon::Case,
        _ => Icon::Record,
    }
}

fn item(scope: Scope, sign: Icon, name: String, route: Route) -> AnyView {
    let href = route.href();
    let current = move || scope.router.route().with(|now| belongs(now, &route)).then_some("page");
    view! {
        <li><a href=href aria-current=current>{icon(sign)}<span>{name}</span></a></li>
    }
    .into_any()
}

/// Whether the page `now` is found under the item that leads to `route`.
fn belongs(now: &Route, route: &Route) -> bool {
    match (now, route) {
        (Route::Record { kind, .. } | Route::NewRecord { kind, .. }, Route::Records(query)) => {
            query.record_type.as_ref() == Some(kind)
        }
        (Route::Settings(_), Route::Settings(_)) => true,
        _ => now.same_page(route),
    }
}
