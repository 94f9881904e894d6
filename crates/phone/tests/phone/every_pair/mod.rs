//! Every state against every input.
//!
//! One table a state, in the file of its name. Its first row is what the agent may do in that state;
//! every other row is an input, the stage it leads to, the seconds until the timer, and what comes
//! out (`~` marks a sound, capitals what the channel is told). A pair that is missing, added or different fails the test, which prints the table as it is.

use crate::harness::{COLLEAGUE, Desk, HELD, IN, NO_HOLD, OUT, dial, digit, party};
use crate::words;
use ringdock_phone::{
    AudioPath, Capabilities, ChannelEvent, EndReason, Failure, Hold, Input, Intent, Leg,
    LineProblem, LineState, MediaEvent, Microphone, Progress, Sample, Sound,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

macro_rules! tables {
    ($($name:ident: $desk:expr;)*) => {$(
        #[test]
        fn $name() {
            check(stringify!($name), include_str!(concat!(stringify!($name), ".txt")), || $desk);
        }
    )*};
}

tables! {
    off: Desk::bare();
    idle: Desk::ready();
    dialing: Desk::dialing();
    ringing: Desk::ringing(false);
    ringing_early_media: Desk::ringing(true);
    incoming: Desk::incoming();
    answering: Desk::answering();
    active: Desk::active();
    active_on_hold: Desk::held();
    active_hold_changes: after(Desk::active(), Input::Intent(Intent::Hold));
    reconnecting: Desk::reconnecting();
    consult_dialing: Desk::asking();
    consult_ringing: Desk::colleague_rings();
    consult_active: Desk::consulting();
    transferring: Desk::transferring();
    transferring_to_colleague: Desk::completing();
    ending: after(Desk::active(), Input::Intent(Intent::HangUp));
    ending_unanswered: after(Desk::dialing(), Input::Intent(Intent::HangUp));
    ended: after(Desk::active(), end_of(OUT, EndReason::FarEndHungUp));
    ended_busy: after(Desk::dialing(), end_of(OUT, EndReason::Busy));
}

fn check(name: &str, expected: &str, desk: impl Fn() -> Desk) {
    let actual = table(&desk);
    let cells = |line: &str| line.split('|').map(|c| c.trim().to_owned()).collect::<Vec<_>>();
    let expected: Vec<_> = expected.lines().map(cells).collect();
    let same = expected == actual.lines().map(cells).collect::<Vec<_>>();
    assert!(same, "the table of {name} is in truth:\n{actual}");
}

fn table(desk: &impl Fn() -> Desk) -> String {
    let mut table = format!("may | {}\n", words::may(&desk().view().may));
    for input in every_input() {
        table.push_str(&row(&words::input(&input), desk(), input));
    }
    let mut late = desk();
    late.wait(60);
    table.push_str(&row("timeout a minute later", late, Input::Timeout));
    table
}

fn row(name: &str, mut desk: Desk, input: Input) -> String {
    let before = words::view(&desk.view());
    let outputs: Vec<_> = desk.give(input).iter().map(words::output).collect();
    let mut stage = words::view(&desk.view());
    if stage == before {
        "stays".clone_into(&mut stage);
    }
    if desk.view().missed > 0 {
        stage.push_str(&format!(", missed {}", desk.view().missed));
    }
    let timer = desk.timeout().map(|due| format!("{}s", (due - desk.now).as_secs()));
    let timer = timer.unwrap_or_default();
    let row = format!("{name:<32} | {stage:<34} | {timer:<3} | {}", outputs.join(", "));
    format!("{}\n", row.trim_end())
}

fn every_input() -> Vec<Input> {
    let mut inputs = intents();
    inputs.extend(lines().map(|line| Input::Channel(ChannelEvent::Line(line))));
    let can = Capabilities { hold: true, transfer: false, consult: false };
    inputs.push(Input::Channel(ChannelEvent::Can(can)));
    inputs.extend([OUT, COLLEAGUE, IN, Leg::Incoming(2)].into_iter().flat_map(events));
    inputs.push(Input::Channel(ChannelEvent::TurnedAway(party("1009"))));
    inputs.extend(microphones().map(|mic| Input::Media(MediaEvent::Microphone(mic))));
    inputs.extend(
        [Sound::Allowed, Sound::NeedsClick].map(|sound| Input::Media(MediaEvent::Sound(sound))),
    );
    inputs.extend([OUT, COLLEAGUE].into_iter().flat_map(audio));
    inputs.push(Input::Media(MediaEvent::NetworkChanged));
    inputs.push(Input::Timeout);
    inputs
}

fn audio(leg: Leg) -> impl Iterator<Item = Input> {
    [
        MediaEvent::Audio(leg, AudioPath::Open),
        MediaEvent::Audio(leg, AudioPath::Interrupted),
        MediaEvent::Audio(leg, AudioPath::Broken),
        MediaEvent::Sample(leg, Sample::default()),
    ]
    .into_iter()
    .map(Input::Media)
}

fn intents() -> Vec<Input> {
    let intents = [
        dial("(020) 7946"),
        dial("no number"),
        Intent::Answer,
        Intent::Decline,
        Intent::HangUp,
        Intent::SetMuted(true),
        Intent::SetMuted(false),
        Intent::Digit(digit('5')),
        Intent::Hold,
        Intent::Resume,
        Intent::Transfer(party("1003")),
        Intent::Transfer(party("nobody")),
        Intent::Consult(party("1003")),
        Intent::Consult(party("nobody")),
        Intent::CompleteTransfer,
        Intent::BackToCaller,
        Intent::Dismiss,
        Intent::DismissNotice,
        Intent::DismissTurnedAway,
        Intent::Identify { leg: OUT, name: "Mary".to_owned() },
        Intent::SeeMissed,
        Intent::AskMicrophone,
        Intent::AllowSound,
    ];
    intents.into_iter().map(Input::Intent).collect()
}

fn lines() -> impl Iterator<Item = LineState> {
    let problem = LineProblem::Unreachable { server: "pbx.example".to_owned() };
    [
        LineState::Off,
        LineState::Connecting,
        LineState::Ready,
        LineState::Lost { problem: problem.clone(), retry_at: None },
        LineState::Down { problem, retry_at: None },
    ]
    .into_iter()
}

fn events(leg: Leg) -> Vec<Input> {
    let events = [
        ChannelEvent::Incoming { leg, caller: party("1003"), called: None },
        ChannelEvent::Ringing { leg, early_media: false },
        ChannelEvent::Ringing { leg, early_media: true },
        ChannelEvent::Answered { leg },
        ChannelEvent::SignallingLost { leg },
        ChannelEvent::SignallingRestored { leg },
        ChannelEvent::Named { leg, id: "id".to_owned() },
        ChannelEvent::Hold { leg, hold: NO_HOLD },
        ChannelEvent::Hold { leg, hold: HELD },
        ChannelEvent::Hold { leg, hold: Hold { by_us: false, by_them: true } },
        ChannelEvent::HoldRefused { leg, wanted: true },
        ChannelEvent::HoldRefused { leg, wanted: false },
        ChannelEvent::Transfer { leg, progress: Progress::Ringing },
        ChannelEvent::Transfer { leg, progress: Progress::Unconfirmed },
        ChannelEvent::Transfer { leg, progress: Progress::Failed(EndReason::Busy) },
        ChannelEvent::Identity { leg, party: party("1009") },
        ChannelEvent::Replaced { leg, by: Leg::Incoming(7), party: party("1008") },
    ];
    let ends = [
        EndReason::HungUp,
        EndReason::Transferred,
        EndReason::FarEndHungUp,
        EndReason::CallerGaveUp,
        EndReason::AnsweredElsewhere,
        EndReason::NoAnswer,
        EndReason::Failed(Failure::Network),
    ];
    let ends = ends.into_iter().map(|reason| end_of(leg, reason));
    events.into_iter().map(Input::Channel).chain(ends).collect()
}

fn microphones() -> impl Iterator<Item = Microphone> {
    [
        Microphone::Unknown,
        Microphone::Asking,
        Microphone::Granted,
        Microphone::Refused,
        Microphone::Missing,
        Microphone::Busy,
        Microphone::InsecurePage,
    ]
    .into_iter()
}

fn end_of(leg: Leg, reason: EndReason) -> Input {
    Input::Channel(ChannelEvent::Ended { leg, reason })
}

fn after(mut desk: Desk, input: Input) -> Desk {
    desk.wait(7);
    desk.give(input);
    desk
}
