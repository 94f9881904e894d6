use leptos::prelude::*;
use ringdock_api::call::{Call, Direction};

use crate::{
    pages::record::call_icon,
    parts::{icon, number_button, outcome_badge},
    route::Route,
    state::Scope,
    words,
};

/// The row of a call.
pub fn row(scope: Scope, call: &Call) -> AnyView {
    let number = match call.direction {
        Direction::Incoming => &call.from,
        Direction::Outgoing => &call.to,
    };
    let talk = (call.talk_seconds > 0).then(|| words::talk(call.talk_seconds));
    let agent = call.agent.as_ref().map(|agent| agent.name.clone());
    let business = call.business.as_ref().map(|business| words::through(call.direction, business));
    view! {
        <tr>
            <th scope="row">
                <div class="call-with">
                    <span class="entry-sign">
                        {icon(call_icon(call))}
                        <span class="unseen">{words::direction(call.direction)}</span>
                    </span>
                    <div class="call-who">
                        {who(call)}
                        <small class="muted">
                            <span class="number">{number.clone()}</span>
                            {number_button(scope, number, number.clone(), None)}
                            {business}
                        </small>
                    </div>
                </div>
            </th>
            <td>{outcome_badge(call)}</td>
            <td class="end number">{talk}</td>
            <td class="late">{agent}</td>
            <td class="muted when"><time>{words::moment(call.started_at)}</time></td>
        </tr>
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
