//! What the other side says.

use ringdock_sip::message::{Draft, Method, Name, Request, Response, Uri};

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
        self.next += 1;
        let next = self.next;
        let via = format!("SIP/2.0/WSS pbx.test:8089;branch=z9hG4bKserver{next};rport");
        let dialog = dialog.unwrap_or_else(|| Dialog {
            from: format!("\"Bob\" <sip:%2b4420@pbx.test>;tag=caller{next}"),
            to: "<sip:1001@pbx.test>".to_owned(),
            call_id: format!("server-call-{next}"),
        });
        self.send(method, &via, &dialog, cseq, sdp)
    }

    /// An ACK or CANCEL in the transaction that a response belongs to.
    pub fn in_transaction_of(&mut self, method: Method, response: &Response) -> Vec<u8> {
        let (via, cseq) = (response.via().to_string(), response.cseq().number);
        self.send(method, &via, &dialog_of_response(response), cseq, Sdp::None)
    }

    fn send(&mut self, method: Method, via: &str, dialog: &Dialog, cseq: u32, sdp: Sdp) -> Vec<u8> {
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
        match method {
            Method::Refer => draft.push(Name::ReferTo, "<sip:602@pbx.test>"),
            Method::Notify => {
                draft.push(Name::Event, "refer");
                draft.push(Name::SubscriptionState, "active;expires=60");
                draft = draft.with_body("message/sipfrag;version=2.0", "SIP/2.0 200 OK\r\n");
            }
            Method::Prack => draft.push(Name::RAck, "1 1 INVITE"),
            _ => {}
        }
        let bytes = with_sdp(draft, sdp).to_bytes();
        self.latest = Some(bytes.clone());
        bytes
    }
}
