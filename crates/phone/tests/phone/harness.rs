//! A phone on a desk with a clock that moves only when told.
#![expect(clippy::expect_used, reason = "what a test expects and does not find fails it")]

use ringdock_phone::{
    CallRecord, CallView, Capabilities, ChannelEvent, Digit, EndReason, Hold, Input, Intent, Leg,
    LineState, MediaEvent, Microphone, Output, Party, Phone, PhoneView, Progress, Stage, Time,
};
use std::time::Duration;

pub use ringdock_phone::{ChannelCommand, MediaCommand, Tone};

/// The leg of the first call that the phone places.
pub const OUT: Leg = Leg::Outgoing(1);
/// The leg of the call to the colleague of [`Desk::asking`].
pub const COLLEAGUE: Leg = Leg::Outgoing(2);
/// The leg of the call that [`Desk::incoming`] brings.
pub const IN: Leg = Leg::Incoming(1);

/// Nobody waits for anybody.
pub const NO_HOLD: Hold = Hold { by_us: false, by_them: false };
/// The agent holds the other side.
pub const HELD: Hold = Hold { by_us: true, by_them: false };

pub struct Desk {
    phone: Phone,
    pub now: Time,
    /// The latest moment that the phone was told of.
    pub latest: Time,
}

impl Desk {
    /// A phone that nobody set up.
    pub fn bare() -> Desk {
        let now = Time(Duration::from_secs(100));
        Desk { phone: Phone::new(), now, latest: Time::default() }
    }

    /// A phone that can be called and call.
    pub fn ready() -> Desk {
        let mut desk = Desk::bare();
        desk.microphone(Microphone::Granted);
        desk.line(LineState::Ready);
        let can = Capabilities { hold: true, transfer: true, consult: true };
        desk.channel(ChannelEvent::Can(can));
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
        desk.channel(ChannelEvent::Incoming { leg: IN, caller: party("1002"), called: None });
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

    /// The other side waits.
    pub fn held() -> Desk {
        let mut desk = Desk::active();
        desk.intent(Intent::Hold);
        desk.hold(OUT, HELD);
        desk
    }

    /// A colleague is called while the other side waits.
    pub fn asking() -> Desk {
        let mut desk = Desk::active();
        desk.intent(Intent::Consult(party("1002")));
        desk.hold(OUT, HELD);
        desk
    }

    /// The colleague's phone rings.
    pub fn colleague_rings() -> Desk {
        let mut desk = Desk::asking();
        desk.channel(ChannelEvent::Ringing { leg: COLLEAGUE, early_media: false });
        desk
    }

    /// The colleague has answered, five seconds after the call to the other side was.
    pub fn consulting() -> Desk {
        let mut desk = Desk::colleague_rings();
        desk.wait(5);
        desk.channel(ChannelEvent::Answered { leg: COLLEAGUE });
        desk
    }

    /// The other side is passed on without asking first.
    pub fn transferring() -> Desk {
        let mut desk = Desk::active();
        desk.intent(Intent::Transfer(party("1002")));
        desk
    }

    /// The other side is passed on to the colleague who was asked.
    pub fn completing() -> Desk {
        let mut desk = Desk::consulting();
        desk.intent(Intent::CompleteTransfer);
        desk
    }

    /// Feeds one input and returns all that comes out.
    pub fn give(&mut self, input: Input) -> Vec<Output> {
        self.latest = self.latest.max(self.now);
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
        self.intent(dial(number))
    }

    pub fn line(&mut self, line: LineState) -> Vec<Output> {
        self.channel(ChannelEvent::Line(line))
    }

    pub fn microphone(&mut self, microphone: Microphone) -> Vec<Output> {
        self.give(Input::Media(MediaEvent::Microphone(microphone)))
    }

    pub fn media(&mut self, event: MediaEvent) -> Vec<Output> {
        self.give(Input::Media(event))
    }

    pub fn hold(&mut self, leg: Leg, hold: Hold) -> Vec<Output> {
        self.channel(ChannelEvent::Hold { leg, hold })
    }

    /// The transfer of the call to the customer comes to nothing.
    pub fn transfer_fails(&mut self, reason: EndReason) -> Vec<Output> {
        self.channel(ChannelEvent::Transfer { leg: OUT, progress: Progress::Failed(reason) })
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
                | Stage::Transferring { .. }
                | Stage::Ending,
            )
            | None => None,
        }
    }
}

pub fn party(number: &str) -> Party {
    Party { number: number.to_owned(), name: None }
}

/// To call this number, from whichever the channel takes.
pub fn dial(number: &str) -> Intent {
    Intent::Dial { callee: party(number), from: None }
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
