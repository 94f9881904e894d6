//! Inputs, stages and outputs in the words of the tables. Each match is exhaustive, so that whatever
//! is added to the machine has to be put into words, and into the tables.

use ringdock_phone::{
    ChannelCommand, ChannelEvent, Input, Intent, Leg, LineState, May, MediaCommand, MediaEvent,
    Output, Stage, Tone, WhyNot,
};

pub fn input(input: &Input) -> String {
    match input {
        Input::Intent(intent) => intent_words(intent),
        Input::Channel(event) => event_words(event),
        Input::Media(MediaEvent::Microphone(microphone)) => format!("microphone {microphone:?}"),
        Input::Media(MediaEvent::Sound(sound)) => format!("sound {sound:?}"),
        Input::Timeout => "timeout".to_owned(),
    }
}

fn intent_words(intent: &Intent) -> String {
    match intent {
        Intent::Dial(party) => format!("dial {}", party.number),
        Intent::Answer => "answer".to_owned(),
        Intent::Decline => "decline".to_owned(),
        Intent::HangUp => "hang up".to_owned(),
        Intent::SetMuted(muted) => format!("set muted {muted}"),
        Intent::Digit(digit) => format!("digit {}", digit.as_char()),
        Intent::Dismiss => "dismiss".to_owned(),
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

pub fn stage(stage: Option<&Stage>) -> String {
    match stage {
        None => "idle".to_owned(),
        Some(Stage::Dialing) => "dialing".to_owned(),
        Some(Stage::Ringing { early_media: false }) => "ringing".to_owned(),
        Some(Stage::Ringing { early_media: true }) => "ringing, early media".to_owned(),
        Some(Stage::Incoming) => "incoming".to_owned(),
        Some(Stage::Answering) => "answering".to_owned(),
        Some(Stage::Active { .. }) => "active".to_owned(),
        Some(Stage::Reconnecting { .. }) => "reconnecting".to_owned(),
        Some(Stage::Ending) => "ending".to_owned(),
        Some(Stage::Ended { reason, talk: None }) => format!("ended {reason:?}"),
        Some(Stage::Ended { reason, talk: Some(talk) }) => {
            format!("ended {reason:?} after {}s", talk.as_secs())
        }
    }
}

pub fn output(output: &Output) -> String {
    match output {
        Output::Channel(ChannelCommand::Dial { leg, callee }) => {
            format!("DIAL {} {}", leg_words(*leg), callee.number)
        }
        Output::Channel(ChannelCommand::Answer(leg)) => format!("ANSWER {}", leg_words(*leg)),
        Output::Channel(ChannelCommand::Decline(leg)) => format!("DECLINE {}", leg_words(*leg)),
        Output::Channel(ChannelCommand::HangUp(leg)) => format!("HANGUP {}", leg_words(*leg)),
        Output::Channel(ChannelCommand::Digit(leg, digit)) => {
            format!("DIGIT {} {}", leg_words(*leg), digit.as_char())
        }
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
