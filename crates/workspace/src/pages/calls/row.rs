use leptos::prelude::*;
use ringdock_api::call::Call;

use crate::{
    pages::record::call_icon,
    parts::{icon, moment, other_side, outcome_badge, player},
    route::Route,
    state::Scope,
    words,
};

/// The row of a call.
pub fn row(scope: Scope, call: Signal<Call>) -> AnyView {
    let talk = move || {
        let seconds = call.with(|call| call.talk_seconds);
        (seconds > 0).then(|| words::talk(seconds))
    };
    let agent = move || call.with(|call| call.agent.as_ref().map(|agent| agent.name.clone()));
    let notes = move || {
        call.with(|call| {
            let texts = call.notes.iter().map(|note| note.text.clone());
            let texts = texts.filter(|text| !text.is_empty());
            texts.map(|text| view! { <p class="call-note">{text}</p> }).collect_view()
        })
    };
    view! {
        <tr>
            <th scope="row">{move || call.with(|call| with(scope, call))}</th>
            <td>{move || call.with(outcome_badge)}</td>
            <td class="end number">{talk}</td>
            <td class="late">{agent}</td>
            <td class="call-left">{notes}{player(call)}</td>
            <td class="muted when">{move || moment(call.with(|call| call.started_at))}</td>
        </tr>
    }
    .into_any()
}

/// Who called or was called, and the number.
fn with(scope: Scope, call: &Call) -> AnyView {
    let business = call.business.as_ref().map(|business| words::through(call.direction, business));
    view! {
        <div class="call-with">
            <span class="entry-sign">
                {icon(call_icon(call))}
                <span class="unseen">{words::direction(call.direction)}</span>
            </span>
            <div class="call-who">
                {who(call)}
                <small class="muted">{other_side(scope, call)}{business}</small>
            </div>
        </div>
    }
    .into_any()
}

/// The records that the call is linked to. Two are named, and how many more there are.
fn who(call: &Call) -> AnyView {
    if call.records.is_empty() {
        return view! { <span class="muted">{words::UNKNOWN_CALLER}</span> }.into_any();
    }
    let links = call.records.iter().take(2).map(|link| {
        let title = link.record.title.clone();
        if link.record.record_type == "user" {
            return view! { <span>{title}</span> }.into_any();
        }
        let href = Route::record(&link.record.record_type, link.record.id).href();
        view! { <a href=href>{title}</a> }.into_any()
    });
    let more = call.records.len().saturating_sub(2);
    let more = (more > 0).then(|| ["+", &more.to_string()].concat());
    view! { <span class="call-links">{links.collect_view()}{more}</span> }.into_any()
}
