//! What the registration and all calls share: the socket's sending half, timers, transactions,
//! randomness, and who we are on the wire.

use std::collections::VecDeque;

use crate::auth::Authenticator;
use crate::message::scan::push_quoted;
use crate::message::{Name, Uri, Via};
use crate::outgoing::Outgoing;
use crate::random::Random;
use crate::settings::Settings;
use crate::timer::Timers;
use crate::transaction::{Clients, Servers};
use crate::{Event, Output};

/// The methods that requests to us may have (RFC 3261, section 20.5).
pub(crate) const ALLOW: &str =
    "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, NOTIFY, UPDATE, PRACK, REFER";

/// The extensions that requests to us may use (RFC 3262, 4028, 3891, 5627, 5626, 4488).
pub(crate) const SUPPORTED: &str = "100rel, timer, replaces, gruu, outbound, norefersub";

/// The shared half of the agent.
pub(crate) struct Endpoint {
    pub(crate) settings: Settings,
    pub(crate) random: Random,
    pub(crate) timers: Timers,
    pub(crate) auth: Authenticator,
    pub(crate) clients: Clients,
    pub(crate) servers: Servers,
    /// Which server the socket leads to, or is to lead to.
    pub(crate) server: usize,
    /// Whether the socket is open.
    pub(crate) connected: bool,
    /// Whether the registration stands: calls can be placed.
    pub(crate) registered: bool,
    /// Whether the server has ever confirmed a registration over this socket: it takes our requests.
    pub(crate) admitted: bool,
    /// There is a call.
    pub(crate) in_call: bool,
    /// The agent is about to leave: no calls are taken.
    pub(crate) stopping: bool,
    /// The socket was lost, and calls and transactions do not know yet.
    lost: bool,
    /// The sent-by and Contact host (RFC 7118, section 5): the same for the agent's life, so that a new
    /// registration over a new socket leads requests of old dialogs to us.
    host: String,
    /// The instance (RFC 5626, section 4.1).
    instance: String,
    /// The address that leads to this very phone from everywhere, if the registrar gave one (RFC 5627).
    pub(crate) gruu: Option<Uri>,
    outputs: VecDeque<Output>,
}

impl Endpoint {
    pub(crate) fn new(settings: Settings, mut random: Random) -> Endpoint {
        let host = random.token() + ".invalid";
        let auth = Authenticator::new(
            settings.username.clone(),
            settings.password.clone(),
            settings.host(),
        );
        Endpoint {
            instance: random.uuid(),
            gruu: None,
            settings,
            random,
            timers: Timers::default(),
            auth,
            clients: Clients::default(),
            servers: Servers::default(),
            server: 0,
            connected: false,
            registered: false,
            admitted: false,
            in_call: false,
            stopping: false,
            lost: false,
            host,
            outputs: VecDeque::new(),
        }
    }

    pub(crate) fn output(&mut self, output: Output) {
        self.outputs.push_back(output);
    }

    pub(crate) fn event(&mut self, event: Event) {
        self.output(Output::Event(event));
    }

    pub(crate) fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// The socket is closed or given up.
    pub(crate) fn lose_socket(&mut self) {
        self.lost |= self.connected;
        self.connected = false;
        self.registered = false;
        self.admitted = false;
    }

    /// Whether the socket was lost since this was asked last.
    pub(crate) fn take_lost(&mut self) -> bool {
        std::mem::take(&mut self.lost)
    }

    /// Sends, or drops the message when there is no socket: what must not be lost is sent again by its owner.
    pub(crate) fn send(&mut self, message: Vec<u8>) {
        if self.connected {
            self.output(Output::Send(message));
        }
    }

    /// Sends a request that has no transaction: the ACK to a 2xx (RFC 3261, section 13.2.2.4).
    pub(crate) fn send_ack(&mut self, ack: &Outgoing) {
        let branch = self.random.branch();
        let message = ack.print(&self.via(&branch));
        self.send(message);
    }

    /// The value of our Via.
    pub(crate) fn via(&self, branch: &str) -> String {
        let is_secure =
            self.settings.servers.get(self.server).is_none_or(|server| server.is_secure);
        let transport = if is_secure { "WSS" } else { "WS" };
        Via::new(transport, &self.host, branch).to_string()
    }

    /// Whether a Via is one that we wrote.
    pub(crate) fn wrote(&self, via: &Via) -> bool {
        via.host.eq_ignore_ascii_case(&self.host)
    }

    /// Whether a binding at the registrar is ours.
    pub(crate) fn is_contact(&self, uri: &Uri) -> bool {
        uri.host().eq_ignore_ascii_case(&self.host)
    }

    /// Our Contact's value in a dialog: the GRUU, if there is one (RFC 5627, section 4.4), else the name that is
    /// known to our server alone.
    pub(crate) fn contact(&self) -> String {
        match &self.gruu {
            Some(gruu) => ["<", gruu.as_str(), ">"].concat(),
            None => self.own_contact(),
        }
    }

    /// What a message says of us when it begins a dialog or changes one: where we are, and what we can do.
    pub(crate) fn introduction(&self) -> Vec<(Name, String)> {
        vec![
            (Name::Contact, self.contact()),
            (Name::Allow, ALLOW.to_owned()),
            (Name::Supported, SUPPORTED.to_owned()),
        ]
    }

    /// RFC 7118, section 5.
    fn own_contact(&self) -> String {
        ["<sip:", &self.settings.user, "@", &self.host, ";transport=ws>"].concat()
    }

    /// Our Contact's value in a REGISTER. With `outbound` it names the flow (RFC 5626, section 4.2).
    pub(crate) fn binding(&self, outbound: bool, expires: u32) -> String {
        let flow = if outbound { ";reg-id=1" } else { "" };
        let instance = [";+sip.instance=\"<urn:uuid:", &self.instance, ">\""].concat();
        [&self.own_contact(), flow, &instance, ";expires=", &expires.to_string()].concat()
    }

    /// Our From value.
    pub(crate) fn from(&self, tag: &str) -> String {
        let mut from = String::new();
        if let Some(name) = &self.settings.display_name {
            push_quoted(&mut from, name);
            from.push(' ');
        }
        [&from, "<", &self.settings.aor(), ">;tag=", tag].concat()
    }
}
