//! Who is at the other side: name large, number and state below it. Names come from strangers and are only ever
//! text.

use super::icon::{Icon, icon};
use super::markup::{View, dynamic, text};
use super::places::Place;
use super::scope::{Scope, party};
use super::shapes::{block, heading, line, seen_only};
use crate::state::words;
use ringdock_phone::PhoneView;

/// The other side of the call that is up, and its state.
pub fn who(scope: Scope, state: Vec<View>) -> View {
    let name = |view: &PhoneView| words::who(&party(view)).to_owned();
    let number = |view: &PhoneView| words::numbered(&party(view)).to_owned();
    let words = vec![
        heading("name", text(move || scope.read(name))),
        line("number", text(move || scope.read(number))),
        scope.places.show(Place::Matched),
        line("call-state", state),
    ];
    let portrait = seen_only("portrait", portrait(scope, Icon::Person));
    block("who", vec![portrait, block("who-text", words)])
}

/// The other side's initials; this icon without a name.
pub fn portrait(scope: Scope, nameless: Icon) -> View {
    dynamic(move || match scope.read(|view| words::initials(&party(view))) {
        initials if initials.is_empty() => icon(nameless),
        initials => initials.into(),
    })
}
