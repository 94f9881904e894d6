//! Inputs, stages and outputs in the words of the tables. Each match is exhaustive, so that whatever
//! is added to the machine has to be put into words, and into the tables.

use ringdock_phone::{
    ChannelCommand, ChannelEvent, Hold, Input, Intent, Leg, LineState, May, MediaCommand,
    MediaEvent, Notice, Output, PhoneView, Progress, Stage, Tone, WhyNot,
};

pub fn input(input: &Input) -> String {
    match input {
        Input::Intent(intent) => intent_words(intent),
        Input::Channel(event) => event_words(event),
        Input::Media(MediaEvent::Microphone(microphone)) => format!("microphone {microphone:?}"),
        Input::Media(MediaEvent::Sound(sound)) => format!("sound {sound:?}"),
        Input::Media(MediaEvent::Audio(leg, path)) => {
            format!("audio {} {path:?}", leg_words(*leg)).to_lowercase()
        }
        Input::Media(MediaEvent::Sample(leg, _)) => format!("sample {}", leg_words(*leg)),
        Input::Media(MediaEvent::NetworkChanged) => "network changed".to_owned(),
        Input::Timeout => "timeout".to_owned(),
    }
}

fn intent_words(intent: &Intent) -> String {
    match intent {
        Intent::Dial { callee, .. } => format!("dial {}", callee.number),
        Intent::Answer => "answer".to_owned(),
        Intent::Decline => "decline".to_owned(),
        Intent::HangUp => "hang up".to_owned(),
        Intent::SetMuted(muted) => format!("set muted {muted}"),
        Intent::Digit(digit) => format!("digit {}", digit.as_char()),
        Intent::Hold => "hold".to_owned(),
        Intent::Resume => "resume".to_owned(),
        Intent::Transfer(to) => format!("transfer {}", to.number),
        Intent::Consult(colleague) => format!("ask {}", colleague.number),
        Intent::CompleteTransfer => "complete".to_owned(),
        Intent::BackToCaller => "back to caller".to_owned(),
        Intent::Dismiss => "dismiss".to_owned(),
        Intent::DismissNotice => "dismiss notice".to_owned(),
        Intent::DismissTurnedAway => "dismiss turned away".to_owned(),
        Intent::Identify { name, .. } => format!("identify as {name}"),
        Intent::SeeMissed => "see missed".to_owned(),
        Intent::AskMicrophone => "ask microphone".to_owned(),
        Intent::AllowSound => "allow sound".to_owned(),
    }
}

fn event_words(event: &ChannelEvent) -> String {
    match event {
        ChannelEvent::Line(LineState::Off) => "line off".to_owned(),
        ChannelEvent::Line(LineState::Connecting) => "line connecting".to_owned(),
        ChannelEvent::Line(LineState::Ready) => "line ready".to_owned(),
        ChannelEvent::Line(LineState::Lost { .. }) => "line lost".to_owned(),
        ChannelEvent::Line(LineState::Down { .. }) => "line down".to_owned(),
        ChannelEvent::Incoming { leg, .. } => format!("incoming {}", leg_words(*leg)),
        ChannelEvent::Ringing { leg, early_media: false } => format!("ringing {}", leg_words(*leg)),
        ChannelEvent::Ringing { leg, early_media: true } => {
            format!("early media {}", leg_words(*leg))
        }
        ChannelEvent::Answered { leg } => format!("answered {}", leg_words(*leg)),
        ChannelEvent::SignallingLost { leg } => format!("signalling lost {}", leg_words(*leg)),
        ChannelEvent::SignallingRestored { leg } => {
            format!("signalling restored {}", leg_words(*leg))
        }
        ChannelEvent::Can(_) => "can".to_owned(),
        ChannelEvent::Named { leg, .. } => format!("named {}", leg_words(*leg)),
        ChannelEvent::Hold { leg, hold } => {
            format!("hold {}: {}", leg_words(*leg), hold_words(*hold))
        }
        ChannelEvent::HoldRefused { leg, wanted: true } => {
            format!("hold refused {}", leg_words(*leg))
        }
        ChannelEvent::HoldRefused { leg, wanted: false } => {
            format!("resume refused {}", leg_words(*leg))
        }
        ChannelEvent::Transfer { leg, progress } => {
            let progress = match progress {
                Progress::Ringing => "rings".to_owned(),
                Progress::Unconfirmed => "unconfirmed".to_owned(),
                Progress::Failed(reason) => format!("{reason:?}"),
            };
            format!("transfer {} {progress}", leg_words(*leg))
        }
        ChannelEvent::Identity { leg, .. } => format!("identity {}", leg_words(*leg)),
        ChannelEvent::Replaced { leg, by, .. } => {
            format!("{} replaced by {}", leg_words(*leg), leg_words(*by))
        }
        ChannelEvent::Ended { leg, reason } => format!("ended {} {reason:?}", leg_words(*leg)),
        ChannelEvent::TurnedAway(_) => "turned away".to_owned(),
    }
}

fn leg_words(leg: Leg) -> String {
    match leg {
        Leg::Outgoing(number) => format!("out{number}"),
        Leg::Incoming(number) => format!("in{number}"),
    }
}

fn hold_words(hold: Hold) -> &'static str {
    match (hold.by_us, hold.by_them) {
        (false, false) => "none",
        (true, false) => "by us",
        (false, true) => "by them",
        (true, true) => "by both",
    }
}

/// The call, the colleague's, and what there is to read.
pub fn view(view: &PhoneView) -> String {
    let mut words = stage(view.call.as_ref().map(|call| &call.stage));
    let calls = [view.call.as_ref(), view.consult.as_ref()];
    for (number, call) in calls.into_iter().enumerate() {
        let Some(call) = call else { continue };
        if number > 0 {
            words.push_str(&format!(" + {}", stage(Some(&call.stage))));
        }
        if call.hold != Hold::default() {
            words.push_str(&format!(", held {}", hold_words(call.hold)));
        }
        if call.hold_changes {
            words.push_str(", hold changes");
        }
    }
    if let Some(notice) = &view.notice {
        words.push_str(&format!(", notice {}", notice_words(notice)));
    }
    words
}

fn notice_words(notice: &Notice) -> String {
    match notice {
        Notice::HoldRefused => "hold refused".to_owned(),
        Notice::ResumeRefused => "resume refused".to_owned(),
        Notice::TransferFailed { to, reason } => format!("{} not reached {reason:?}", to.number),
        Notice::TransferUnconfirmed { to } => format!("perhaps at {}", to.number),
        Notice::ColleagueGone { colleague, reason } => {
            format!("{} gone {reason:?}", colleague.number)
        }
        Notice::CallerGone { caller } => format!("{} gone", caller.number),
        Notice::NotDialled { callee, why } => format!("{} not called {why:?}", callee.number),
    }
}

fn stage(stage: Option<&Stage>) -> String {
    match stage {
        None => "idle".to_owned(),
        Some(Stage::Dialing) => "dialing".to_owned(),
        Some(Stage::Ringing { early_media: false }) => "ringing".to_owned(),
        Some(Stage::Ringing { early_media: true }) => "ringing, early media".to_owned(),
        Some(Stage::Incoming) => "incoming".to_owned(),
        Some(Stage::Answering) => "answering".to_owned(),
        Some(Stage::Active { .. }) => "active".to_owned(),
        Some(Stage::Reconnecting { .. }) => "reconnecting".to_owned(),
        Some(Stage::Transferring { to, ringing, .. }) => {
            let rings = if *ringing { " who rings" } else { "" };
            format!("transferring to {}{rings}", to.number)
        }
        Some(Stage::Ending) => "ending".to_owned(),
        Some(Stage::Ended { reason, talk: None }) => format!("ended {reason:?}"),
        Some(Stage::Ended { reason, talk: Some(talk) }) => {
            format!("ended {reason:?} after {}s", talk.as_secs())
        }
    }
}

pub fn output(output: &Output) -> String {
    match output {
        Output::Channel(ChannelCommand::Dial { leg, callee, .. }) => {
            format!("DIAL {} {}", leg_words(*leg), callee.number)
        }
        Output::Channel(ChannelCommand::Answer(leg)) => format!("ANSWER {}", leg_words(*leg)),
        Output::Channel(ChannelCommand::Decline(leg)) => format!("DECLINE {}", leg_words(*leg)),
        Output::Channel(ChannelCommand::HangUp(leg)) => format!("HANGUP {}", leg_words(*leg)),
        Output::Channel(ChannelCommand::Digit(leg, digit)) => {
            format!("DIGIT {} {}", leg_words(*leg), digit.as_char())
        }
        Output::Channel(ChannelCommand::Hold(leg)) => format!("HOLD {}", leg_words(*leg)),
        Output::Channel(ChannelCommand::Resume(leg)) => format!("RESUME {}", leg_words(*leg)),
        Output::Channel(ChannelCommand::Transfer { leg, to }) => {
            format!("TRANSFER {} {}", leg_words(*leg), to.number)
        }
        Output::Channel(ChannelCommand::Consult { leg, consult, colleague }) => {
            format!("ASK {} {} {}", leg_words(*leg), leg_words(*consult), colleague.number)
        }
        Output::Channel(ChannelCommand::CompleteTransfer { leg, consult }) => {
            format!("COMPLETE {} {}", leg_words(*leg), leg_words(*consult))
        }
        Output::Channel(ChannelCommand::RepairAudio(leg)) => format!("REPAIR {}", leg_words(*leg)),
        Output::Media(MediaCommand::AskMicrophone) => "ask for microphone".to_owned(),
        Output::Media(MediaCommand::Mute(true)) => "mute".to_owned(),
        Output::Media(MediaCommand::Mute(false)) => "unmute".to_owned(),
        Output::Media(MediaCommand::AllowSound) => "begin sound".to_owned(),
        Output::Tone(Tone::Key(digit)) => format!("~key {}", digit.as_char()),
        Output::Tone(
            tone @ (Tone::Ring | Tone::Ringback | Tone::Busy | Tone::Ended | Tone::Silence),
        ) => format!("~{tone:?}").to_lowercase(),
        Output::Log(record) => format!("log {} {:?}", leg_words(record.leg), record.outcome),
    }
}

pub fn may(may: &May) -> String {
    let mut words = vec![reason("dial", may.dial), reason("answer", may.answer)];
    let allowed = [
        ("decline", may.decline),
        ("hang up", may.hang_up),
        ("mute", may.mute),
        ("digit", may.digit),
        ("hold", may.hold),
        ("resume", may.resume),
        ("transfer", may.transfer),
        ("ask", may.consult),
        ("complete", may.complete),
        ("back", may.back_to_caller),
    ];
    words.extend(allowed.iter().filter(|(_, may)| *may).map(|(what, _)| (*what).to_owned()));
    words.join(", ")
}

fn reason(what: &str, may: Result<(), WhyNot>) -> String {
    match may {
        Ok(()) => what.to_owned(),
        Err(why) => format!("{what}: {why:?}"),
    }
}
