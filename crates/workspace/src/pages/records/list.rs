use leptos::prelude::*;
use ringdock_api::{
    event::{Change, Event},
    record::{Record, RecordBrief, RecordQuery, RecordType},
};

use super::filter::filter;
use crate::{
    client::{Paged, with_query},
    pages::{lost::no_page, shell::menu::kind_icon},
    parts::{
        Icon, call_button, day, empty, icon, loaded, more, page_heading, skeleton, status_badge,
    },
    route::Route,
    state::Scope,
    words,
};

/// The list of a type with its search.
pub fn list(scope: Scope, key: String) -> AnyView {
    let kind = Memo::new({
        let key = key.clone();
        move |_| scope.kind(&key)
    });
    let plural = move || kind.get().map(|kind| kind.plural).unwrap_or_default();
    let query = Memo::new(move |_| match scope.router.route().get() {
        Route::Records(query) => query,
        _ => RecordQuery::default(),
    });
    let records: Paged<Record> =
        Paged::new(scope.reach, move || with_query("/api/records", &query.get()));
    follow(scope, key.clone(), records);
    let new = Route::NewRecord { kind: key, link: None, to: None }.href();
    let add = move || {
        kind.get().map(|kind| {
            view! {
                <a class="button primary" href=new.clone()>
                    {icon(Icon::Plus)}<span>{words::new_record(&kind.name)}</span>
                </a>
            }
        })
    };
    let body = move || match kind.get() {
        Some(kind) => table(scope, kind, query, records),
        None => skeleton(8),
    };
    let is_known =
        Memo::new(move |_| kind.with(Option::is_some) || scope.types.with(|t| t.is_none()));
    (move || {
        if !is_known.get() {
            return no_page();
        }
        view! {
            <div class="page-top">{page_heading(plural)}<div class="page-actions">{add.clone()}</div></div>
            {move || kind.get().map(|kind| filter(scope, &kind, query))}
            {body}
        }
        .into_any()
    })
    .into_any()
}

/// Fetches again when a record of the type changes.
fn follow(scope: Scope, key: String, records: Paged<Record>) {
    scope.live.on(move |event| {
        if let Event::Record { record_type, change, .. } = event
            && *record_type == key
            && *change != Change::Timeline
        {
            records.reload_soon();
        }
    });
}

fn table(
    scope: Scope,
    kind: RecordType,
    query: Memo<RecordQuery>,
    records: Paged<Record>,
) -> AnyView {
    let plural = kind.plural.clone();
    let kind = StoredValue::new(kind);
    let rows = move || {
        loaded(records.state(), 8, |items| {
            if items.is_empty() {
                return nothing(&plural, &query.get());
            }
            let rows = items.iter().map(|record| row(scope, &kind.get_value(), record));
            view! {
                <table class="table records stacked">
                    <thead><tr>
                        <th scope="col">{words::NAME}</th>
                        <th scope="col">{words::STATUS}</th>
                        <th scope="col">{words::PHONE}</th>
                        <th scope="col" class="late">{words::CHANGED}</th>
                    </tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            }
            .into_any()
        })
    };
    view! { <div class="card list">{rows}</div>{more(records)} }.into_any()
}

fn nothing(plural: &str, query: &RecordQuery) -> AnyView {
    if query.search.is_some() || query.status.is_some() {
        return empty(Icon::Search, words::NOTHING_FOUND, words::NOTHING_FOUND_TEXT, ().into_any());
    }
    let sign = kind_icon(query.record_type.as_deref().unwrap_or_default());
    empty(sign, words::NO_ENTRIES, &words::no_records(plural), ().into_any())
}

fn row(scope: Scope, kind: &RecordType, record: &Record) -> AnyView {
    let href = Route::record(&record.record_type, record.id).href();
    let brief = brief(record);
    let phone = record.phones.first().map(|phone| {
        view! {
            <span class="number">{phone.typed.clone()}</span>
            {call_button(scope, phone, &brief)}
        }
    });
    let under = second_line(kind, record);
    view! {
        <tr>
            <th scope="row">
                <a class="row-link" href=href>{record.title.clone()}</a>
                {(!under.is_empty()).then(|| view! { <small class="muted">{under}</small> })}
            </th>
            <td>{status_badge(Some(kind), record.status.as_deref())}</td>
            <td class="phone-cell">{phone}</td>
            <td class="late muted">{day(record.updated_at)}</td>
        </tr>
    }
    .into_any()
}

/// What a record is better known by than by its title alone: where it belongs, and its amount.
fn second_line(kind: &RecordType, record: &Record) -> String {
    let links = record.links.iter().map(|link| link.record.title.clone());
    let texts = ["job", "company", "city"].into_iter().filter_map(|key| {
        kind.field(key)?;
        record.fields.get(key).map(str::to_owned)
    });
    texts.chain(links).take(2).collect::<Vec<_>>().join(" · ")
}

/// The record in a few words.
pub fn brief(record: &Record) -> RecordBrief {
    RecordBrief {
        id: record.id,
        record_type: record.record_type.clone(),
        title: record.title.clone(),
        status: record.status.clone(),
    }
}
