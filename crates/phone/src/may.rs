//! What the agent may do: asked by the view beforehand, and by the machine when an intent arrives.

use crate::state::CallState;
use crate::{LineState, May, Microphone, WhyNot};

pub(crate) fn may(line: &LineState, microphone: Microphone, state: &CallState) -> May {
    May {
        dial: may_dial(line, microphone, state),
        answer: may_answer(microphone, state),
        decline: may_decline(state),
        hang_up: may_hang_up(state),
        mute: may_mute(state),
        digit: may_digit(state),
    }
}

pub(crate) fn may_dial(
    line: &LineState,
    microphone: Microphone,
    state: &CallState,
) -> Result<(), WhyNot> {
    match line {
        LineState::Off => Err(WhyNot::NoLine),
        LineState::Connecting
        | LineState::Ready
        | LineState::Lost { .. }
        | LineState::Down { .. }
            if state.is_live() =>
        {
            Err(WhyNot::InCall)
        }
        LineState::Connecting | LineState::Lost { .. } | LineState::Down { .. } => {
            Err(WhyNot::LineNotReady)
        }
        LineState::Ready => usable(microphone),
    }
}

pub(crate) fn may_answer(microphone: Microphone, state: &CallState) -> Result<(), WhyNot> {
    if may_decline(state) { usable(microphone) } else { Err(WhyNot::NoCall) }
}

fn may_decline(state: &CallState) -> bool {
    matches!(state, CallState::Incoming(_))
}

/// A call that comes in is declined instead; one that is ending is hung up already.
fn may_hang_up(state: &CallState) -> bool {
    match state {
        CallState::Dialing(_)
        | CallState::Ringing { .. }
        | CallState::Answering { .. }
        | CallState::Active(..)
        | CallState::Reconnecting(..) => true,
        CallState::Idle
        | CallState::Incoming(_)
        | CallState::Ending { .. }
        | CallState::Ended { .. } => false,
    }
}

/// Also before the answer: whoever mutes while it rings is not heard when the other side picks up.
pub(crate) fn may_mute(state: &CallState) -> bool {
    may_hang_up(state)
}

fn may_digit(state: &CallState) -> bool {
    matches!(state, CallState::Active(..) | CallState::Reconnecting(..))
}

fn usable(microphone: Microphone) -> Result<(), WhyNot> {
    match microphone {
        Microphone::Granted => Ok(()),
        Microphone::Unknown
        | Microphone::Asking
        | Microphone::Refused
        | Microphone::Missing
        | Microphone::Busy
        | Microphone::InsecurePage => Err(WhyNot::NoMicrophone),
    }
}
