//! Who is at the other side: name large, number and state below it. Names come from strangers and are only ever
//! text.

use super::icon::{Icon, icon};
use super::markup::{block, dynamic, heading, line, span, text};
use super::scope::{Scope, party};
use crate::state::words;
use leptos::prelude::*;
use ringdock_phone::PhoneView;

/// The other side of the call that is up, and its state.
pub fn who(scope: Scope, state: Vec<AnyView>) -> AnyView {
    let name = |view: &PhoneView| words::who(&party(view)).to_owned();
    let number = |view: &PhoneView| words::numbered(&party(view)).to_owned();
    let words = vec![
        heading("name", text(move || scope.read(name)).into_any()),
        line("number", text(move || scope.read(number)).into_any()),
        line("call-state", state.into_any()),
    ];
    let portrait = span("portrait", None, true, portrait(scope, Icon::Person));
    block("who", vec![portrait, block("who-text", words)])
}

/// The other side's initials; this icon without a name.
pub fn portrait(scope: Scope, nameless: Icon) -> AnyView {
    dynamic(move || match scope.read(|view| words::initials(&party(view))) {
        initials if initials.is_empty() => icon(nameless),
        initials => initials.into_any(),
    })
}
