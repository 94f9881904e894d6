//! Which challenges are answered, and with what (RFC 3261, section 22; RFC 7616; RFC 8760).

use crate::digest::{Algorithm, Challenge, Credentials, challenges, strongest};
use crate::message::{Method, Name, Response};
use crate::outgoing::Outgoing;
use crate::random::Random;

/// The user name and the password, and the only servers that they are for.
///
/// A realm is a name that a server gives itself, so it need not be the domain of the account. The first one that
/// is heard on a REGISTER, over the connection to one of the account's own servers, is taken for that server's and
/// kept for the agent's life; so is the account's own domain. A challenge from any other realm gets no digest.
pub(crate) struct Authenticator {
    username: String,
    password: String,
    domain: String,
    /// By the server's place in the account.
    realms: Vec<(usize, String)>,
    last: Option<Session>,
}

/// A nonce that the server took, and how often we used it.
struct Session {
    challenge: Challenge,
    header: Name,
    count: u32,
}

impl Session {
    /// Without `qop` nothing counts the uses, and a `-sess` hash is bound to the first one.
    fn is_reusable(&self) -> bool {
        self.challenge.qop_auth
            && matches!(self.challenge.algorithm, Algorithm::Md5 | Algorithm::Sha256)
    }
}

/// How far one request has come with its credentials.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Attempt {
    /// A challenge to this very request was answered.
    answered: bool,
    /// So was one that called the first answer stale.
    renewed: bool,
}

/// Why a challenge was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unanswered {
    /// The server refused the right answer to its own nonce: the password is wrong.
    WrongPassword,
    /// It calls every nonce stale.
    AlwaysStale,
    /// It comes from somebody else, or asks for what we cannot do.
    NotForUs,
}

impl Authenticator {
    pub(crate) fn new(username: String, password: String, domain: &str) -> Authenticator {
        Authenticator {
            username,
            password,
            domain: domain.to_owned(),
            realms: Vec::new(),
            last: None,
        }
    }

    /// Credentials for a new request out of the last nonce (RFC 7616, section 3.4: the count goes up). Only for
    /// what ends at our server: on the way to a foreign address it could pass the digest on.
    pub(crate) fn reuse(
        &mut self,
        request: &Outgoing,
        random: &mut Random,
    ) -> Option<(Name, String)> {
        let is_domestic = request.uri.host().eq_ignore_ascii_case(&self.domain);
        let last = self.last.as_mut().filter(|last| is_domestic && last.is_reusable())?;
        last.count = last.count.saturating_add(1);
        let header = last.header;
        Some((header, self.sign(request, random)?))
    }

    /// Credentials for a request that is sent again after a 401 or 407, which came from this of the account's servers.
    pub(crate) fn answer(
        &mut self,
        server: usize,
        response: &Response,
        request: &Outgoing,
        attempt: &mut Attempt,
        random: &mut Random,
    ) -> Result<(Name, String), Unanswered> {
        let (source, header) = match response.status() {
            407 => (Name::ProxyAuthenticate, Name::ProxyAuthorization),
            _ => (Name::WwwAuthenticate, Name::Authorization),
        };
        let is_register = request.method == Method::Register;
        let mut ours = Vec::new();
        for value in response.headers().all(source) {
            ours.extend(challenges(value));
        }
        ours.retain(|challenge| self.is_ours(server, &challenge.realm, is_register));
        let challenge = strongest(ours).ok_or(Unanswered::NotForUs)?;
        match (attempt.answered, challenge.stale, attempt.renewed) {
            (false, _, _) => attempt.answered = true,
            (true, true, false) => attempt.renewed = true,
            (true, true, true) => return self.give_up(Unanswered::AlwaysStale),
            (true, false, _) => return self.give_up(Unanswered::WrongPassword),
        }
        if is_register && self.realm(server).is_none() {
            self.realms.push((server, challenge.realm.clone()));
        }
        self.last = Some(Session { challenge, header, count: 1 });
        self.sign(request, random).map(|value| (header, value)).ok_or(Unanswered::NotForUs)
    }

    fn give_up(&mut self, why: Unanswered) -> Result<(Name, String), Unanswered> {
        self.last = None;
        Err(why)
    }

    fn realm(&self, server: usize) -> Option<&str> {
        self.realms.iter().find(|(known, _)| *known == server).map(|(_, realm)| realm.as_str())
    }

    fn is_ours(&self, server: usize, realm: &str, is_register: bool) -> bool {
        match self.realm(server) {
            Some(known) if known == realm => true,
            None if is_register => true,
            _ => realm.eq_ignore_ascii_case(&self.domain),
        }
    }

    fn sign(&self, request: &Outgoing, random: &mut Random) -> Option<String> {
        let last = self.last.as_ref()?;
        let credentials = Credentials { username: &self.username, password: &self.password };
        let uri = request.uri.as_str();
        Some(last.challenge.answer(credentials, &request.method, uri, &random.token(), last.count))
    }
}
