//! The PBX channel: the SIP agent, its socket, and the audio of its calls, behind the phone's words.

mod commands;
mod events;
mod meter;
mod transfer;
mod translate;

use super::call_media::{CallMedia, MediaFailure};
use super::media::Devices;
use super::{Happening, Inbox, clock};
use crate::state::{Account, TransferCodes};
use crate::web::socket::{EarlySocket, Socket, SocketEvent};
use crate::web::{peer, random};
use ringdock_phone::{AudioPath, Capabilities, ChannelEvent, Hold, Leg, LineProblem, Party, Time};
use ringdock_sip::{Agent, CallId, Output, Server};
use std::collections::VecDeque;
use std::rc::Rc;
use transfer::Waiting;
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
        /// It came before the call was answered, and another one follows.
        early: bool,
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
    /// Tones go by SIP INFO.
    info_digits: bool,
    /// Calls are passed on by keys.
    codes: Option<TransferCodes>,
    /// For the first connection.
    early: Option<EarlySocket>,
    socket: Option<Socket>,
    socket_number: u32,
    calls: Vec<Call>,
    waiting: Option<Waiting>,
    measure_at: Option<Time>,
    events: VecDeque<ChannelEvent>,
    inbox: Inbox,
}

struct Call {
    id: CallId,
    leg: Leg,
    media: Rc<CallMedia>,
    rang: bool,
    /// It is answered.
    up: bool,
    hold: Hold,
    /// The call whose place it takes when it is answered, and who is at the other end then.
    replaces: Option<(CallId, Party)>,
    /// The phone's name for the call to a colleague that the PBX made inside this one.
    colleague: Option<Leg>,
    /// The agent leaves it to two others.
    passed_on: bool,
    microphone_failed: bool,
}

impl Pbx {
    /// A line for this account, connecting, over the early socket if it fits. Errors if the account cannot work as it is written.
    pub fn start(
        now: Time,
        account: Account,
        early: Option<EarlySocket>,
        inbox: Inbox,
        devices: &mut Devices,
    ) -> Result<Pbx, LineProblem> {
        peer::check(&account.stun_servers).map_err(|error| LineProblem::BadAccount {
            detail: ["A STUN server is none. ", &error.message].concat(),
        })?;
        let extension = account.extension().to_owned();
        let names = Names { server: account.server_hosts(), user: extension.clone() };
        let servers = (0..).zip(account.servers);
        let sip = ringdock_sip::Account {
            username: account.username.unwrap_or(extension),
            identity: account.identity,
            password: account.password,
            servers: servers.map(|(priority, url)| Server { url, priority, weight: 1 }).collect(),
            display_name: account.display_name,
            user_agent: concat!("Ringdock/", env!("CARGO_PKG_VERSION")).into(),
        };
        let mut agent = Agent::new(sip, random::fill as fn(&mut [u8]))
            .map_err(|error| LineProblem::BadAccount { detail: error.0 })?;
        agent.start(clock::sip(now));
        let can = Capabilities { hold: true, transfer: true, consult: true };
        let mut pbx = Pbx {
            agent,
            names,
            stun: account.stun_servers,
            info_digits: account.info_digits,
            codes: account.transfer_codes,
            early,
            socket: None,
            socket_number: 0,
            calls: Vec::new(),
            waiting: None,
            measure_at: None,
            events: VecDeque::from([ChannelEvent::Can(can)]),
            inbox,
        };
        pbx.settle(now, devices);
        Ok(pbx)
    }

    /// Ends calls and unregisters as far as the socket still carries it.
    pub fn stop(mut self, now: Time, devices: &mut Devices) {
        self.agent.stop(clock::sip(now));
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
                    if let Some(call) = self.call(call) {
                        devices.prepare_microphone(&call.media, call.replaces.is_some());
                    }
                }
                Err(failure) => {
                    self.note_failure(call, failure);
                    self.agent.description_refused(at, call, generation);
                }
            },
            PbxInput::Refused { call, early: true, .. } => {
                self.agent.early_answer_refused(at, call)
            }
            PbxInput::Refused { call, generation, early: false } => {
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
        self.measure(now);
        self.settle(now, devices);
    }

    /// When to call [`Pbx::handle_timeout`].
    pub fn poll_timeout(&self) -> Option<Time> {
        let agent = self.agent.poll_timeout().map(clock::from_sip);
        [agent, self.measure_at].into_iter().flatten().min()
    }

    /// The next thing to tell the phone.
    pub fn poll_event(&mut self) -> Option<ChannelEvent> {
        self.events.pop_front()
    }

    /// Takes up what is known of the way that a call's audio takes.
    pub fn set_path(&mut self, now: Time, leg: Leg, path: AudioPath, devices: &mut Devices) {
        if let Some(id) = self.id(leg) {
            self.agent.media_flows(clock::sip(now), id, path == AudioPath::Open);
            self.settle(now, devices);
        }
    }

    fn find(&self, leg: Leg) -> Option<&Call> {
        self.calls.iter().find(|call| call.leg == leg)
    }

    fn leg(&self, id: CallId) -> Option<Leg> {
        self.calls.iter().find(|call| call.id == id).map(|call| call.leg)
    }

    fn id(&self, leg: Leg) -> Option<CallId> {
        self.find(leg).map(|call| call.id)
    }

    fn call(&mut self, id: CallId) -> Option<&mut Call> {
        self.calls.iter_mut().find(|call| call.id == id)
    }

    fn note_failure(&mut self, id: CallId, failure: MediaFailure) {
        if let Some(call) = self.call(id) {
            call.microphone_failed |= failure == MediaFailure::Microphone;
        }
    }

    /// Gives a call its audio; false if the browser has none to give.
    fn add(&mut self, id: CallId, leg: Leg, devices: &mut Devices) -> bool {
        let media = devices.begin_call(leg, &self.stun);
        if let Ok(media) = media {
            self.calls.push(Call {
                id,
                leg,
                media,
                rang: false,
                up: false,
                hold: Hold::default(),
                replaces: None,
                colleague: None,
                passed_on: false,
                microphone_failed: false,
            });
            return true;
        }
        false
    }

    /// Tells the name that the PBX knows the call by.
    fn name(&mut self, id: CallId, leg: Leg) {
        if let Some(id) = self.agent.sip_call_id(id) {
            self.events.push_back(ChannelEvent::Named { leg, id: id.to_owned() });
        }
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
                Output::Connect { url } => self.connect(now, &url),
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
        self.set_meter(now);
    }

    fn connect(&mut self, now: Time, url: &str) {
        self.socket_number += 1;
        let (number, inbox) = (self.socket_number, self.inbox.clone());
        let report = move |event| inbox.put(Happening::Pbx(PbxInput::Socket(number, event)));
        match Socket::open(url, "sip", self.early.take(), report.clone()) {
            Ok(socket) => {
                if socket.is_open() {
                    self.agent.socket_opened(clock::sip(now));
                }
                self.socket = Some(socket);
            }
            Err(_) => report(SocketEvent::Closed),
        }
    }
}
