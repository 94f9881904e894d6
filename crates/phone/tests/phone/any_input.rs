//! Inputs of all kinds, for random sequences.

use crate::harness::{dial, digit, party};
use proptest::prelude::*;
use ringdock_phone::{
    AudioPath, Capabilities, ChannelEvent, EndReason, Failure, Hold, Input, Intent, Leg,
    LineProblem, LineState, MediaEvent, Microphone, Progress, Sample, Sound, Time,
};
use std::time::Duration;

/// How time passes before an input.
#[derive(Clone, Debug)]
pub enum Passing {
    Nothing,
    Forward(u64),
    Back(u64),
    ToTheTimer,
}

impl Passing {
    /// The time of the input.
    pub fn from(&self, now: Time, timer: Option<Time>) -> Time {
        match self {
            Passing::Nothing => now,
            Passing::Forward(ms) => now + Duration::from_millis(*ms),
            Passing::Back(ms) => Time(now - Time(Duration::from_millis(*ms))),
            Passing::ToTheTimer => timer.unwrap_or(now),
        }
    }
}

/// Any input at any time.
pub fn step() -> impl Strategy<Value = (Passing, Input)> {
    let passing = prop_oneof![
        3 => Just(Passing::Nothing),
        3 => (0..20_000u64).prop_map(Passing::Forward),
        1 => (0..20_000u64).prop_map(Passing::Back),
        2 => Just(Passing::ToTheTimer),
    ];
    let input = prop_oneof![
        6 => intent().prop_map(Input::Intent),
        8 => event().prop_map(Input::Channel),
        3 => media().prop_map(Input::Media),
        2 => Just(Input::Timeout),
    ];
    (passing, input)
}

fn intent() -> impl Strategy<Value = Intent> {
    let number =
        || prop_oneof![3 => Just("600"), 1 => Just("+44 20"), 1 => Just("junk"), 1 => Just("")];
    prop_oneof![
        4 => number().prop_map(dial),
        1 => Just(Intent::Hold),
        1 => Just(Intent::Resume),
        1 => number().prop_map(|number| Intent::Transfer(party(number))),
        4 => number().prop_map(|number| Intent::Consult(party(number))),
        2 => Just(Intent::CompleteTransfer),
        1 => Just(Intent::BackToCaller),
        3 => Just(Intent::Answer),
        1 => Just(Intent::Decline),
        2 => Just(Intent::HangUp),
        2 => any::<bool>().prop_map(Intent::SetMuted),
        1 => prop::sample::select(vec!['0', '9', '*', '#']).prop_map(|s| Intent::Digit(digit(s))),
        1 => leg().prop_map(|leg| Intent::Identify { leg, name: "Mary".to_owned() }),
        1 => Just(Intent::Dismiss),
        1 => Just(Intent::DismissNotice),
        1 => Just(Intent::DismissTurnedAway),
        1 => Just(Intent::SeeMissed),
        1 => Just(Intent::AskMicrophone),
        1 => Just(Intent::AllowSound),
    ]
}

fn event() -> impl Strategy<Value = ChannelEvent> {
    prop_oneof![
        2 => line().prop_map(ChannelEvent::Line),
        3 => leg().prop_map(|leg| ChannelEvent::Incoming { leg, caller: party("1002"), called: None }),
        2 => (leg(), any::<bool>())
            .prop_map(|(leg, early_media)| ChannelEvent::Ringing { leg, early_media }),
        4 => leg().prop_map(|leg| ChannelEvent::Answered { leg }),
        2 => leg().prop_map(|leg| ChannelEvent::SignallingLost { leg }),
        2 => leg().prop_map(|leg| ChannelEvent::SignallingRestored { leg }),
        3 => (leg(), reason()).prop_map(|(leg, reason)| ChannelEvent::Ended { leg, reason }),
        1 => any::<bool>().prop_map(|all| {
            ChannelEvent::Can(Capabilities { hold: true, transfer: all, consult: all })
        }),
        2 => (leg(), any::<bool>(), any::<bool>()).prop_map(|(leg, by_us, by_them)| {
            ChannelEvent::Hold { leg, hold: Hold { by_us, by_them } }
        }),
        1 => (leg(), any::<bool>())
            .prop_map(|(leg, wanted)| ChannelEvent::HoldRefused { leg, wanted }),
        2 => (leg(), progress())
            .prop_map(|(leg, progress)| ChannelEvent::Transfer { leg, progress }),
        1 => (leg(), (3..6u32).prop_map(Leg::Incoming)).prop_map(|(leg, by)| {
            ChannelEvent::Replaced { leg, by, party: party("1008") }
        }),
        1 => leg().prop_map(|leg| ChannelEvent::Identity { leg, party: party("1009") }),
        1 => Just(ChannelEvent::TurnedAway(party("1003"))),
    ]
}

fn leg() -> impl Strategy<Value = Leg> {
    prop_oneof![
        6 => (1..6u32).prop_map(Leg::Outgoing),
        3 => (1..3u32).prop_map(Leg::Incoming),
        1 => (3..6u32).prop_map(Leg::Incoming),
    ]
}

fn progress() -> impl Strategy<Value = Progress> {
    prop_oneof![
        Just(Progress::Ringing),
        Just(Progress::Unconfirmed),
        reason().prop_map(Progress::Failed),
    ]
}

fn line() -> impl Strategy<Value = LineState> {
    let problem = || LineProblem::Unreachable { server: "pbx.example".to_owned() };
    prop_oneof![
        1 => Just(LineState::Off),
        1 => Just(LineState::Connecting),
        8 => Just(LineState::Ready),
        1 => Just(LineState::Lost { problem: problem(), retry_at: None }),
        1 => Just(LineState::Down { problem: problem(), retry_at: None }),
    ]
}

fn reason() -> impl Strategy<Value = EndReason> {
    prop::sample::select(vec![
        EndReason::HungUp,
        EndReason::Transferred,
        EndReason::Replaced,
        EndReason::FarEndHungUp,
        EndReason::GivenUp,
        EndReason::CallerGaveUp,
        EndReason::AnsweredElsewhere,
        EndReason::Declined,
        EndReason::Busy,
        EndReason::NoAnswer,
        EndReason::Rejected,
        EndReason::NotFound,
        EndReason::Unavailable,
        EndReason::NotAllowed,
        EndReason::Failed(Failure::Network),
    ])
}

fn media() -> impl Strategy<Value = MediaEvent> {
    prop_oneof![
        6 => Just(MediaEvent::Microphone(Microphone::Granted)),
        1 => Just(MediaEvent::Microphone(Microphone::Unknown)),
        1 => Just(MediaEvent::Microphone(Microphone::Refused)),
        1 => Just(MediaEvent::Sound(Sound::NeedsClick)),
        1 => Just(MediaEvent::Sound(Sound::Allowed)),
        3 => (leg(), prop::sample::select(vec![AudioPath::Open, AudioPath::Interrupted, AudioPath::Broken]))
            .prop_map(|(leg, path)| MediaEvent::Audio(leg, path)),
        3 => (leg(), sample()).prop_map(|(leg, sample)| MediaEvent::Sample(leg, sample)),
        1 => Just(MediaEvent::NetworkChanged),
    ]
}

/// Any numbers at all: they come from the network.
fn sample() -> impl Strategy<Value = Sample> {
    let (counts, delays) = (any::<[u32; 3]>(), any::<(u32, Option<u32>)>());
    (counts, delays).prop_map(|([received, lost, lost_there], (jitter, round_trip))| Sample {
        received,
        lost,
        jitter,
        round_trip,
        lost_there,
        microphone: received % 2,
    })
}
