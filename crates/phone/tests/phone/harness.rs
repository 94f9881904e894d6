//! A phone on a desk with a clock that moves only when told.
#![expect(clippy::expect_used, reason = "what a test expects and does not find fails it")]

use ringdock_phone::{
    CallRecord, CallView, ChannelEvent, Digit, EndReason, Input, Intent, Leg, LineState,
    MediaEvent, Microphone, Output, Party, Phone, PhoneView, Stage, Time,
};
use std::time::Duration;

pub use ringdock_phone::{ChannelCommand, MediaCommand, Tone};

/// The leg of the first call that the phone places.
pub const OUT: Leg = Leg::Outgoing(1);
/// The leg of the call that [`Desk::incoming`] brings.
pub const IN: Leg = Leg::Incoming(1);

pub struct Desk {
    phone: Phone,
    pub now: Time,
}

impl Desk {
    /// A phone that nobody set up.
    pub fn bare() -> Desk {
        Desk { phone: Phone::new(), now: Time(Duration::from_secs(100)) }
    }

    /// A phone that can be called and call.
    pub fn ready() -> Desk {
        let mut desk = Desk::bare();
        desk.microphone(Microphone::Granted);
        desk.line(LineState::Ready);
        desk
    }

    pub fn dialing() -> Desk {
        let mut desk = Desk::ready();
        desk.dial("600");
        desk
    }

    pub fn ringing(early_media: bool) -> Desk {
        let mut desk = Desk::dialing();
        desk.channel(ChannelEvent::Ringing { leg: OUT, early_media });
        desk
    }

    pub fn incoming() -> Desk {
        let mut desk = Desk::ready();
        desk.channel(ChannelEvent::Incoming { leg: IN, caller: party("1002") });
        desk
    }

    pub fn answering() -> Desk {
        let mut desk = Desk::incoming();
        desk.intent(Intent::Answer);
        desk
    }

    /// An outgoing call, answered three seconds after it was placed.
    pub fn active() -> Desk {
        let mut desk = Desk::dialing();
        desk.wait(3);
        desk.channel(ChannelEvent::Answered { leg: OUT });
        desk
    }

    pub fn reconnecting() -> Desk {
        let mut desk = Desk::active();
        desk.channel(ChannelEvent::SignallingLost { leg: OUT });
        desk
    }

    /// Feeds one input and returns all that comes out.
    pub fn give(&mut self, input: Input) -> Vec<Output> {
        self.phone.handle(self.now, input);
        std::iter::from_fn(|| self.phone.poll_output()).collect()
    }

    pub fn intent(&mut self, intent: Intent) -> Vec<Output> {
        self.give(Input::Intent(intent))
    }

    pub fn channel(&mut self, event: ChannelEvent) -> Vec<Output> {
        self.give(Input::Channel(event))
    }

    pub fn dial(&mut self, number: &str) -> Vec<Output> {
        self.intent(Intent::Dial(party(number)))
    }

    pub fn line(&mut self, line: LineState) -> Vec<Output> {
        self.channel(ChannelEvent::Line(line))
    }

    pub fn microphone(&mut self, microphone: Microphone) -> Vec<Output> {
        self.give(Input::Media(MediaEvent::Microphone(microphone)))
    }

    /// The channel ends the call that is up.
    pub fn end(&mut self, reason: EndReason) -> Vec<Output> {
        let leg = self.call().leg;
        self.channel(ChannelEvent::Ended { leg, reason })
    }

    pub fn wait(&mut self, seconds: u64) {
        self.now = self.now + Duration::from_secs(seconds);
    }

    /// Lets time pass and the timer fire as a driver would.
    pub fn wait_and_fire(&mut self, seconds: u64) -> Vec<Output> {
        self.wait(seconds);
        match self.phone.poll_timeout() {
            Some(due) if due <= self.now => self.give(Input::Timeout),
            Some(_) | None => Vec::new(),
        }
    }

    pub fn timeout(&self) -> Option<Time> {
        self.phone.poll_timeout()
    }

    pub fn view(&self) -> PhoneView {
        self.phone.view()
    }

    pub fn call(&self) -> CallView {
        self.view().call.expect("a call is shown")
    }

    pub fn stage(&self) -> Option<Stage> {
        self.view().call.map(|call| call.stage)
    }

    /// The reason the ended call shows.
    pub fn end_reason(&self) -> Option<EndReason> {
        match self.stage() {
            Some(Stage::Ended { reason, .. }) => Some(reason),
            Some(
                Stage::Dialing
                | Stage::Ringing { .. }
                | Stage::Incoming
                | Stage::Answering
                | Stage::Active { .. }
                | Stage::Reconnecting { .. }
                | Stage::Ending,
            )
            | None => None,
        }
    }
}

pub fn party(number: &str) -> Party {
    Party { number: number.to_owned(), name: None }
}

pub fn digit(sign: char) -> Digit {
    Digit::new(sign).expect("a key of a telephone")
}

pub fn tell(command: ChannelCommand) -> Output {
    Output::Channel(command)
}

pub fn sound(tone: Tone) -> Output {
    Output::Tone(tone)
}

pub fn device(command: MediaCommand) -> Output {
    Output::Media(command)
}

/// The sounds among what came out.
pub fn sounds(outputs: &[Output]) -> Vec<Tone> {
    outputs
        .iter()
        .filter_map(|output| match output {
            Output::Tone(tone) => Some(*tone),
            Output::Channel(_) | Output::Media(_) | Output::Log(_) => None,
        })
        .collect()
}

/// The records among what came out.
pub fn logs(outputs: &[Output]) -> Vec<CallRecord> {
    outputs
        .iter()
        .filter_map(|output| match output {
            Output::Log(record) => Some(record.clone()),
            Output::Channel(_) | Output::Media(_) | Output::Tone(_) => None,
        })
        .collect()
}
