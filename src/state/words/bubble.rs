//! The bubble, which has room for no word on screen.

use super::{call, line, missed};
use ringdock_phone::{PhoneView, Stage, Time};

/// What the bubble shows with its ring, its inside and its badge.
pub fn bubble(view: &PhoneView, now: Time) -> String {
    let mut text = match &view.call {
        Some(call) if call.stage == Stage::Incoming => call::incoming(&call.party),
        Some(call) => call::announce_stage(call),
        None => [line::dot(view.dot()), ". ", &line::status(view, now)].concat(),
    };
    if view.missed > 0 {
        text.push_str(", ");
        text.push_str(&missed(view.missed));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use ringdock_phone::{LineState, Microphone};

    #[test]
    fn the_bubble_tells_the_line_and_the_missed_calls() {
        let (line, microphone) = (LineState::Ready, Microphone::Granted);
        let view = PhoneView { line, microphone, missed: 2, ..PhoneView::default() };
        let said = bubble(&view, Time::default());
        assert_eq!(said, "Connected. Ready to place and take calls, 2 missed calls");
    }
}
