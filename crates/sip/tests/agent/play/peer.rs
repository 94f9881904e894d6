//! What the other side says.

use ringdock_sip::message::{Draft, Method, Name, NameAddr, Request, Response, Uri};

use super::script::Sdp;
use crate::world::ANSWER;

/// From, To and Call-ID of a dialog, as the other side writes them.
pub struct Dialog {
    from: String,
    to: String,
    call_id: String,
}

/// The other side's counters and memory.
#[derive(Default)]
pub struct Peer {
    next: u32,
    latest: Option<Vec<u8>>,
}

/// A reply as a server or a callee makes it, with all that any status may need.
pub fn reply(request: &Request, status: u16, sdp: Sdp, tag: u8) -> Vec<u8> {
    let own_contact = request.headers().get(Name::Contact).unwrap_or_default();
    let contact: &[u8] = match request.method() {
        Method::Register => own_contact,
        _ => b"<sip:callee@pbx.test>",
    };
    let mut draft = Draft::response(request.headers(), status, Some(&format!("tag{tag}")))
        .with(Name::Contact, contact)
        .with(Name::MinExpires, "400")
        .with(Name::MinSe, "300")
        .with(Name::RSeq, "1")
        .with(Name::Require, if status == 183 { "100rel" } else { "" })
        .with(Name::WwwAuthenticate, r#"Digest realm="pbx.test",nonce="n",qop="auth""#)
        .with(Name::ProxyAuthenticate, r#"Digest realm="pbx.test",nonce="n",stale=true"#);
    if status / 100 == 2 && tag > 0 {
        // The least that is allowed, and who has to renew it.
        let refresher = if tag == 1 { "uac" } else { "uas" };
        draft.push(Name::SessionExpires, format!("90;refresher={refresher}"));
    }
    with_sdp(draft, sdp).to_bytes()
}

fn with_sdp(draft: Draft, sdp: Sdp) -> Draft {
    let direction = match sdp {
        Sdp::None => return draft,
        Sdp::SendRecv => "",
        Sdp::SendOnly => "a=sendonly\r\n",
        Sdp::Inactive => "a=inactive\r\n",
    };
    draft.with_body("application/sdp", format!("{ANSWER}m=audio 9 RTP/AVP 0\r\n{direction}"))
}

/// Whether the agent wants a response to be acknowledged.
pub fn is_reliable(response: &Response) -> bool {
    response.headers().get(Name::RSeq).is_some()
}

/// The dialog of a call that the agent took.
pub fn dialog_of_response(response: &Response) -> Dialog {
    Dialog {
        from: response.from().to_string(),
        to: response.to().to_string(),
        call_id: response.call_id().to_owned(),
    }
}

/// The dialog of a call that the agent placed.
pub fn dialog_of_request(request: &Request, tag: u8) -> Dialog {
    let to = request.to();
    Dialog {
        from: if to.tag().is_some() { to.to_string() } else { format!("{to};tag=tag{tag}") },
        to: request.from().to_string(),
        call_id: request.call_id().to_owned(),
    }
}

impl Peer {
    pub fn forget(&mut self) {
        self.latest = None;
    }

    /// The latest request, as it was or with another branch.
    pub fn again(&mut self, by_another_way: bool) -> Option<Vec<u8>> {
        let latest = self.latest.clone()?;
        if !by_another_way {
            return Some(latest);
        }
        self.next += 1;
        let branch = format!("branch=z9hG4bKfork{}x", self.next);
        Some(String::from_utf8_lossy(&latest).replacen("branch=z9hG4bK", &branch, 1).into_bytes())
    }

    pub fn request(
        &mut self,
        method: Method,
        dialog: Option<Dialog>,
        cseq: u32,
        sdp: Sdp,
    ) -> Vec<u8> {
        let draft = match method {
            Method::Prack => {
                with_sdp(self.draft(method, dialog, cseq), sdp).with(Name::RAck, "1 1 INVITE")
            }
            Method::Notify => {
                with_progress(with_sdp(self.draft(method, dialog, cseq), sdp), 200, false)
            }
            _ => with_sdp(self.draft(method, dialog, cseq), sdp),
        };
        self.send(&draft)
    }

    /// A call whose ringing is to be acknowledged.
    pub fn reliable_invite(&mut self, sdp: Sdp) -> Vec<u8> {
        let draft = self.draft(Method::Invite, None, 1).with(Name::Require, "100rel");
        self.send(&with_sdp(draft, sdp))
    }

    /// The acknowledgement of a reliable response.
    pub fn prack(&mut self, response: &Response, cseq: u32, sdp: Sdp) -> Vec<u8> {
        let rseq = response.headers().seconds(Name::RSeq).unwrap_or_default();
        let draft = self
            .draft(Method::Prack, Some(dialog_of_response(response)), cseq)
            .with(Name::RAck, format!("{rseq} {} INVITE", response.cseq().number));
        self.send(&with_sdp(draft, sdp))
    }

    /// A call in the place of the one with this dialog (RFC 3891).
    pub fn replace(&mut self, dialog: &Dialog) -> Vec<u8> {
        let tag = |address: &str| {
            let address = NameAddr::parse(address.as_bytes()).ok();
            address.and_then(|address| address.tag().map(str::to_owned)).unwrap_or_default()
        };
        let (theirs, ours) = (tag(&dialog.from), tag(&dialog.to));
        let replaces = format!("{};from-tag={theirs};to-tag={ours}", dialog.call_id);
        let draft = self.draft(Method::Invite, None, 1).with(Name::Replaces, replaces);
        self.send(&with_sdp(draft, Sdp::SendRecv))
    }

    /// Word about a transfer (RFC 3515).
    pub fn progress(&mut self, dialog: Dialog, cseq: u32, status: u16, is_last: bool) -> Vec<u8> {
        let draft = self.draft(Method::Notify, Some(dialog), cseq);
        self.send(&with_progress(draft, status, is_last))
    }

    /// An ACK or CANCEL in the transaction that a response belongs to.
    pub fn in_transaction_of(&mut self, method: Method, response: &Response) -> Vec<u8> {
        let (via, cseq) = (response.via().to_string(), response.cseq().number);
        let draft = written(method, &via, &dialog_of_response(response), cseq);
        self.send(&draft)
    }

    fn draft(&mut self, method: Method, dialog: Option<Dialog>, cseq: u32) -> Draft {
        self.next += 1;
        let next = self.next;
        let via = format!("SIP/2.0/WSS pbx.test:8089;branch=z9hG4bKserver{next};rport");
        let dialog = dialog.unwrap_or_else(|| Dialog {
            from: format!("\"Bob\" <sip:%2b4420@pbx.test>;tag=caller{next}"),
            to: "<sip:1001@pbx.test>".to_owned(),
            call_id: format!("server-call-{next}"),
        });
        written(method, &via, &dialog, cseq)
    }

    fn send(&mut self, draft: &Draft) -> Vec<u8> {
        let bytes = draft.to_bytes();
        self.latest = Some(bytes.clone());
        bytes
    }
}

fn written(method: Method, via: &str, dialog: &Dialog, cseq: u32) -> Draft {
    let target = Uri::parse("sip:1001@agent.invalid;transport=ws").expect("an address");
    let mut draft = Draft::request(&method, &target)
        .with(Name::Via, via)
        .with(Name::MaxForwards, "70")
        .with(Name::From, &dialog.from)
        .with(Name::To, &dialog.to)
        .with(Name::CallId, &dialog.call_id)
        .with(Name::CSeq, format!("{cseq} {}", method.as_str()))
        .with(Name::Contact, "<sip:pbx@pbx.test:5060;transport=ws>");
    if cseq % 5 == 1 {
        draft.push(Name::SessionExpires, "90");
        draft.push(Name::Supported, "timer, 100rel, replaces");
    }
    if method == Method::Refer {
        draft.push(Name::ReferTo, "<sip:602@pbx.test>");
    }
    draft
}

/// What a NOTIFY tells of a transfer.
fn with_progress(draft: Draft, status: u16, is_last: bool) -> Draft {
    let state = if is_last { "terminated;reason=noresource" } else { "active;expires=60" };
    draft
        .with(Name::Event, "refer")
        .with(Name::SubscriptionState, state)
        .with_body("message/sipfrag;version=2.0", format!("SIP/2.0 {status} So\r\n"))
}
