//! The machine itself: what it holds, how inputs reach it and what it gives back.
//!
//! One call at a time, in one of these states:
//!
//! ```text
//!                dial                                    incoming
//!  Idle ──────────────────────► Dialing      Idle ────────────────────► Incoming
//!                                │    │                                  │     │
//!                        ringing │    │ answered                  answer │     │ decline
//!                                ▼    │                                  ▼     │
//!                            Ringing  │                             Answering  │
//!                                │    │                              │     │   │
//!                       answered │    │                     answered │     │ limit
//!                                ▼    ▼                              ▼     │   │
//!                               Active ◄─────────────────────────────┘     │   │
//!                                                                          ▼   ▼
//!  Dialing, Ringing, Answering, ─── ended by the channel ───────────────► Ended
//!  Active, Incoming                                                        ▲
//!          │                                                               │
//!          │ hang up (Incoming is declined instead)                        │
//!          ▼                                                               │
//!        Ending ──────────────── ended by the channel, or limit ───────────┘
//!
//!  Ended ── limit or dismiss ──► Idle        Ended ── dial ──► Dialing
//!                                            Ended ── incoming ──► Incoming
//! ```
//!
//! Beside an `Active` call one of these goes on:
//!
//! ```text
//!               consult                          complete
//!  Nothing ─────────────────► Consult ──────────────────────────────► Transfer
//!     ▲                        │    ▲                                  │  │  ▲
//!     │ back to caller,        │    │ failed, and the colleague is     │  │  │
//!     │ hang up, or ended by   │    │ still there                      │  │  │
//!     │ the channel            │    └──────────────────────────────────┘  │  │
//!     ├────────────────────────┘                                          │  │
//!     │ failed, or nothing more will be heard of it                       │  │
//!     ├───────────────────────────────────────────────────────────────────┘  │
//!     └──────────────────────── transfer ────────────────────────────────────┘
//! ```
//!
//! A `Consult` is `Dialing`, `Ringing` or `Active` itself, and becomes the call if the one who is held hangs up. A
//! `Transfer` that succeeds ends the call. Each answered call can be held by either side, and can lose its
//! signalling or its audio (module `link`): the view then says `Reconnecting`.
//!
//! A line that goes `Off` declines an incoming call and hangs up any other. What is not in the
//! diagrams leaves the state as it is.

use crate::state::{Call, CallState};
use crate::talk::Talk;
use crate::{
    CallRecord, Capabilities, ChannelCommand, Direction, EndReason, Failure, Input, Leg, LineState,
    MediaCommand, MediaEvent, Microphone, Notice, Output, Party, PhoneView, Sound, Time, Tone,
    WhyNot,
};
use std::collections::VecDeque;
use std::mem;
use std::time::Duration;

/// How long the audio may take to come up after the agent has answered.
pub(crate) const ANSWER_LIMIT: Duration = Duration::from_secs(15);
/// How long the channel may take to confirm that a call is over.
pub(crate) const ENDING_LIMIT: Duration = Duration::from_secs(5);
/// How long an ended call is shown if it went as calls go.
const SHOWN_AFTER_NORMAL_END: Duration = Duration::from_secs(4);
/// How long an ended call is shown if a sentence says what went wrong.
const SHOWN_AFTER_FAILURE: Duration = Duration::from_secs(10);

/// The phone between the agent and whatever carries the calls.
///
/// After every [`Phone::handle`] drain [`Phone::poll_output`], draw [`Phone::view`] and arm one timer
/// for [`Phone::poll_timeout`].
#[derive(Debug, Default)]
pub struct Phone {
    pub(crate) state: CallState,
    pub(crate) line: LineState,
    pub(crate) can: Capabilities,
    pub(crate) microphone: Microphone,
    pub(crate) microphone_asked: bool,
    pub(crate) sound: Sound,
    /// What the devices were told last; each call starts with an open microphone.
    pub(crate) muted: bool,
    pub(crate) last_leg: u32,
    pub(crate) last_number: Option<String>,
    pub(crate) missed: u32,
    /// The newest last.
    pub(crate) turned_away: Vec<Party>,
    pub(crate) notice: Option<Notice>,
    /// The call that was asked for last, if it could not be placed: told before the notice, which waits.
    pub(crate) refusal: Option<(Party, WhyNot)>,
    /// The sound that was begun last, keys aside, so that none is begun twice.
    sounding: Tone,
    /// The latest moment heard of: time never goes back, whatever the driver's clock does.
    clock: Time,
    pub(crate) outputs: VecDeque<Output>,
}

impl Phone {
    /// A phone without a channel.
    pub fn new() -> Phone {
        Phone::default()
    }

    /// Takes in what happened at `now`. What may not be done at the moment is ignored.
    ///
    /// A `now` before an earlier one counts as that earlier one.
    pub fn handle(&mut self, now: Time, input: Input) {
        self.clock = self.clock.max(now);
        match input {
            Input::Intent(intent) => self.on_intent(self.clock, intent),
            Input::Channel(event) => self.on_channel(self.clock, event),
            Input::Media(MediaEvent::Microphone(microphone)) => self.microphone = microphone,
            Input::Media(MediaEvent::Sound(sound)) => self.sound = sound,
            Input::Media(MediaEvent::Audio(leg, path)) => self.on_audio(self.clock, leg, path),
            Input::Media(MediaEvent::Sample(leg, sample)) => self.on_sample(leg, &sample),
            Input::Media(MediaEvent::NetworkChanged) => self.on_network_changed(self.clock),
            Input::Timeout => self.on_timeout(self.clock),
        }
    }

    /// The next thing to do, in order; `None` when all is done.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to come with [`Input::Timeout`]; earlier does no harm.
    pub fn poll_timeout(&self) -> Option<Time> {
        self.state.deadline()
    }

    /// All that a user interface draws.
    pub fn view(&self) -> PhoneView {
        PhoneView {
            line: self.line.clone(),
            microphone: self.microphone,
            sound: self.sound,
            call: self.state.view(self.muted),
            consult: self.state.active().and_then(|(.., beside)| beside.view(self.muted)),
            can: self.can,
            may: self.may(),
            notice: self.refused().or(self.notice.clone()),
            last_number: self.last_number.clone(),
            missed: self.missed,
            turned_away: self.turned_away.clone(),
        }
    }

    /// The call that could not be placed, for as long as it could not.
    fn refused(&self) -> Option<Notice> {
        let (callee, why) = self.refusal.clone()?;
        let still = why == WhyNot::NotANumber || self.may_dial() == Err(why);
        still.then_some(Notice::NotDialled { callee, why })
    }

    fn on_timeout(&mut self, now: Time) {
        self.tend_links(now);
        if self.state.deadline().is_none_or(|deadline| now < deadline) {
            return;
        }
        self.state = match mem::take(&mut self.state) {
            CallState::Answering { call, .. } => {
                self.tell(ChannelCommand::HangUp(call.leg));
                self.end(now, call, None, EndReason::Failed(Failure::Network))
            }
            CallState::Ending { call, talk, reason, ended_at, .. } => {
                self.end_since(ended_at, now, call, talk, reason)
            }
            CallState::Ended { .. } => {
                // Its beeps have died away by themselves.
                self.sounding = Tone::Silence;
                CallState::Idle
            }
            state @ (CallState::Idle
            | CallState::Dialing(_)
            | CallState::Ringing { .. }
            | CallState::Incoming(_)
            | CallState::Active(..)) => state,
        };
    }

    /// Ends a call that is over this very moment.
    pub(crate) fn end(
        &mut self,
        now: Time,
        call: Call,
        talk: Option<Talk>,
        reason: EndReason,
    ) -> CallState {
        self.end_since(now, now, call, talk, reason)
    }

    /// Ends a call: the only way into [`CallState::Ended`].
    pub(crate) fn end_since(
        &mut self,
        ended_at: Time,
        now: Time,
        call: Call,
        talk: Option<Talk>,
        reason: EndReason,
    ) -> CallState {
        self.sound(Tone::Silence);
        self.notice = None;
        self.refusal = None;
        let record = call.record(ended_at, talk.as_ref(), &reason);
        self.sound(farewell(&record));
        if record.is_missed() {
            self.missed = self.missed.saturating_add(1);
        }
        self.log(record);
        let shown = if reason.is_normal() { SHOWN_AFTER_NORMAL_END } else { SHOWN_AFTER_FAILURE };
        CallState::Ended { call, talk, reason, ended_at, vanish_at: now + shown }
    }

    /// What every call begins with that is not placed beside another.
    pub(crate) fn begin(
        &mut self,
        now: Time,
        leg: Leg,
        party: Party,
        own_number: Option<String>,
    ) -> Call {
        self.mute(false);
        self.notice = None;
        self.refusal = None;
        Call { own_number, ..Call::new(now, leg, party, false) }
    }

    /// A number for a call that is placed here.
    pub(crate) fn next_leg(&mut self) -> Leg {
        self.last_leg = self.last_leg.wrapping_add(1);
        Leg::Outgoing(self.last_leg)
    }

    /// One of the answered calls.
    pub(crate) fn talk(&mut self, leg: Leg) -> Option<&mut Talk> {
        self.state.up_mut(leg).and_then(|(_, talk)| talk)
    }

    pub(crate) fn log(&mut self, record: CallRecord) {
        self.outputs.push_back(Output::Log(record));
    }

    pub(crate) fn mute(&mut self, muted: bool) {
        if mem::replace(&mut self.muted, muted) != muted {
            self.outputs.push_back(Output::Media(MediaCommand::Mute(muted)));
        }
    }

    pub(crate) fn tell(&mut self, command: ChannelCommand) {
        self.outputs.push_back(Output::Channel(command));
    }

    pub(crate) fn ask_microphone(&mut self) {
        self.microphone_asked = true;
        self.outputs.push_back(Output::Media(MediaCommand::AskMicrophone));
    }

    pub(crate) fn allow_sound(&mut self) {
        self.outputs.push_back(Output::Media(MediaCommand::AllowSound));
    }

    /// Begins a sound in the place of the one before. Not for keys.
    pub(crate) fn sound(&mut self, tone: Tone) {
        if self.sounding != tone {
            self.sounding = tone;
            self.outputs.push_back(Output::Tone(tone));
        }
    }

    /// A key's sound goes over the others and leaves them as they are.
    pub(crate) fn sound_key(&mut self, digit: crate::Digit) {
        self.outputs.push_back(Output::Tone(Tone::Key(digit)));
    }
}

/// The sound that tells the agent, who may look elsewhere, how a call ended.
pub(crate) fn farewell(record: &CallRecord) -> Tone {
    if record.reason.is_own_doing() {
        return Tone::Silence;
    }
    match (record.answered_at, record.direction) {
        (Some(_), _) => Tone::Ended,
        (None, Direction::Outgoing) => Tone::Busy,
        (None, Direction::Incoming) => Tone::Silence,
    }
}
