//! Which challenges are answered, and with what (RFC 3261, section 22; RFC 7616; RFC 8760).

use crate::digest::{Challenge, Credentials, challenges, strongest};
use crate::message::{Method, Name, Response};
use crate::outgoing::Outgoing;
use crate::random::Random;

/// The user name and the password, and the only servers that they are for.
///
/// A realm is a name that a server gives itself, so it need not be the domain of the account. The first one that
/// is heard on a REGISTER, over the connection to one of the account's own servers, is taken for that server's and
/// kept for the agent's life (one of its registrar, and one of a proxy before it); so is the account's own domain. A
/// challenge from any other realm gets no digest.
///
/// Behind a proxy a response need not come from the server: whoever is called, or calls, writes it. There a realm
/// alone proves nothing, see [`Authenticator::may_come_from`].
pub(crate) struct Authenticator {
    username: String,
    password: String,
    domain: String,
    realms: Vec<Realm>,
    /// The servers, by their place in the account, that asked for a proxy's credentials outside of any dialog.
    proxies: Vec<usize>,
    sessions: Vec<Session>,
}

/// A realm in which a server challenged our REGISTER.
struct Realm {
    /// The server's place in the account.
    server: usize,
    header: Name,
    name: String,
    /// The hash was SHA-256.
    is_strong: bool,
}

/// A nonce that a server took, and how often we used it.
struct Session {
    server: usize,
    header: Name,
    challenge: Challenge,
    count: u32,
}

impl Session {
    /// Without `qop` nothing counts the uses, and a `-sess` hash is bound to the first one.
    fn is_reusable(&self) -> bool {
        self.challenge.qop_auth && !self.challenge.algorithm.is_session()
    }
}

/// How far one request has come with its credentials: each proxy on the way and the server may want their own (RFC
/// 3261, section 22.3).
#[derive(Clone, Debug, Default)]
pub(crate) struct Attempt(Vec<Answered>);

/// A challenge to this very request was answered.
#[derive(Clone, Debug)]
struct Answered {
    header: Name,
    realm: String,
    /// So was one that called the first answer stale.
    is_renewed: bool,
}

impl Attempt {
    /// Takes note of a challenge that is to be answered, unless one like it was answered in vain.
    fn add(&mut self, header: Name, challenge: &Challenge) -> Result<(), Unanswered> {
        let is_it = |it: &&mut Answered| it.header == header && it.realm == challenge.realm;
        match self.0.iter_mut().find(is_it) {
            Some(_) if !challenge.stale => Err(Unanswered::WrongPassword),
            Some(answered) if answered.is_renewed => Err(Unanswered::AlwaysStale),
            Some(answered) => {
                answered.is_renewed = true;
                Ok(())
            }
            None => {
                let realm = challenge.realm.clone();
                self.0.push(Answered { header, realm, is_renewed: false });
                Ok(())
            }
        }
    }

    fn has(&self, session: &Session) -> bool {
        let is_it =
            |it: &Answered| it.header == session.header && it.realm == session.challenge.realm;
        self.0.iter().any(is_it)
    }
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
            proxies: Vec::new(),
            sessions: Vec::new(),
        }
    }

    /// Credentials for a new request out of this server's last nonces (RFC 7616, section 3.4: the count goes up).
    /// Only for what ends at our server: on the way to a foreign address, or to the other side of a call by way of
    /// proxies, it could pass the digest on.
    pub(crate) fn reuse(
        &mut self,
        server: usize,
        request: &Outgoing,
        random: &mut Random,
    ) -> Vec<(Name, String)> {
        self.sign(server, request, &Attempt::default(), random)
    }

    /// Credentials for a request that is sent again after a 401 or 407, which came from this of the account's servers.
    pub(crate) fn answer(
        &mut self,
        server: usize,
        response: &Response,
        request: &Outgoing,
        attempt: &mut Attempt,
        random: &mut Random,
    ) -> Result<Vec<(Name, String)>, Unanswered> {
        let (source, header) = match response.status() {
            407 => (Name::ProxyAuthenticate, Name::ProxyAuthorization),
            _ => (Name::WwwAuthenticate, Name::Authorization),
        };
        if !self.may_come_from(server, request, header) {
            return Err(Unanswered::NotForUs);
        }
        let is_register = request.method == Method::Register;
        let mut ours = Vec::new();
        for value in response.headers().all(source) {
            ours.extend(challenges(value));
        }
        ours.retain(|challenge| self.is_ours(server, header, challenge, is_register));
        let challenge = strongest(ours).ok_or(Unanswered::NotForUs)?;
        let is_it = |session: &Session| {
            session.header == header && session.challenge.realm == challenge.realm
        };
        self.sessions.retain(|session| !is_it(session));
        attempt.add(header, &challenge)?;
        if is_register {
            self.learn(server, header, &challenge);
        }
        if header == Name::ProxyAuthorization && !self.proxies.contains(&server) {
            self.proxies.push(server);
        }
        self.sessions.push(Session { server, header, challenge, count: 0 });
        Ok(self.sign(server, request, attempt, random))
    }

    /// Whether a challenge to this request may be the server's. Inside a dialog that passes proxies the other side of
    /// the call is the one that can ask with a 401, and it may have learnt the realm from its own server; a 407 is
    /// taken only from a server that has asked like that outside of a dialog.
    fn may_come_from(&self, server: usize, request: &Outgoing, header: Name) -> bool {
        request.routes.is_empty()
            || header == Name::ProxyAuthorization && self.proxies.contains(&server)
    }

    fn is_ours(
        &self,
        server: usize,
        header: Name,
        challenge: &Challenge,
        is_register: bool,
    ) -> bool {
        let mut known = self.realms.iter().filter(|known| known.server == server);
        if is_register {
            return known.clone().any(|known| known.name == challenge.realm)
                || !known.any(|known| known.header == header)
                || challenge.realm.eq_ignore_ascii_case(&self.domain);
        }
        // Nobody brings a weaker hash into play than the one that the registration goes by.
        let (is_known, is_strong) = match known.clone().find(|it| it.name == challenge.realm) {
            Some(realm) => (true, realm.is_strong),
            None => (false, known.any(|known| known.is_strong)),
        };
        (is_known || challenge.realm.eq_ignore_ascii_case(&self.domain))
            && (challenge.algorithm.is_strong() || !is_strong)
    }

    /// Takes a realm for the server's own.
    fn learn(&mut self, server: usize, header: Name, challenge: &Challenge) {
        let is_strong = challenge.algorithm.is_strong();
        let mut known = self.realms.iter_mut();
        match known.find(|known| known.server == server && known.name == challenge.realm) {
            Some(known) => known.is_strong = is_strong,
            None => {
                let name = challenge.realm.clone();
                self.realms.push(Realm { server, header, name, is_strong });
            }
        }
    }

    /// What the sessions with this server have to say about a request: those that it was challenged in, and at home
    /// those that can be used unasked.
    fn sign(
        &mut self,
        server: usize,
        request: &Outgoing,
        attempt: &Attempt,
        random: &mut Random,
    ) -> Vec<(Name, String)> {
        let is_domestic =
            request.routes.is_empty() && request.uri.host().eq_ignore_ascii_case(&self.domain);
        let credentials = Credentials { username: &self.username, password: &self.password };
        let (method, uri) = (&request.method, request.uri.as_str());
        let mut signed = Vec::new();
        for session in self.sessions.iter_mut().filter(|session| session.server == server) {
            if attempt.has(session) || is_domestic && session.is_reusable() {
                session.count = session.count.saturating_add(1);
                let cnonce = random.token();
                let value =
                    session.challenge.answer(credentials, method, uri, &cnonce, session.count);
                signed.push((session.header, value));
            }
        }
        signed
    }
}
