//! Runs the machines: one inbox, one loop, one clock.

mod call_media;
mod clock;
mod dialler;
mod inbox;
mod media;
mod numbers;
mod pbx;
mod sounds;
mod tones;

pub use inbox::{Happening, Inbox};

use crate::state::signals::*;
use crate::state::{Account, Format};
use crate::web::socket::EarlySocket;
use crate::web::timer::Alarm;
use clock::Watchman;
use dialler::Dialler;
use futures_channel::mpsc::UnboundedReceiver;
use futures_util::StreamExt;
use media::{Devices, MediaInput};
use numbers::Formatter;
use pbx::Pbx;
use ringdock_phone::{
    CallRecord, ChannelEvent, Dot, Input, LineProblem, LineState, MediaCommand, MediaEvent,
    Microphone, Output, Phone, PhoneView, Time,
};
use std::mem;
use std::time::Duration;
use tones::Tones;

/// What the driver shows and tells.
pub struct Outlets {
    /// The phone, whenever it changed.
    pub view: Signal<PhoneView>,
    /// The time, whenever it changes something on screen.
    pub now: Signal<Time>,
    /// The formatter's last word.
    pub format: Signal<Option<Format>>,
    /// The agent's own extension.
    pub own: Signal<String>,
    /// Called once for each call that is over.
    pub logged: Box<dyn Fn(CallRecord)>,
}

/// Everything that runs between the agent and the channel.
pub struct Driver {
    phone: Phone,
    channel: Option<Pbx>,
    devices: Devices,
    tones: Tones,
    formatter: Formatter,
    dialler: Dialler,
    alarm: Alarm,
    watchman: Watchman,
    inbox: Inbox,
    outlets: Outlets,
    shown: PhoneView,
    /// Until then a line that is being connected is not shown.
    patience: Time,
}

/// How long a new line may take before the dock shows that it waits for it. Most are there sooner: drawing twice
/// would flicker, and keep the page from connecting meanwhile.
const PATIENCE: Duration = Duration::from_millis(250);

impl Driver {
    /// A driver without an account. `formatter` is the URL of the formatter's worker.
    pub fn new(inbox: Inbox, formatter: String, outlets: Outlets) -> Driver {
        let rung = inbox.clone();
        Driver {
            phone: Phone::default(),
            channel: None,
            devices: Devices::new(inbox.clone()),
            tones: Tones::new(inbox.clone()),
            formatter: Formatter::new(formatter, inbox.clone()),
            dialler: Dialler::default(),
            alarm: Alarm::new(move || rung.put(Happening::Alarm)),
            watchman: Watchman::default(),
            inbox,
            outlets,
            shown: PhoneView::default(),
            patience: Time::default(),
        }
    }

    /// Handles what happens, one thing after the other, until [`Happening::Close`].
    pub async fn run(mut self, mut happenings: UnboundedReceiver<Happening>) {
        while let Some(happening) = happenings.next().await {
            let now = clock::now();
            if let Happening::Close = happening {
                return self.set_account(now, Ok(None), None);
            }
            if self.watchman.has_slept() {
                self.wake(now);
            }
            self.handle(now, happening);
            self.settle(now);
            self.publish(now);
        }
    }

    fn handle(&mut self, now: Time, happening: Happening) {
        match happening {
            Happening::Intent(intent) => self.phone.handle(now, Input::Intent(intent)),
            Happening::Account(account, early) => self.set_account(now, account, early),
            Happening::Pbx(input) => {
                if let Some(pbx) = &mut self.channel {
                    pbx.handle(now, input, &mut self.devices);
                }
            }
            Happening::Media(input) => self.handle_media(now, input),
            Happening::Format(text) => {
                self.formatter.load();
                self.formatter.ask(text);
            }
            Happening::FormatterReady => self.formatter.set_ready(),
            Happening::Formatted(format) => {
                self.dialler.known = Some(format.clone());
                self.outlets.format.set(Some(format));
            }
            Happening::SoundChanged => {
                self.phone.handle(now, Input::Media(MediaEvent::Sound(self.tones.sound())));
            }
            Happening::Wake => self.wake(now),
            Happening::Moved => {
                self.wake(now);
                self.phone.handle(now, Input::Media(MediaEvent::NetworkChanged));
            }
            Happening::Alarm => {
                if let Some(pbx) = &mut self.channel {
                    pbx.handle_timeout(now, &mut self.devices);
                }
                self.phone.handle(now, Input::Timeout);
            }
            Happening::Close => {}
        }
    }

    fn wake(&mut self, now: Time) {
        if let Some(pbx) = &mut self.channel {
            pbx.wake(now, &mut self.devices);
        }
    }

    fn handle_media(&mut self, now: Time, input: MediaInput) {
        let state = match input {
            MediaInput::Microphone(state) => state,
            MediaInput::Changed => return self.devices.look_again(),
            MediaInput::Path(leg, path) => {
                if let Some(pbx) = &mut self.channel {
                    pbx.set_path(now, leg, path, &mut self.devices);
                }
                return self.phone.handle(now, Input::Media(MediaEvent::Audio(leg, path)));
            }
            MediaInput::Sample(leg, sample) => {
                return self.phone.handle(now, Input::Media(MediaEvent::Sample(leg, sample)));
            }
            MediaInput::Lost => {
                self.devices.replace_microphone();
                return self.devices.look_again();
            }
        };
        if state == Microphone::Granted {
            // A page that listens may also speak.
            self.tones.resume();
            self.devices.open_missing_microphones();
        }
        self.phone.handle(now, Input::Media(MediaEvent::Microphone(state)));
    }

    fn set_account(
        &mut self,
        now: Time,
        account: Result<Option<Account>, String>,
        early: Option<EarlySocket>,
    ) {
        // What waits to be dialled is not for the next line.
        self.dialler = Dialler::default();
        // The phone hangs up first, over the line that is still there.
        self.phone.handle(now, Input::Channel(ChannelEvent::Line(LineState::Off)));
        self.settle(now);
        if let Some(old) = self.channel.take() {
            old.stop(now, &mut self.devices);
        }
        self.outlets.own.set(String::new());
        let started = match account {
            Ok(None) => return,
            Ok(Some(mut account)) => {
                self.outlets.own.set(account.extension().to_owned());
                self.formatter.set_country(account.default_country.clone());
                self.dialler.rules = mem::take(&mut account.dialling);
                self.patience = now + PATIENCE;
                Pbx::start(now, account, early, self.inbox.clone(), &mut self.devices)
            }
            Err(detail) => Err(LineProblem::BadAccount { detail }),
        };
        match started {
            Ok(pbx) => self.channel = Some(pbx),
            Err(problem) => {
                let line = LineState::Down { problem, retry_at: None };
                self.phone.handle(now, Input::Channel(ChannelEvent::Line(line)));
            }
        }
    }

    /// Carries messages between the machines until none has anything to say.
    fn settle(&mut self, now: Time) {
        loop {
            while let Some(event) = self.channel.as_mut().and_then(Pbx::poll_event) {
                self.phone.handle(now, Input::Channel(event));
            }
            if let Some(command) = self.dialler.next(now, &mut self.formatter) {
                if let Some(pbx) = &mut self.channel {
                    pbx.command(now, command, &mut self.devices);
                }
                continue;
            }
            if self.dialler.is_busy() {
                break;
            }
            match self.phone.poll_output() {
                Some(output) => self.carry_out(output),
                None => break,
            }
        }
    }

    fn carry_out(&mut self, output: Output) {
        match output {
            Output::Channel(command) => self.dialler.put(command),
            Output::Media(MediaCommand::AskMicrophone) => self.devices.ask(),
            Output::Media(MediaCommand::Mute(muted)) => self.devices.mute(muted),
            Output::Media(MediaCommand::AllowSound) => self.tones.resume(),
            Output::Tone(tone) => self.tones.play(tone),
            Output::Log(record) => (self.outlets.logged)(record),
        }
    }

    /// Shows what changed, and sets the alarm for what comes next.
    fn publish(&mut self, now: Time) {
        let view = self.phone.view();
        let tick = clock::next_tick(&view, now);
        let channel = self.channel.as_ref().and_then(Pbx::poll_timeout);
        let waits = self.shown.line == LineState::Off
            && view.line == LineState::Connecting
            && view.call.is_none()
            && now < self.patience;
        let patience = waits.then_some(self.patience);
        let dialler = self.dialler.poll_timeout();
        let next = [tick, channel, self.phone.poll_timeout(), dialler, patience];
        let next = next.into_iter().flatten().min();
        let next = next.map(|time| time - now);
        self.watchman.expect(next);
        self.alarm.set(next);
        if waits {
            return;
        }
        if tick.is_some() || view != self.shown {
            self.outlets.now.set(now);
        }
        if view != self.shown {
            if view.dot() == Dot::Connected {
                self.tones.open();
                self.formatter.load();
            }
            // From here on the page may be hidden for long.
            self.alarm.move_to_worker();
            self.shown = view.clone();
            self.outlets.view.set(view);
        }
    }
}
