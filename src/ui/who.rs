//! Who is at the other side: name large, number and state below it. Names come from strangers and are only ever
//! text.

use super::icon::{Icon, icon};
use super::markup::{View, dynamic, text};
use super::scope::Scope;
use super::shapes::{block, heading, line, seen_only};
use crate::state::words;
use ringdock_phone::{Party, PhoneView};

/// The other side of a call, what it was found by, and its state.
pub fn who(scope: Scope, party: fn(&PhoneView) -> Party, matched: View, state: Vec<View>) -> View {
    let name = move || words::who(&scope.read(party)).to_owned();
    let number = move || words::numbered(&scope.read(party)).to_owned();
    let words = vec![
        heading("name", text(name)),
        line("number", text(number)),
        matched,
        line("call-state", state),
    ];
    let portrait = seen_only("portrait", portrait(scope, party, Icon::Person));
    block("who", vec![portrait, block("who-text", words)])
}

/// The other side's initials; this icon without a name.
pub fn portrait(scope: Scope, party: fn(&PhoneView) -> Party, nameless: Icon) -> View {
    dynamic(move || match words::initials(&scope.read(party)) {
        initials if initials.is_empty() => icon(nameless),
        initials => initials.into(),
    })
}
