//! The word about a call that is over.

use super::focus::Spot;
use super::icon::{Icon, icon};
use super::markup::View;
use super::scope::Scope;
use super::shapes::{Button, block, heading, line, piece};
use crate::state::words;
use ringdock_phone::{Direction, EndReason, Intent, Stage};

/// Why the call ended, how long it was, and what can be done now.
pub fn ended(scope: Scope) -> View {
    let Scope { phone, focus, .. } = scope;
    // An ended call changes no more, so that it is read once.
    let Some(call) = phone.view.with_untracked(|view| view.call.clone()) else {
        return View::nothing();
    };
    let Stage::Ended { reason, talk } = call.stage else { return View::nothing() };
    let trouble = words::is_trouble(&reason);
    let missed = reason == EndReason::CallerGaveUp;
    let sign = icon(if missed { Icon::PhoneMissed } else { Icon::PhoneOff });
    let party = call.party;
    let mut parts = vec![
        heading("", words::ended_title(&reason)),
        line("ended-who", words::who(&party).to_owned()),
        line("number", words::numbered(&party).to_owned()),
        line("numeric", talk.map(words::talk_time).unwrap_or_default()),
        line("", words::ended(&reason)),
        line("detail", words::ended_detail(&reason).unwrap_or_default()),
    ];
    let act = move |intent| {
        phone.act(intent);
        focus.send(Spot::Middle);
    };
    if trouble && call.direction == Direction::Outgoing {
        let redial = Intent::Dial { callee: party.clone(), from: call.own_number.clone() };
        let again = Button::worded("button", words::CALL_AGAIN)
            .disabled(move || scope.read(|view| view.may.dial.is_err()))
            .on_click(move || act(redial.clone()));
        parts.push(again);
    }
    let dismiss = Button::bare("icon-button", Icon::Close, words::DISMISS)
        .on_click(move || act(Intent::Dismiss));
    let class = if trouble { "ended trouble" } else { "ended" };
    block(class, vec![piece("ended-sign", sign), block("ended-text", parts), dismiss])
}
