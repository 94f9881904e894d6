//! Dialogs (RFC 3261, section 12): what two user agents keep of each other between a call's first message
//! and its last.

use crate::Party;
use crate::address::push_escaped;
use crate::call::identity::{party, vouched};
use crate::message::{Contacts, Headers, Method, Name, NameAddr, Request, Response, Scheme, Uri};
use crate::outgoing::Outgoing;

/// What the other side is in a Remote-Party-ID.
const CALLED: &str = "called";
const CALLING: &str = "calling";

/// One dialog, confirmed or early.
#[derive(Clone, Debug)]
pub(crate) struct Dialog {
    call_id: String,
    /// The whole From of our requests.
    local: String,
    local_tag: String,
    /// The whole To of our requests.
    remote: String,
    remote_tag: String,
    /// Where our requests go.
    target: Uri,
    /// The addresses that they pass, the nearest first.
    routes: Vec<NameAddr>,
    local_seq: u32,
    remote_seq: Option<u32>,
    /// We called: the Call-ID is of our making.
    is_ours: bool,
    /// The other side takes UPDATE, as far as it said.
    takes_update: bool,
    /// Who the other side is, as far as the server vouched for it.
    party: Option<Party>,
}

impl Dialog {
    /// The dialog of a response to our INVITE (RFC 3261, section 12.1.2). Without a usable Contact the address
    /// that we called stands in, so that the call can be acknowledged and ended.
    pub(crate) fn of_response(invite: &Outgoing, response: &Response) -> Dialog {
        let mut routes = addresses(response.headers());
        routes.reverse();
        Dialog {
            call_id: invite.call_id.clone(),
            local: invite.from.clone(),
            local_tag: response.from().tag().unwrap_or_default().to_owned(),
            remote: response.to().to_string(),
            remote_tag: response.to().tag().unwrap_or_default().to_owned(),
            target: contact(response.headers()).unwrap_or_else(|| invite.uri.clone()),
            routes,
            local_seq: invite.cseq,
            remote_seq: None,
            is_ours: true,
            takes_update: takes_update(response.headers()).unwrap_or(false),
            party: vouched(response.headers(), CALLED),
        }
    }

    /// The dialog of an INVITE that came (RFC 3261, section 12.1.1). Without a Contact, which RFC 2543 did not demand,
    /// From is where the caller is reached (RFC 4475, section 3.4.1). `None` if that cannot be called either, or the
    /// Contact is of no use.
    pub(crate) fn of_request(invite: &Request, local_tag: &str) -> Option<Dialog> {
        let mut local = invite.to().clone();
        local.params.set("tag", Some(local_tag));
        Some(Dialog {
            call_id: invite.call_id().to_owned(),
            local: local.to_string(),
            local_tag: local_tag.to_owned(),
            remote: invite.from().to_string(),
            remote_tag: invite.from().tag().unwrap_or_default().to_owned(),
            target: match invite.headers().get(Name::Contact) {
                Some(_) => contact(invite.headers())?,
                None => Some(&invite.from().uri)
                    .filter(|uri| matches!(uri.scheme(), Scheme::Sip | Scheme::Sips))?
                    .for_request_line(),
            },
            routes: addresses(invite.headers()),
            local_seq: 0,
            remote_seq: Some(invite.cseq().number),
            is_ours: false,
            takes_update: takes_update(invite.headers()).unwrap_or(false),
            party: vouched(invite.headers(), CALLING).or_else(|| Some(party(invite.from()))),
        })
    }

    /// Whether a request belongs to this dialog (RFC 3261, section 12.2.2).
    pub(crate) fn owns(&self, request: &Request) -> bool {
        self.call_id == request.call_id()
            && request.to().tag() == Some(&self.local_tag)
            && request.from().tag().unwrap_or_default() == self.remote_tag
    }

    /// Whether it is the one with this Call-ID and these tags, ours first.
    pub(crate) fn is(&self, call_id: &str, local_tag: &str, remote_tag: &str) -> bool {
        self.call_id == call_id && self.local_tag == local_tag && self.remote_tag == remote_tag
    }

    /// Whether the other side is known by this user: a number or an extension.
    pub(crate) fn is_with(&self, other: &Uri) -> bool {
        let known = NameAddr::parse(self.remote.as_bytes());
        !other.user().is_empty() && known.is_ok_and(|known| known.uri.user() == other.user())
    }

    /// A Refer-To that has somebody call the other side, in our place (RFC 3891; RFC 5589, section 7.1): at its
    /// contact if that can be reached from everywhere, else at the address that it is known by.
    pub(crate) fn refer_to(&self) -> String {
        let known = NameAddr::parse(self.remote.as_bytes()).map(|remote| remote.uri).ok();
        let known = known.filter(|uri| matches!(uri.scheme(), Scheme::Sip | Scheme::Sips));
        let uri = match known {
            Some(known) if self.target.param("gr").is_none() => known.for_request_line(),
            _ => self.target.clone(),
        };
        let mut out = ["<", uri.as_str(), "?Replaces="].concat();
        let replaces =
            [&self.call_id, ";to-tag=", &self.remote_tag, ";from-tag=", &self.local_tag].concat();
        push_escaped(&mut out, &replaces);
        out.push('>');
        out
    }

    /// The Call-ID.
    pub(crate) fn call_id(&self) -> &str {
        &self.call_id
    }

    /// Whether we called: the Call-ID is of our making (RFC 3261, section 14.1).
    pub(crate) fn is_ours(&self) -> bool {
        self.is_ours
    }

    /// Whether the other side said that it takes UPDATE (RFC 3311, section 4).
    pub(crate) fn takes_update(&self) -> bool {
        self.takes_update
    }

    /// The other side refused an UPDATE as unknown.
    pub(crate) fn forget_update(&mut self) {
        self.takes_update = false;
    }

    /// The other side's tag.
    pub(crate) fn remote_tag(&self) -> &str {
        &self.remote_tag
    }

    /// Takes note of a request's number; false if it comes too late (RFC 3261, section 12.2.2).
    pub(crate) fn is_in_order(&mut self, request: &Request) -> bool {
        let number = request.cseq().number;
        if self.remote_seq.is_some_and(|last| number < last) {
            return false;
        }
        self.remote_seq = Some(number);
        true
    }

    /// Where the other side wants our requests from now on (RFC 3261, section 12.2.2: target refresh), and
    /// whether it takes UPDATE.
    pub(crate) fn refresh_target(&mut self, headers: &Headers) {
        if let Some(target) = contact(headers) {
            self.target = target;
        }
        if let Some(takes_update) = takes_update(headers) {
            self.takes_update = takes_update;
        }
    }

    /// Who the other side is from now on, if the server vouches in this message for somebody else than before.
    pub(crate) fn identify(&mut self, headers: &Headers) -> Option<Party> {
        let party = vouched(headers, if self.is_ours { CALLED } else { CALLING })?;
        let is_news = self.party.as_ref() != Some(&party);
        self.party = Some(party.clone());
        is_news.then_some(party)
    }

    /// Leaves the numbers out that PRACKs of an early dialog may have had, which nobody kept.
    pub(crate) fn leap(&mut self) {
        self.local_seq = self.local_seq.saturating_add(1000);
    }

    /// Takes over the numbers of the early dialog that this one was.
    pub(crate) fn continues(&mut self, early: &Dialog) {
        self.local_seq = self.local_seq.max(early.local_seq);
        self.remote_seq = self.remote_seq.max(early.remote_seq);
    }

    /// The number of our next request.
    pub(crate) fn next_cseq(&mut self) -> u32 {
        self.local_seq = self.local_seq.saturating_add(1);
        self.local_seq
    }

    /// A new request in this dialog.
    pub(crate) fn request(&mut self, method: Method) -> Outgoing {
        let cseq = self.next_cseq();
        self.outgoing(method, cseq)
    }

    /// The ACK to a 2xx: it has the number and the credentials of its INVITE (RFC 3261, section 13.2.2.4).
    pub(crate) fn ack(&self, invite: &Outgoing) -> Outgoing {
        let credentials = invite.credentials.clone();
        Outgoing { credentials, ..self.outgoing(Method::Ack, invite.cseq) }
    }

    /// RFC 3261, section 12.2.1.1.
    fn outgoing(&self, method: Method, cseq: u32) -> Outgoing {
        let mut routes: Vec<String> = self.routes.iter().map(NameAddr::to_string).collect();
        let mut uri = self.target.clone();
        if let Some(first) = self.routes.first()
            && first.uri.param("lr").is_none()
        {
            // A strict router wants to be the request's address itself, and the target last.
            uri = first.uri.for_request_line();
            routes.remove(0);
            routes.push(NameAddr::new(self.target.clone()).to_string());
        }
        Outgoing {
            method,
            uri,
            routes,
            from: self.local.clone(),
            to: self.remote.clone(),
            call_id: self.call_id.clone(),
            cseq,
            headers: Vec::new(),
            body: None,
            credentials: Vec::new(),
        }
    }
}

fn takes_update(headers: &Headers) -> Option<bool> {
    headers.get(Name::Allow)?;
    Some(headers.items(Name::Allow).iter().any(|method| method == "UPDATE"))
}

fn addresses(headers: &Headers) -> Vec<NameAddr> {
    headers.addresses(Name::RecordRoute).unwrap_or_default()
}

fn contact(headers: &Headers) -> Option<Uri> {
    match headers.contacts() {
        Ok(Contacts::List(list)) => {
            list.into_iter().next().map(|contact| contact.uri.for_request_line())
        }
        Ok(Contacts::All) | Err(_) => None,
    }
}
