//! What there is to read and put away: what did not go as wanted, who heard busy, missed calls.

use super::icon::{Icon, icon};
use super::markup::{View, text, when};
use super::scope::{Scope, is_live};
use super::shapes::{Button, block, line};
use crate::state::words;
use ringdock_phone::{Intent, PhoneView};

/// The notices that are due. Missed calls wait until no call is up.
pub fn notices(scope: Scope) -> View {
    let amiss = scope.holds(|view| view.notice.is_some());
    let turned_away = scope.holds(|view| !view.turned_away.is_empty());
    let missed = scope.holds(|view| view.missed > 0 && !is_live(view));
    vec![
        when(amiss, move || amiss_notice(scope)),
        when(turned_away, move || turned_away_notice(scope)),
        when(missed, move || missed_notice(scope)),
    ]
    .into()
}

fn amiss_notice(scope: Scope) -> View {
    let what = |view: &PhoneView| view.notice.as_ref().map(words::notice).unwrap_or_default();
    let words = vec![text(move || scope.read(what)).into()];
    notice(scope, Icon::Info, words, words::DISMISS_NOTICE, Intent::DismissNotice)
}

fn turned_away_notice(scope: Scope) -> View {
    let who = text(move || scope.read(|view| words::turned_away(&view.turned_away)));
    let words = vec![who.into()];
    notice(scope, Icon::PhoneMissed, words, words::DISMISS_NOTICE, Intent::DismissTurnedAway)
}

fn missed_notice(scope: Scope) -> View {
    let count = text(move || words::missed(scope.read(|view| view.missed)));
    let words = vec![count.into()];
    notice(scope, Icon::PhoneMissed, words, words::MARK_AS_SEEN, Intent::SeeMissed)
}

fn notice(scope: Scope, sign: Icon, words: Vec<View>, close: &'static str, intent: Intent) -> View {
    let close = Button::bare("icon-button", Icon::Close, close)
        .on_click(move || scope.phone.act(intent.clone()));
    block("notice", vec![icon(sign), line("", words), close])
}
