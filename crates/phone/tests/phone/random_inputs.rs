//! Random sequences of inputs, with time that jumps, stands still and goes back.

use crate::any_input::{Passing, step};
use crate::harness::{Desk, dial};
use proptest::prelude::*;
use ringdock_phone::{
    CallView, ChannelCommand, ChannelEvent, Input, Intent, Leg, LineState, MediaCommand,
    MediaEvent, Microphone, Notice, Output, PhoneView, Stage, Tone, WhyNot,
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_phone_keeps_its_promises(ready: bool, steps in prop::collection::vec(step(), 1..80)) {
        keeps_its_promises(if ready { Desk::ready() } else { Desk::bare() }, steps)?;
    }
}

/// A clock that goes back before a phone was told of any moment does not go back to that phone.
#[test]
fn time_begins_with_the_first_input() -> Result<(), TestCaseError> {
    let steps = [
        (Passing::Back(20_000), Input::Channel(ChannelEvent::Line(LineState::Ready))),
        (Passing::Nothing, Input::Media(MediaEvent::Microphone(Microphone::Granted))),
        (Passing::Nothing, Input::Intent(dial("600"))),
        (Passing::Nothing, Input::Intent(Intent::HangUp)),
        (Passing::Nothing, Input::Timeout),
        (Passing::ToTheTimer, Input::Timeout),
    ];
    keeps_its_promises(Desk::bare(), steps)
}

fn keeps_its_promises(
    mut desk: Desk,
    steps: impl IntoIterator<Item = (Passing, Input)>,
) -> Result<(), TestCaseError> {
    let mut heard = Heard::default();
    for (time, input) in steps {
        desk.now = time.from(desk.now, desk.timeout());
        let before = desk.view();
        let outputs = desk.give(input.clone());
        let after = desk.view();
        heard.listen(&outputs);
        heard.agrees_with(&after)?;
        accepted_what_it_may(&before, &after, &input, &outputs)?;
        never_goes_back(&before, &after)?;
        if input == Input::Timeout {
            prop_assert!(desk.timeout().is_none_or(|due| due > desk.latest));
        }
    }
    Ok(())
}

/// What the outputs amount to.
#[derive(Default)]
struct Heard {
    lasting: Tone,
    muted: bool,
    /// The calls that have begun and were not logged yet.
    up: Vec<Leg>,
}

impl Heard {
    fn listen(&mut self, outputs: &[Output]) {
        for output in outputs {
            match output {
                Output::Tone(Tone::Key(_)) => {}
                // These are over after a moment.
                Output::Tone(tone @ (Tone::Busy | Tone::Ended)) => self.lasting = *tone,
                Output::Tone(tone @ (Tone::Ring | Tone::Ringback | Tone::Silence)) => {
                    assert_ne!(*tone, self.lasting, "a sound is begun twice");
                    self.lasting = *tone;
                }
                Output::Media(MediaCommand::Mute(muted)) => {
                    assert_ne!(*muted, self.muted, "the microphone is told twice");
                    self.muted = *muted;
                }
                Output::Media(MediaCommand::AskMicrophone | MediaCommand::AllowSound) => {}
                Output::Channel(ChannelCommand::Dial { leg, .. }) => {
                    assert_eq!(self.up, [], "a call is placed while another is up");
                    self.up.push(*leg);
                }
                Output::Channel(ChannelCommand::Consult { leg, consult, .. }) => {
                    assert_eq!(
                        self.up,
                        [*leg],
                        "a colleague is called without a call to ask about"
                    );
                    self.up.push(*consult);
                }
                Output::Channel(
                    ChannelCommand::Answer(_)
                    | ChannelCommand::Decline(_)
                    | ChannelCommand::HangUp(_)
                    | ChannelCommand::Digit(..)
                    | ChannelCommand::Hold(_)
                    | ChannelCommand::Resume(_)
                    | ChannelCommand::Transfer { .. }
                    | ChannelCommand::CompleteTransfer { .. }
                    | ChannelCommand::RepairAudio(_),
                ) => {}
                Output::Log(record) => {
                    // A call that came in was seen to begin in the view.
                    assert!(self.up.contains(&record.leg), "a log without its call");
                    self.up.retain(|leg| *leg != record.leg);
                    assert!(record.started_at <= record.ended_at);
                    assert!(
                        record
                            .answered_at
                            .is_none_or(|at| { record.started_at <= at && at <= record.ended_at })
                    );
                }
            }
        }
    }

    fn agrees_with(&mut self, view: &PhoneView) -> Result<(), TestCaseError> {
        let calls = || [&view.call, &view.consult].into_iter().flatten();
        let live = calls().filter(|call| is_live(call)).map(|call| call.leg);
        let live: Vec<_> = live.collect();
        // Calls that come in, or take another's place, begin without a word to the channel.
        let came = |leg: &&Leg| matches!(leg, Leg::Incoming(_)) && !self.up.contains(leg);
        let came: Vec<_> = live.iter().filter(came).copied().collect();
        self.up.extend(came);
        self.up.sort();
        let mut sorted = live.clone();
        sorted.sort();
        prop_assert_eq!(&self.up, &sorted, "one log per call, at its end");
        prop_assert!(view.consult.is_none() || live.len() == 2, "a colleague about nobody");

        let any = |wanted: Stage| calls().any(|call| call.stage == wanted);
        prop_assert_eq!(self.lasting == Tone::Ring, any(Stage::Incoming));
        let ringback = any(Stage::Ringing { early_media: false });
        prop_assert_eq!(self.lasting == Tone::Ringback, ringback);
        for call in calls() {
            prop_assert_eq!(call.muted, self.muted);
        }
        prop_assert!(!(view.may.hold && view.may.resume));
        Ok(())
    }
}

/// What the view said beforehand is what came of the intent.
fn accepted_what_it_may(
    before: &PhoneView,
    after: &PhoneView,
    input: &Input,
    outputs: &[Output],
) -> Result<(), TestCaseError> {
    let told = |wanted: fn(&ChannelCommand) -> bool| {
        outputs.iter().any(|o| matches!(o, Output::Channel(command) if wanted(command)))
    };
    let Input::Intent(intent) = input else { return Ok(()) };
    match intent {
        Intent::Dial { callee: to, .. } => {
            let may = before.may.dial.is_ok() && ringdock_phone::dialable(&to.number).is_some();
            prop_assert_eq!(told(|c| matches!(c, ChannelCommand::Dial { .. })), may);
            let refused = matches!(&after.notice, Some(Notice::NotDialled { .. }));
            let again = before.call.as_ref().is_some_and(|call| {
                matches!(call.stage, Stage::Dialing | Stage::Ringing { .. })
                    && ringdock_phone::dialable(&to.number).as_ref() == Some(&call.party.number)
            });
            let untold = before.may.dial == Err(WhyNot::NoLine) || again;
            let owed = !may && !untold;
            prop_assert!(refused == owed || untold && before.notice == after.notice);
        }
        Intent::Answer => {
            let answered = told(|c| matches!(c, ChannelCommand::Answer(_)));
            prop_assert_eq!(answered, before.may.answer.is_ok());
            prop_assert_eq!(before.may.answer == Err(WhyNot::NoCall), !before.may.decline);
        }
        Intent::Decline => {
            let declined = told(|c| matches!(c, ChannelCommand::Decline(_)));
            prop_assert_eq!(declined, before.may.decline);
        }
        Intent::HangUp => {
            let hung_up = told(|c| matches!(c, ChannelCommand::HangUp(_)));
            prop_assert_eq!(hung_up, before.may.hang_up);
        }
        Intent::Digit(_) => {
            let sent = told(|c| matches!(c, ChannelCommand::Digit(..)));
            prop_assert_eq!(sent, before.may.digit);
        }
        Intent::SetMuted(muted) => {
            let was = before.call.as_ref().is_some_and(|call| call.muted);
            let is = after.call.as_ref().is_some_and(|call| call.muted);
            prop_assert_eq!(is, if before.may.mute { *muted } else { was });
        }
        Intent::Hold => {
            let asked = told(|c| matches!(c, ChannelCommand::Hold(_)));
            prop_assert_eq!(asked, before.may.hold);
        }
        Intent::Resume => {
            let asked = told(|c| matches!(c, ChannelCommand::Resume(_)));
            prop_assert_eq!(asked, before.may.resume);
        }
        Intent::Transfer(to) => {
            let may = before.may.transfer && ringdock_phone::dialable(&to.number).is_some();
            prop_assert_eq!(told(|c| matches!(c, ChannelCommand::Transfer { .. })), may);
        }
        Intent::Consult(to) => {
            let may = before.may.consult && ringdock_phone::dialable(&to.number).is_some();
            prop_assert_eq!(told(|c| matches!(c, ChannelCommand::Consult { .. })), may);
        }
        Intent::CompleteTransfer => {
            let told = told(|c| matches!(c, ChannelCommand::CompleteTransfer { .. }));
            prop_assert_eq!(told, before.may.complete);
        }
        Intent::BackToCaller => {
            let resumed = told(|c| matches!(c, ChannelCommand::Resume(_)));
            prop_assert_eq!(resumed, before.may.back_to_caller);
            prop_assert!(!resumed || after.consult.is_none());
        }
        Intent::Dismiss => prop_assert_eq!(&after.turned_away, &before.turned_away),
        Intent::DismissNotice => {
            prop_assert!(before.notice.is_none() || before.notice != after.notice)
        }
        Intent::DismissTurnedAway => prop_assert!(after.turned_away.is_empty()),
        Intent::SeeMissed => prop_assert_eq!(after.missed, 0),
        Intent::Identify { .. } | Intent::AskMicrophone | Intent::AllowSound => {}
    }
    Ok(())
}

/// A call begins unmuted and moves towards its end; an ended one changes no more.
fn never_goes_back(before: &PhoneView, after: &PhoneView) -> Result<(), TestCaseError> {
    let Some(after) = &after.call else { return Ok(()) };
    let same_call = before.call.as_ref().filter(|before| before.leg == after.leg);
    let Some(before) = same_call else {
        // What takes the place of a call that is up goes on with its microphone.
        prop_assert!(!after.muted || before.call.as_ref().is_some_and(is_live));
        return Ok(());
    };
    prop_assert!(rank(&before.stage) <= rank(&after.stage));
    if matches!(before.stage, Stage::Ended { .. }) {
        prop_assert_eq!(before, after);
    }
    Ok(())
}

fn is_live(call: &CallView) -> bool {
    !matches!(call.stage, Stage::Ended { .. })
}

fn rank(stage: &Stage) -> u8 {
    match stage {
        Stage::Dialing | Stage::Incoming => 0,
        Stage::Ringing { .. } | Stage::Answering => 1,
        Stage::Active { .. } | Stage::Reconnecting { .. } | Stage::Transferring { .. } => 2,
        Stage::Ending => 3,
        Stage::Ended { .. } => 4,
    }
}
