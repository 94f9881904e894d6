//! Callers the agent has not spoken to: missed calls, and the one who heard busy.

use super::icon::{Icon, icon};
use super::markup::{View, text, when};
use super::scope::{Scope, is_live};
use super::shapes::{Button, block, line, piece};
use crate::state::words;
use ringdock_phone::{Intent, PhoneView};

/// The notices that are due. Missed calls wait until no call is up.
pub fn notices(scope: Scope) -> View {
    let turned_away = scope.holds(|view| view.turned_away.is_some());
    let missed = scope.holds(|view| view.missed > 0 && !is_live(view));
    vec![
        when(turned_away, move || turned_away_notice(scope)),
        when(missed, move || missed_notice(scope)),
    ]
    .into()
}

fn turned_away_notice(scope: Scope) -> View {
    let who =
        |view: &PhoneView| view.turned_away.as_ref().map(words::turned_away).unwrap_or_default();
    let number = |view: &PhoneView| {
        view.turned_away.as_ref().map(words::numbered).unwrap_or_default().to_owned()
    };
    let number = text(move || scope.read(number));
    let words = vec![text(move || scope.read(who)).into(), piece("number", number)];
    notice(scope, words, words::DISMISS_NOTICE, Intent::Dismiss)
}

fn missed_notice(scope: Scope) -> View {
    let count = text(move || words::missed(scope.read(|view| view.missed)));
    notice(scope, vec![count.into()], words::MARK_AS_SEEN, Intent::SeeMissed)
}

fn notice(scope: Scope, words: Vec<View>, close: &'static str, intent: Intent) -> View {
    let close = Button::bare("icon-button", Icon::Close, close)
        .on_click(move || scope.phone.act(intent.clone()));
    block("notice", vec![icon(Icon::PhoneMissed), line("", words), close])
}
