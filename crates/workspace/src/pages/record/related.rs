//! What belongs to the record: what is open around it, and the way to something new that is linked to it.

use leptos::prelude::*;
use ringdock_api::{
    matching::Related,
    record::{RecordBrief, RecordType},
};

use super::Subject;
use crate::{
    pages::shell::menu::kind_icon,
    parts::{Icon, icon, status_badge},
    route::Route,
    state::Scope,
    words,
};

pub fn related(subject: Subject, kind: Memo<RecordType>) -> AnyView {
    let scope = subject.scope;
    let own = kind.with_untracked(|kind| kind.key.clone());
    let parts = move || {
        let related = subject.related.value().unwrap_or_default();
        let Related { account, deals, cases, .. } = related;
        // The account stands among the fields already, where it is one.
        let account = account.filter(|_| own != "contact").into_iter().collect();
        vec![
            group(scope, &own, subject, "account", account),
            group(scope, &own, subject, "deal", deals),
            group(scope, &own, subject, "case", cases),
        ]
    };
    parts.into_any()
}

fn group(
    scope: Scope,
    own: &str,
    subject: Subject,
    key: &str,
    records: Vec<RecordBrief>,
) -> AnyView {
    let Some(kind) = scope.kind(key) else { return ().into_any() };
    // The first link of that type that leads back here.
    let back = kind.fields.iter().find(|field| field.target.as_deref() == Some(own));
    let link = back.map(|field| field.key.clone());
    if records.is_empty() && link.is_none() {
        return ().into_any();
    }
    let heading = ["related-", key].concat();
    let heading_id = heading.clone();
    let add = link.is_some().then(|| {
        let route = Route::NewRecord { kind: key.to_owned(), link, to: Some(subject.id) };
        let label = words::new_record(&kind.name);
        view! {
            <a class="icon-button" href=route.href() aria-label=label.clone() title=label>{icon(Icon::Plus)}</a>
        }
    });
    let title =
        if records.is_empty() { kind.plural.clone() } else { words::open_ones(&kind.plural) };
    let none = records.is_empty().then(|| view! { <p class="muted">{words::NONE_OPEN}</p> });
    let rows = records.iter().map(|record| {
        let href = Route::record(&record.record_type, record.id).href();
        view! {
            <li><a href=href>{record.title.clone()}</a>{status_badge(Some(&kind), record.status.as_deref())}</li>
        }
    });
    view! {
        <section class="card" aria-labelledby=heading>
            <div class="card-top"><h2 id=heading_id>{icon(kind_icon(key))}{title}</h2>{add}</div>
            {none}
            <ul class="links">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}
