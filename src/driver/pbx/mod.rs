//! The PBX channel: the SIP agent, its socket, and the audio of its calls, behind the phone's words.

mod events;
mod translate;

use super::media::{CallMedia, Devices, MediaFailure};
use super::{Happening, Inbox, clock};
use crate::state::Account;
use crate::web::random;
use crate::web::socket::{Socket, SocketEvent};
use ringdock_phone::{
    ChannelCommand, ChannelEvent, EndReason, Failure, Leg, LineProblem, Party, Time,
};
use ringdock_sip::{Agent, CallId, Output};
use std::collections::VecDeque;
use std::rc::Rc;
use translate::Names;
use wasm_bindgen_futures::spawn_local;

/// What happened to the channel.
pub enum PbxInput {
    /// Something about the socket with this number; those of earlier sockets are dropped.
    Socket(u32, SocketEvent),
    /// The browser made a description, or could not.
    Described {
        /// The call.
        call: CallId,
        /// Which description.
        generation: u32,
        /// The description.
        result: Result<String, MediaFailure>,
    },
    /// The browser could not apply the other side's answer.
    Refused {
        /// The call.
        call: CallId,
        /// Which description.
        generation: u32,
    },
    /// The microphone for an incoming call is open, or could not be opened.
    MicrophoneOpen {
        /// The call.
        call: CallId,
        /// Whether it is open.
        result: Result<(), MediaFailure>,
    },
}

/// A line to a PBX.
pub struct Pbx {
    agent: Agent,
    names: Names,
    stun: Vec<String>,
    socket: Option<Socket>,
    socket_number: u32,
    calls: Vec<Call>,
    events: VecDeque<ChannelEvent>,
    inbox: Inbox,
}

struct Call {
    id: CallId,
    leg: Leg,
    media: Rc<CallMedia>,
    rang: bool,
    early_media: bool,
    microphone_failed: bool,
}

impl Pbx {
    /// A line for this account, connecting. Errors if the account cannot work as it is written.
    pub fn start(
        now: Time,
        account: Account,
        inbox: Inbox,
        devices: &mut Devices,
    ) -> Result<Pbx, LineProblem> {
        let extension = account.extension().to_owned();
        let names = Names { server: account.server_host().to_owned(), user: extension.clone() };
        let sip = ringdock_sip::Account {
            username: account.username.unwrap_or(extension),
            identity: account.identity,
            password: account.password,
            servers: vec![account.server.as_str().into()],
            display_name: account.display_name,
            user_agent: concat!("Ringdock/", env!("CARGO_PKG_VERSION")).into(),
        };
        let mut agent = Agent::new(sip, random::fill as fn(&mut [u8]))
            .map_err(|error| LineProblem::BadAccount { detail: error.0 })?;
        agent.start(clock::sip(now));
        let stun = account.stun_servers;
        let (calls, events) = Default::default();
        let mut pbx =
            Pbx { agent, names, stun, socket: None, socket_number: 0, calls, events, inbox };
        pbx.settle(now, devices);
        Ok(pbx)
    }

    /// Ends calls and unregisters as far as the socket still carries it.
    pub fn stop(mut self, now: Time, devices: &mut Devices) {
        self.agent.stop(clock::sip(now));
        self.settle(now, devices);
    }

    /// Carries out what the phone wants.
    pub fn command(&mut self, now: Time, command: ChannelCommand, devices: &mut Devices) {
        let at = clock::sip(now);
        match command {
            ChannelCommand::Dial { leg, callee } => self.dial(now, leg, &callee, devices),
            ChannelCommand::Answer(leg) => {
                if let Some(call) = self.calls.iter().find(|call| call.leg == leg) {
                    self.open_microphone(call);
                }
            }
            ChannelCommand::Decline(leg) => {
                if let Some(id) = self.id(leg) {
                    self.agent.decline(at, id);
                }
            }
            ChannelCommand::HangUp(leg) => {
                if let Some(id) = self.id(leg) {
                    self.agent.hang_up(at, id);
                }
            }
            ChannelCommand::Digit(leg, digit) => {
                if let Some(call) = self.calls.iter().find(|call| call.leg == leg) {
                    // Audio that takes no tones (no event was negotiated) has nobody to hear them.
                    let _ = call.media.send_tone(digit);
                }
            }
        }
        self.settle(now, devices);
    }

    /// Takes in what happened.
    pub fn handle(&mut self, now: Time, input: PbxInput, devices: &mut Devices) {
        let at = clock::sip(now);
        match input {
            PbxInput::Socket(number, _) if number != self.socket_number => return,
            PbxInput::Socket(_, SocketEvent::Opened) => self.agent.socket_opened(at),
            PbxInput::Socket(_, SocketEvent::Message(message)) => self.agent.receive(at, &message),
            PbxInput::Socket(_, SocketEvent::Closed) => {
                self.socket = None;
                self.agent.socket_closed(at);
            }
            PbxInput::Described { call, generation, result } => match result {
                Ok(sdp) => {
                    self.agent.local_description(at, call, generation, sdp);
                    devices.prepare_microphone();
                }
                Err(failure) => {
                    self.note_failure(call, failure);
                    self.agent.description_refused(at, call, generation);
                }
            },
            PbxInput::Refused { call, generation } => {
                self.agent.description_refused(at, call, generation)
            }
            PbxInput::MicrophoneOpen { call, result } => match result {
                Ok(()) => self.agent.answer(at, call),
                Err(failure) => {
                    self.note_failure(call, failure);
                    self.agent.decline(at, call);
                }
            },
        }
        self.settle(now, devices);
    }

    /// The network is back, or the page is looked at again.
    pub fn wake(&mut self, now: Time, devices: &mut Devices) {
        self.agent.reconnect_now(clock::sip(now));
        self.settle(now, devices);
    }

    /// The moment of [`Pbx::poll_timeout`] may have come.
    pub fn handle_timeout(&mut self, now: Time, devices: &mut Devices) {
        self.agent.handle_timeout(clock::sip(now));
        self.settle(now, devices);
    }

    /// When to call [`Pbx::handle_timeout`].
    pub fn poll_timeout(&self) -> Option<Time> {
        self.agent.poll_timeout().map(clock::from_sip)
    }

    /// The next thing to tell the phone.
    pub fn poll_event(&mut self) -> Option<ChannelEvent> {
        self.events.pop_front()
    }

    fn id(&self, leg: Leg) -> Option<CallId> {
        self.calls.iter().find(|call| call.leg == leg).map(|call| call.id)
    }

    fn call(&mut self, id: CallId) -> Option<&mut Call> {
        self.calls.iter_mut().find(|call| call.id == id)
    }

    fn note_failure(&mut self, id: CallId, failure: MediaFailure) {
        if let Some(call) = self.call(id) {
            call.microphone_failed |= failure == MediaFailure::Microphone;
        }
    }

    fn dial(&mut self, now: Time, leg: Leg, callee: &Party, devices: &mut Devices) {
        let ended = match self.agent.dial(clock::sip(now), &callee.number) {
            Err(error) => translate::not_dialled(error),
            Ok(id) if self.add(id, leg, devices) => return,
            Ok(id) => {
                self.agent.hang_up(clock::sip(now), id);
                EndReason::Failed(Failure::Media)
            }
        };
        self.events.push_back(ChannelEvent::Ended { leg, reason: ended });
    }

    /// Gives a call its audio; false if the browser has none to give.
    fn add(&mut self, id: CallId, leg: Leg, devices: &mut Devices) -> bool {
        let media = devices.begin_call(&self.stun);
        if let Ok(media) = media {
            self.calls.push(Call {
                id,
                leg,
                media,
                rang: false,
                early_media: false,
                microphone_failed: false,
            });
            return true;
        }
        false
    }

    fn open_microphone(&self, call: &Call) {
        let (id, media, inbox) = (call.id, call.media.clone(), self.inbox.clone());
        spawn_local(async move {
            let result = media.open_microphone().await;
            inbox.put(Happening::Pbx(PbxInput::MicrophoneOpen { call: id, result }));
        });
    }

    /// Carries out everything the agent has to say.
    fn settle(&mut self, now: Time, devices: &mut Devices) {
        while let Some(output) = self.agent.poll_output() {
            match output {
                Output::Connect { url } => self.connect(&url),
                Output::Disconnect => self.socket = None,
                Output::Send(message) => {
                    if let Some(socket) = &self.socket {
                        // A socket that takes nothing any more says so by closing.
                        let _ = socket.send(&message);
                    }
                }
                Output::Event(event) => self.tell(now, event, devices),
            }
        }
    }

    fn connect(&mut self, url: &str) {
        self.socket_number += 1;
        let (number, inbox) = (self.socket_number, self.inbox.clone());
        let report = move |event| inbox.put(Happening::Pbx(PbxInput::Socket(number, event)));
        match Socket::open(url, "sip", report.clone()) {
            Ok(socket) => self.socket = Some(socket),
            Err(_) => report(SocketEvent::Closed),
        }
    }
}
