//! REGISTER and its answers (RFC 3261, section 10).

use std::time::Duration;

use super::{LineKeeper, Phase, REFUSED_REST};
use crate::auth::Unanswered;
use crate::endpoint::{ALLOW, Endpoint};
use crate::message::{Contacts, Method, Name, NameAddr, Response, Scheme, Uri, standard_phrase};
use crate::outgoing::Outgoing;
use crate::timer::Timer;
use crate::transaction::{Challenged, Delivery, User};
use crate::{Line, Problem, Time};

/// The lifetime that we ask for, in seconds. Each renewal shows whether the server is still there, and not
/// every server replies to keep-alives: a dead socket should not look alive for minutes.
const EXPIRES: u32 = 120;
/// The shortest and the longest lifetime that we go by, in seconds, whatever a server says.
const SENSIBLE: std::ops::RangeInclusive<u32> = 10..=86_400;
/// The extensions that the registrar may use with us (RFC 3327, 5626, 5627).
const REGISTER_SUPPORTED: &str = "path, outbound, gruu";
/// How long the reply to a renewal may take. Far below timer F: a computer that wakes up renews first thing,
/// over a socket that may have died in its sleep.
const RENEWAL_LIMIT: Duration = Duration::from_secs(10);
/// The longest pause that a server may demand.
const LONGEST_REST: Duration = Duration::from_secs(600);

/// The binding of our Contact to the address of record.
pub(super) struct Registration {
    call_id: String,
    tag: String,
    cseq: u32,
    expires: u32,
    /// Whether the first hop takes a flow with a name; 439 says that it does not (RFC 5626, section 11.6).
    outbound: bool,
    /// The REGISTER under way.
    pending: Option<u64>,
}

impl Registration {
    pub(super) fn new(endpoint: &mut Endpoint) -> Registration {
        Registration {
            call_id: endpoint.random.token(),
            tag: endpoint.random.token(),
            cseq: 0,
            expires: EXPIRES,
            outbound: true,
            pending: None,
        }
    }

    pub(super) fn register(&mut self, endpoint: &mut Endpoint, now: Time) {
        self.send(endpoint, now, self.expires);
    }

    pub(super) fn unregister(&mut self, endpoint: &mut Endpoint, now: Time) {
        self.send(endpoint, now, 0);
    }

    pub(super) fn is_pending(&self) -> bool {
        self.pending.is_some()
    }

    /// The socket is gone, and the REGISTER with it.
    pub(super) fn forget(&mut self) {
        self.pending = None;
    }

    /// Asks the server for any reply at all (RFC 3261, section 11).
    pub(super) fn ask(&mut self, endpoint: &mut Endpoint, now: Time) {
        let (tag, call_id) = (endpoint.random.token(), endpoint.random.token());
        let request = Outgoing {
            method: Method::Options,
            uri: endpoint.settings.registrar.clone(),
            routes: Vec::new(),
            from: endpoint.from(&tag),
            to: ["<", endpoint.settings.registrar.as_str(), ">"].concat(),
            call_id,
            cseq: 1,
            headers: Vec::new(),
            body: None,
            credentials: Vec::new(),
        };
        endpoint.request(now, request, User::KeepAlive);
    }

    fn send(&mut self, endpoint: &mut Endpoint, now: Time, expires: u32) {
        if let Some(earlier) = self.pending.take() {
            endpoint.forget_client(earlier);
        }
        self.cseq = self.cseq.saturating_add(1);
        let request = Outgoing {
            method: Method::Register,
            uri: endpoint.settings.registrar.clone(),
            routes: Vec::new(),
            from: endpoint.from(&self.tag),
            to: ["<", &endpoint.settings.aor(), ">"].concat(),
            call_id: self.call_id.clone(),
            cseq: self.cseq,
            headers: vec![
                (Name::Contact, endpoint.binding(self.outbound, expires)),
                (Name::Expires, expires.to_string()),
                (Name::Allow, ALLOW.to_owned()),
                (Name::Supported, REGISTER_SUPPORTED.to_owned()),
                (Name::UserAgent, endpoint.settings.user_agent.clone()),
            ],
            body: None,
            credentials: Vec::new(),
        };
        self.pending = Some(endpoint.request(now, request, User::Registration));
    }
}

impl LineKeeper {
    /// [`Timer::Refresh`] fired.
    pub(crate) fn refresh(&mut self, endpoint: &mut Endpoint, now: Time) {
        if self.phase == Phase::Registered {
            self.check(endpoint, now, RENEWAL_LIMIT);
        }
    }

    /// A response to a REGISTER came.
    pub(crate) fn registration_replied(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        delivery: &Delivery,
        response: &Response,
    ) {
        if response.status() < 200 || self.registration.pending != Some(delivery.id) {
            return;
        }
        self.registration.pending = None;
        endpoint.timers.stop(Timer::Probe);
        if matches!(response.status(), 401 | 407) {
            return self.challenged(endpoint, now, delivery, response);
        }
        if matches!(self.phase, Phase::Stopping { .. }) {
            self.phase = Phase::Stopping { unregistered: true };
            return;
        }
        match response.status() {
            200..=299 => self.registered(endpoint, now, response),
            423 => self.too_brief(endpoint, now, response),
            439 if self.registration.outbound => {
                self.registration.outbound = false;
                self.registration.register(endpoint, now);
            }
            408 | 500.. => {
                let pause = response.headers().seconds(Name::RetryAfter);
                let pause =
                    pause.map(|seconds| Duration::from_secs(seconds.into()).min(LONGEST_REST));
                self.rest(endpoint, now, server_problem(response), pause);
            }
            _ => self.refused(endpoint, now, response),
        }
    }

    /// No response to a REGISTER came within timer F: whatever socket that is, it is no use.
    pub(crate) fn registration_timed_out(&mut self, endpoint: &mut Endpoint, now: Time) {
        self.registration.pending = None;
        if matches!(self.phase, Phase::Stopping { .. }) {
            self.phase = Phase::Stopping { unregistered: true };
            return;
        }
        self.hang_up_socket(endpoint);
        self.rest(endpoint, now, timed_out(), None);
    }

    fn registered(&mut self, endpoint: &mut Endpoint, now: Time, response: &Response) {
        self.phase = Phase::Registered;
        self.backoff.reset();
        self.not_before = None;
        self.was_registered = true;
        endpoint.registered = true;
        endpoint.admitted = true;
        let binding = binding(endpoint, response);
        endpoint.gruu = binding.as_ref().and_then(gruu);
        let lifetime = binding
            .and_then(|binding| binding.expires())
            .or_else(|| response.headers().seconds(Name::Expires))
            .unwrap_or(self.registration.expires);
        let lifetime = u64::from(lifetime.clamp(*SENSIBLE.start(), *SENSIBLE.end())) * 1000;
        let least = Duration::from_millis(lifetime * 8 / 10);
        let pause = endpoint.random.between(least, Duration::from_millis(lifetime * 9 / 10));
        endpoint.timers.set(Timer::Refresh, now + pause);
        self.plan_return(endpoint, now);
        self.report(endpoint, Line::Registered);
    }

    fn challenged(
        &mut self,
        endpoint: &mut Endpoint,
        now: Time,
        delivery: &Delivery,
        response: &Response,
    ) {
        self.registration.cseq = self.registration.cseq.saturating_add(1);
        match endpoint.answer_challenge(now, delivery, response, self.registration.cseq) {
            Challenged::Again(id) => self.registration.pending = Some(id),
            Challenged::Refused(_) if matches!(self.phase, Phase::Stopping { .. }) => {
                self.phase = Phase::Stopping { unregistered: true };
            }
            Challenged::Refused(Unanswered::WrongPassword) => {
                self.rest(endpoint, now, Problem::PasswordRefused, None);
            }
            Challenged::Refused(Unanswered::AlwaysStale) => {
                self.rest(endpoint, now, server_problem(response), None);
            }
            Challenged::Refused(Unanswered::NotForUs) => self.refused(endpoint, now, response),
        }
    }

    /// RFC 3261, section 10.2.8: the registrar wants a longer lifetime.
    fn too_brief(&mut self, endpoint: &mut Endpoint, now: Time, response: &Response) {
        match response.headers().seconds(Name::MinExpires) {
            Some(least) if least > self.registration.expires && SENSIBLE.contains(&least) => {
                self.registration.expires = least;
                self.registration.register(endpoint, now);
            }
            _ => self.refused(endpoint, now, response),
        }
    }

    fn refused(&mut self, endpoint: &mut Endpoint, now: Time, response: &Response) {
        let problem = Problem::Refused { status: response.status(), phrase: response.phrase() };
        self.rest(endpoint, now, problem, Some(REFUSED_REST));
    }
}

/// Our binding among those that the registrar knows (RFC 3261, section 10.2.4).
fn binding(endpoint: &Endpoint, response: &Response) -> Option<NameAddr> {
    match response.headers().contacts() {
        Ok(Contacts::List(list)) => {
            list.into_iter().find(|contact| endpoint.is_contact(&contact.uri))
        }
        Ok(Contacts::All) | Err(_) => None,
    }
}

/// The public GRUU of our binding (RFC 5627, section 4.3).
fn gruu(binding: &NameAddr) -> Option<Uri> {
    let gruu = Uri::parse(binding.params.get("pub-gruu")?).ok()?;
    matches!(gruu.scheme(), Scheme::Sip | Scheme::Sips).then(|| gruu.for_request_line())
}

fn server_problem(response: &Response) -> Problem {
    Problem::Server { status: response.status(), phrase: response.phrase() }
}

pub(super) fn timed_out() -> Problem {
    Problem::Server { status: 408, phrase: standard_phrase(408).to_owned() }
}
