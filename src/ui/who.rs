//! Who is at the other side: name large, number and state below it. Names come from strangers and are only ever text.

use super::icon::{Icon, icon};
use super::slice::{party, slice};
use crate::state::{PhoneModel, words};
use leptos::prelude::*;

/// The other side of the call that is up; the children are its state.
#[component]
pub fn Who(children: Children) -> impl IntoView {
    let phone = expect_context::<PhoneModel>();
    let party = slice(phone, party);
    let portrait = move || match party.with(words::initials) {
        initials if initials.is_empty() => icon(Icon::Person),
        initials => initials.into_any(),
    };
    let name = move || party.with(|party| words::who(party).to_owned());
    let number = move || party.with(|party| words::numbered(party).to_owned());
    view! {
        <div class="who">
            <span class="portrait" aria-hidden="true">{portrait}</span>
            <div class="who-text">
                <h2 class="name" dir="auto" title=name>{name}</h2>
                <p class="number">{number}</p>
                <p class="call-state">{children()}</p>
            </div>
        </div>
    }
}
