//! Calls of a [`World`]: that are placed, ring, or are up.

use ringdock_sip::message::{Draft, Method, Name, Request};
use ringdock_sip::{CallId, Event};

use crate::world::{ANSWER, OFFER, World, describe, response};

impl World {
    /// Calls, offers, and gives out the INVITE.
    #[track_caller]
    pub fn dial(&mut self, target: &str) -> (CallId, Request) {
        let call = self.with(|agent, now| agent.dial(now, target, None)).expect("a call");
        assert_eq!(self.event(), describe(call, 0, None));
        self.describe(call, 0, OFFER);
        let invite = self.request(Method::Invite);
        (call, invite)
    }

    pub fn describe(&mut self, call: CallId, generation: u32, sdp: &str) {
        self.with(|agent, now| agent.local_description(now, call, generation, sdp.to_owned()));
    }

    pub fn hang_up(&mut self, call: CallId) {
        self.with(|agent, now| agent.hang_up(now, call));
    }

    /// An outgoing call that is up; gives out its INVITE.
    #[track_caller]
    pub fn outgoing_call(&mut self) -> (CallId, Request) {
        let (call, invite) = self.dial("600");
        self.accept(&invite, ANSWER);
        let sdp = ANSWER.to_owned();
        assert_eq!(self.event(), Event::Remote { call, generation: 0, sdp, early: false });
        assert_eq!(self.event(), Event::Answered { call });
        (call, invite)
    }

    /// Takes an INVITE of the agent as a callee does, who answers or offers this, and sees it acknowledged.
    #[track_caller]
    pub fn accept(&mut self, invite: &Request, sdp: &str) {
        self.reply(invite, |invite| {
            response(invite, 200, "callee").with_body("application/sdp", sdp)
        });
        self.request(Method::Ack);
    }

    /// Holds a call that is up, which the other side takes.
    #[track_caller]
    pub fn hold(&mut self, call: CallId, generation: u32) {
        self.with(|agent, now| agent.hold(now, call));
        assert!(matches!(self.event(), Event::Describe { hold: true, .. }));
        self.describe(call, generation, OFFER);
        let invite = self.request(Method::Invite);
        self.accept(&invite, ANSWER);
        self.event();
        assert_eq!(self.event(), Event::Hold { call, by_us: true, by_them: false });
    }

    /// Calls the agent, which rings; gives out the call, the INVITE, and our tag.
    #[track_caller]
    pub fn ring(&mut self, offer: Option<&str>) -> (CallId, Request, String) {
        let mut draft = self.draft(Method::Invite, 10);
        if let Some(offer) = offer {
            draft = draft.with_body("application/sdp", offer);
        }
        let invite = self.send(&draft);
        let ringing = self.response(180);
        let Event::Incoming { call, caller, replaces: None, .. } = self.event() else {
            panic!("not a call")
        };
        assert_eq!(caller.number, "+4420");
        assert_eq!(caller.name.as_deref(), Some("Bob"));
        let offer = offer.map(str::to_owned);
        assert_eq!(self.event(), describe(call, 0, offer));
        (call, invite, ringing.to().tag().expect("our tag").to_owned())
    }

    /// An incoming call that is up.
    #[track_caller]
    pub fn incoming_call(&mut self) -> (CallId, Request, String) {
        let (call, invite, tag) = self.ring(Some(OFFER));
        self.describe(call, 0, ANSWER);
        self.with(|agent, now| agent.answer(now, call));
        self.response(200);
        assert_eq!(self.event(), Event::Answered { call });
        let ack = self.within(&invite, &tag, Method::Ack, 10);
        self.send(&ack);
        (call, invite, tag)
    }

    /// A request of the caller inside the dialog of an incoming call.
    pub fn within(&mut self, invite: &Request, tag: &str, method: Method, cseq: u32) -> Draft {
        let mut draft = self.draft(method, cseq);
        draft.set(Name::From, invite.from().to_string());
        draft.set(Name::To, format!("<sip:1001@pbx.test>;tag={tag}"));
        draft.set(Name::CallId, invite.call_id());
        draft
    }

    /// A request of the callee inside the dialog of an outgoing call.
    pub fn callee(&mut self, invite: &Request, method: Method, cseq: u32) -> Draft {
        let mut draft = self.draft(method, cseq);
        draft.set(Name::From, format!("{};tag=callee", invite.to()));
        draft.set(Name::To, invite.from().to_string());
        draft.set(Name::CallId, invite.call_id());
        draft
    }
}
