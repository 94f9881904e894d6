//! An agent, its clock, and the server that the test plays.

use std::collections::VecDeque;
use std::time::Duration;

use ringdock_sip::message::{Draft, Message, Method, Name, Request, Response, Uri};
use ringdock_sip::{Account, Agent, CallId, Event, Line, Output, Time};

/// What a browser would offer or answer; the agent never looks inside.
pub const OFFER: &str = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=offer\r\n";
pub const ANSWER: &str = "v=0\r\no=- 2 2 IN IP4 127.0.0.1\r\ns=answer\r\n";

pub struct World {
    pub agent: Agent,
    pub now: Time,
    /// What went into the socket and was not looked at yet.
    sent: VecDeque<Vec<u8>>,
    events: VecDeque<Event>,
    /// How often a socket was asked for.
    pub connects: usize,
    pub disconnects: usize,
    /// Where the last one was to lead.
    pub url: String,
    /// The server replies to OPTIONS (and not to pings), as Asterisk does; none of it is left to look at.
    pub is_alive: bool,
    /// Numbers the server's own branches and tags.
    next: u32,
}

pub fn account() -> Account {
    Account {
        identity: "1001@pbx.test".to_owned(),
        username: "1001".to_owned(),
        password: "secret".to_owned(),
        servers: vec!["wss://pbx.test:8089/ws".into()],
        display_name: Some("Ann \"A\" Agent".to_owned()),
        user_agent: "Ringdock test".to_owned(),
    }
}

/// Random bytes that are the same in every run, and never the same twice in one.
pub fn entropy(mut seed: u64) -> impl FnMut(&mut [u8]) {
    move |buffer: &mut [u8]| {
        for byte in buffer {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            *byte = (seed >> 33) as u8;
        }
    }
}

impl World {
    pub fn new() -> World {
        World::with_account(account())
    }

    pub fn with_account(account: Account) -> World {
        World {
            agent: Agent::new(account, entropy(7)).expect("a good account"),
            now: Time::default(),
            sent: VecDeque::new(),
            events: VecDeque::new(),
            connects: 0,
            disconnects: 0,
            url: String::new(),
            is_alive: true,
            next: 0,
        }
    }

    /// An agent whose first REGISTER was confirmed.
    pub fn registered() -> World {
        let mut world = World::new();
        world.start();
        world.confirm_registration();
        assert_eq!(world.line(), Line::Connecting);
        assert_eq!(world.line(), Line::Registered);
        world
    }

    /// The same with a registration that is not renewed for hours.
    pub fn registered_for_long() -> World {
        let mut world = World::new();
        world.start();
        let register = world.request(Method::Register);
        world.reply(&register, |register| {
            Draft::response(register.headers(), 200, Some("s")).with(Name::Expires, "36000")
        });
        assert_eq!(world.line(), Line::Connecting);
        assert_eq!(world.line(), Line::Registered);
        world
    }

    /// Starts and opens the socket.
    pub fn start(&mut self) {
        self.with(|agent, now| agent.start(now));
        self.open();
    }

    pub fn open(&mut self) {
        self.with(|agent, now| agent.socket_opened(now));
    }

    pub fn close(&mut self) {
        self.with(|agent, now| agent.socket_closed(now));
    }

    pub fn confirm_registration(&mut self) -> Request {
        let register = self.request(Method::Register);
        self.confirm(&register);
        register
    }

    pub fn confirm(&mut self, register: &Request) {
        let contact = register.headers().get(Name::Contact).expect("a contact").to_vec();
        self.reply(register, |_| {
            Draft::response(register.headers(), 200, Some("s")).with(Name::Contact, contact)
        });
    }

    /// Lets the agent do something, and carries out what it wants done.
    pub fn with<T>(&mut self, act: impl FnOnce(&mut Agent, Time) -> T) -> T {
        let result = act(&mut self.agent, self.now);
        while let Some(output) = self.agent.poll_output() {
            match output {
                Output::Connect { url } => {
                    assert!(url.starts_with("wss://pbx.test:8089/"), "{url}");
                    self.connects += 1;
                    self.url = url;
                }
                Output::Disconnect => self.disconnects += 1,
                Output::Send(message) if self.is_alive && is_keep_alive(&message) => {
                    self.confirm_life(&message);
                }
                Output::Send(message) => self.sent.push_back(message),
                Output::Event(event) => self.events.push_back(event),
            }
        }
        result
    }

    fn confirm_life(&mut self, message: &[u8]) {
        if let Ok(Message::Request(options)) = Message::parse(message) {
            let ok = Draft::response(options.headers(), 200, Some("s")).to_bytes();
            self.agent.receive(self.now, &ok);
        }
    }

    /// Everything that was sent and not looked at, as text.
    pub fn everything_sent(&mut self) -> Vec<String> {
        self.skip_keep_alives();
        let sent =
            self.sent.drain(..).map(|message| String::from_utf8_lossy(&message).into_owned());
        sent.filter(|message| message != "\r\n\r\n").collect()
    }

    /// Lets time pass, with every timer in its moment.
    pub fn pass(&mut self, duration: Duration) {
        let end = self.now + duration;
        while let Some(at) = self.agent.poll_timeout().filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.with(|agent, now| agent.handle_timeout(now));
            let next = self.agent.poll_timeout();
            assert!(
                next.is_none_or(|next| next > self.now),
                "a timer is due again in the same moment"
            );
        }
        self.now = end;
    }

    pub fn pass_secs(&mut self, seconds: u64) {
        self.pass(Duration::from_secs(seconds));
    }

    /// Lets time pass until the registration is renewed.
    pub fn pass_to_renewal(&mut self) {
        while !self.has_sent() {
            self.pass_secs(1);
            self.skip_keep_alives();
            assert!(self.now - Time::default() < Duration::from_secs(1000), "no renewal");
        }
    }

    pub fn bytes(&mut self, message: &[u8]) {
        self.with(|agent, now| agent.receive(now, message));
    }

    /// The next event.
    #[track_caller]
    pub fn event(&mut self) -> Event {
        self.events.pop_front().expect("an event")
    }

    /// The next event, if there is one.
    pub fn try_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// The next event, which is about the line.
    #[track_caller]
    pub fn line(&mut self) -> Line {
        match self.event() {
            Event::Line(line) => line,
            other => panic!("not about the line: {other:?}"),
        }
    }

    #[track_caller]
    pub fn no_event(&self) {
        assert_eq!(self.events.front(), None);
    }

    #[track_caller]
    pub fn nothing_sent(&self) {
        let next = self.sent.front().map(|message| String::from_utf8_lossy(message));
        assert_eq!(next, None);
    }

    /// The next thing in the socket, as it is.
    #[track_caller]
    pub fn raw(&mut self) -> Vec<u8> {
        self.sent.pop_front().expect("something sent")
    }

    pub fn has_sent(&self) -> bool {
        !self.sent.is_empty()
    }

    /// Drops the keep-alives at the front.
    pub fn skip_keep_alives(&mut self) {
        while self.sent.front().is_some_and(|message| is_keep_alive(message)) {
            self.sent.pop_front();
        }
    }

    /// The next request in the socket.
    #[track_caller]
    pub fn request(&mut self, method: Method) -> Request {
        let bytes = self.raw();
        match Message::parse(&bytes) {
            Ok(Message::Request(request)) if *request.method() == method => request,
            _ => panic!("not {method:?}: {}", String::from_utf8_lossy(&bytes)),
        }
    }

    /// The next response in the socket.
    #[track_caller]
    pub fn response(&mut self, status: u16) -> Response {
        let bytes = self.raw();
        match Message::parse(&bytes) {
            Ok(Message::Response(response)) if response.status() == status => response,
            _ => panic!("not {status}: {}", String::from_utf8_lossy(&bytes)),
        }
    }

    /// Replies to a request of the agent; the response is made by the test.
    pub fn reply(&mut self, request: &Request, make: impl FnOnce(&Request) -> Draft) {
        let response = make(request).to_bytes();
        self.bytes(&response);
    }

    /// Replies with a status, and a To tag and a Contact as a callee has them.
    pub fn status(&mut self, request: &Request, status: u16) {
        self.reply(request, |request| response(request, status, "callee"));
    }

    /// A request of the server to the agent, outside of any dialog.
    pub fn draft(&mut self, method: Method, cseq: u32) -> Draft {
        self.next += 1;
        let next = self.next;
        Draft::request(&method, &uri("sip:1001@agent.invalid;transport=ws"))
            .with(Name::Via, format!("SIP/2.0/WSS pbx.test:8089;branch=z9hG4bKserver{next};rport"))
            .with(Name::MaxForwards, "70")
            .with(Name::From, format!("\"Bob\" <sip:%2b4420@pbx.test>;tag=caller{next}"))
            .with(Name::To, "<sip:1001@pbx.test>")
            .with(Name::CallId, format!("server-call-{next}"))
            .with(Name::CSeq, format!("{cseq} {}", method.as_str()))
            .with(Name::Contact, "<sip:pbx@pbx.test:5060;transport=ws>")
    }

    pub fn send(&mut self, draft: &Draft) -> Request {
        let bytes = draft.to_bytes();
        self.bytes(&bytes);
        match Message::parse(&bytes) {
            Ok(Message::Request(request)) => request,
            other => panic!("the test's own request: {other:?}"),
        }
    }

    /// Sends the very same request once more.
    pub fn send_again(&mut self, request: &Request) {
        let bytes = Message::Request(request.clone()).to_bytes();
        self.bytes(&bytes);
    }
}

/// The browser is to make a description.
pub fn describe(call: CallId, generation: u32, offer: Option<String>) -> Event {
    Event::Describe { call, generation, offer, hold: false, restart_ice: false }
}

fn is_keep_alive(message: &[u8]) -> bool {
    message == b"\r\n\r\n" || message.starts_with(b"OPTIONS sip:pbx.test SIP/2.0")
}

pub fn uri(text: &str) -> Uri {
    Uri::parse(text).expect("a URI")
}

/// A response as a callee makes it.
pub fn response(request: &Request, status: u16, tag: &str) -> Draft {
    Draft::response(request.headers(), status, Some(tag))
        .with(Name::Contact, "<sip:callee@pbx.test:5060;transport=ws>")
}
