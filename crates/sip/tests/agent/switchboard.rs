//! Several of our agents and a server that only passes their messages on, in virtual time. The browsers of the
//! agents describe at once, as WebRTC would.

use std::collections::VecDeque;
use std::time::Duration;

use ringdock_sip::message::{Draft, Message, Method, Name};
use ringdock_sip::{Account, Agent, CallId, Event, Output, Time};

use crate::world::{account, entropy};

pub struct Switchboard {
    pub now: Time,
    phones: Vec<Phone>,
    wire: VecDeque<(usize, Vec<u8>)>,
    /// Every start line that passed, with the number of the phone that sent it.
    pub log: Vec<(usize, String)>,
}

struct Phone {
    agent: Agent,
    /// How others find it: its user, and the host of its Contact.
    user: String,
    host: String,
    events: VecDeque<Event>,
    descriptions: u32,
}

impl Switchboard {
    /// As many phones as wanted, 1001 and on, all registered.
    pub fn new(phones: usize) -> Switchboard {
        let phones = (0..phones).map(|index| {
            let user = format!("{}", 1001 + index);
            let account = Account {
                identity: format!("{user}@pbx.test"),
                username: user.clone(),
                ..account()
            };
            let agent = Agent::new(account, entropy(7 + index as u64)).expect("a good account");
            let (host, events, descriptions) = Default::default();
            Phone { agent, user, host, events, descriptions }
        });
        let mut board = Switchboard {
            now: Time::default(),
            phones: phones.collect(),
            wire: VecDeque::new(),
            log: Vec::new(),
        };
        for phone in 0..board.phones.len() {
            board.with(phone, |agent, now| agent.start(now));
            board.with(phone, |agent, now| agent.socket_opened(now));
            board.events(phone);
        }
        board.log.clear();
        board
    }

    /// Lets a phone do something, and passes on what comes of it until nobody has anything to say.
    pub fn with<T>(&mut self, phone: usize, act: impl FnOnce(&mut Agent, Time) -> T) -> T {
        let result = self.quietly(phone, act);
        self.run();
        result
    }

    /// The same without passing anything on yet.
    pub fn quietly<T>(&mut self, phone: usize, act: impl FnOnce(&mut Agent, Time) -> T) -> T {
        let result = act(&mut self.phones[phone].agent, self.now);
        self.collect(phone);
        result
    }

    pub fn run(&mut self) {
        for _ in 0..1000 {
            let Some((from, message)) = self.wire.pop_front() else { return };
            self.deliver(from, &message);
        }
        panic!("the phones talk without end: {:?}", self.log);
    }

    pub fn pass(&mut self, duration: Duration) {
        let end = self.now + duration;
        for _ in 0..100_000 {
            let next = self.phones.iter().filter_map(|phone| phone.agent.poll_timeout()).min();
            let Some(at) = next.filter(|at| *at <= end) else { break };
            self.now = self.now.max(at);
            for phone in 0..self.phones.len() {
                self.with(phone, |agent, now| agent.handle_timeout(now));
            }
        }
        self.now = end;
    }

    /// What a phone was told since this was asked last, but for descriptions and the line.
    pub fn events(&mut self, phone: usize) -> Vec<Event> {
        self.phones[phone].events.drain(..).collect()
    }

    /// How often the browser of a phone made a description.
    pub fn descriptions(&self, phone: usize) -> u32 {
        self.phones[phone].descriptions
    }

    /// What passed by since this was asked last, without the numbers behind the names.
    pub fn passed(&mut self) -> Vec<String> {
        self.log.drain(..).map(|(_, line)| line).collect()
    }

    /// A call between two phones that is up; the number of each side.
    pub fn call(&mut self, from: usize, to: usize) -> (CallId, CallId) {
        let target = self.phones[to].user.clone();
        let ours = self.with(from, |agent, now| agent.dial(now, &target, None)).expect("a call");
        let theirs = self.incoming(to);
        self.with(to, |agent, now| agent.answer(now, theirs));
        assert!(self.events(from).contains(&Event::Answered { call: ours }));
        assert!(self.events(to).contains(&Event::Answered { call: theirs }));
        self.log.clear();
        (ours, theirs)
    }

    /// The call that rings at a phone.
    #[track_caller]
    pub fn incoming(&mut self, phone: usize) -> CallId {
        let found = self.phones[phone].events.iter().find_map(|event| match event {
            Event::Incoming { call, .. } => Some(*call),
            _ => None,
        });
        found.expect("a call that comes")
    }

    fn collect(&mut self, phone: usize) {
        while let Some(output) = self.phones[phone].agent.poll_output() {
            match output {
                Output::Send(message) => self.wire.push_back((phone, message)),
                Output::Event(event) => self.see(phone, event),
                Output::Connect { .. } | Output::Disconnect => {}
            }
        }
    }

    fn see(&mut self, phone: usize, event: Event) {
        let now = self.now;
        match event {
            Event::Describe { call, generation, offer, hold, .. } => {
                let it = &mut self.phones[phone];
                it.descriptions += 1;
                let sdp = description(it.descriptions, offer.as_deref(), hold);
                it.agent.local_description(now, call, generation, sdp);
            }
            Event::Line(_) | Event::Remote { .. } => {}
            event => self.phones[phone].events.push_back(event),
        }
    }

    fn deliver(&mut self, from: usize, message: &[u8]) {
        let to = match Message::parse(message) {
            Ok(Message::Request(request)) if *request.method() == Method::Register => {
                self.phones[from].host = request.via().host.clone();
                let contact = request.headers().get(Name::Contact).expect("a contact");
                let ok = Draft::response(request.headers(), 200, Some("s"))
                    .with(Name::Contact, contact)
                    .to_bytes();
                self.receive(from, &ok);
                return;
            }
            Ok(Message::Request(request)) => {
                let (user, host) = (request.uri().user_unescaped(), request.uri().host());
                self.log.push((from, request.method().as_str().to_owned()));
                let to = self.phones.iter().position(|phone| {
                    phone.host == host || host == "pbx.test" && phone.user == user
                });
                let Some(to) = to else {
                    let missing = Draft::response(request.headers(), 404, Some("s")).to_bytes();
                    return self.receive(from, &missing);
                };
                to
            }
            Ok(Message::Response(response)) => {
                let method = response.cseq().method.as_str();
                self.log.push((from, format!("{} {method}", response.status())));
                let host = &response.via().host;
                self.phones.iter().position(|phone| phone.host == *host).expect("who asked")
            }
            // A keep-alive.
            Err(_) => return,
        };
        self.receive(to, message);
    }

    fn receive(&mut self, phone: usize, message: &[u8]) {
        let now = self.now;
        self.phones[phone].agent.receive(now, message);
        self.collect(phone);
    }
}

/// What a browser would describe: the direction of an answer follows from the offer and from what is wanted.
fn description(number: u32, offer: Option<&str>, hold: bool) -> String {
    let offers = |direction: &str| offer.is_some_and(|offer| offer.contains(direction));
    let they_send = !offers("a=recvonly") && !offers("a=inactive");
    let they_listen = !offers("a=sendonly") && !offers("a=inactive");
    let direction = match (they_listen, they_send && !hold) {
        (true, true) => "sendrecv",
        (true, false) => "sendonly",
        (false, true) => "recvonly",
        (false, false) => "inactive",
    };
    format!("v=0\r\no=- {number} 1 IN IP4 127.0.0.1\r\nm=audio 9 X 0\r\na={direction}\r\n")
}
