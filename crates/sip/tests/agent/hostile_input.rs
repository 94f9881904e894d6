//! Whatever comes in whatever order: no panic, no timer that spins, and nothing left of a call that is over.

use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use proptest::prelude::*;
use ringdock_sip::message::{Draft, Message, Method, Name};
use ringdock_sip::{CallId, Event, Output, Time};

use crate::world::{ANSWER, OFFER, World};

#[derive(Clone, Debug)]
enum Step {
    Open,
    Close,
    ReconnectNow,
    Pass(u16),
    Dial,
    Answer,
    Decline,
    HangUp,
    Describe(u32),
    RefuseDescription(u32),
    /// Replies to one of the agent's requests with this status.
    Reply {
        request: usize,
        status: u16,
        sdp: bool,
        tag: u8,
    },
    /// Sends a request, perhaps in the dialog of an earlier message.
    Request {
        method: usize,
        of: usize,
        cseq: u32,
        sdp: bool,
    },
    Bytes(Vec<u8>),
    /// Sends one of the agent's own messages back, with one byte changed.
    Mirror {
        message: usize,
        place: usize,
        byte: u8,
    },
}

const STATUSES: [u16; 16] =
    [100, 180, 183, 200, 200, 200, 302, 401, 407, 404, 408, 423, 481, 487, 503, 603];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => Just(Step::Open),
        1 => Just(Step::Close),
        1 => Just(Step::ReconnectNow),
        4 => (0..50_000u16).prop_map(Step::Pass),
        2 => Just(Step::Dial),
        2 => Just(Step::Answer),
        1 => Just(Step::Decline),
        2 => Just(Step::HangUp),
        3 => (0..3u32).prop_map(Step::Describe),
        1 => (0..3u32).prop_map(Step::RefuseDescription),
        8 => (0..4usize, 0..STATUSES.len(), any::<bool>(), 0..3u8)
            .prop_map(|(request, status, sdp, tag)| Step::Reply { request, status: STATUSES[status], sdp, tag }),
        5 => (0..9usize, 0..4usize, 0..20u32, any::<bool>())
            .prop_map(|(method, of, cseq, sdp)| Step::Request { method, of, cseq, sdp }),
        1 => proptest::collection::vec(any::<u8>(), 0..200).prop_map(Step::Bytes),
        1 => (0..4usize, any::<usize>(), any::<u8>())
            .prop_map(|(message, place, byte)| Step::Mirror { message, place, byte }),
    ]
}

/// Plays the steps, and checks what must hold after each.
struct Play {
    world: World,
    sent: Vec<Vec<u8>>,
    call: CallId,
    over: Vec<CallId>,
}

impl Play {
    fn act(&mut self, act: impl FnOnce(&mut World)) {
        act(&mut self.world);
        for output in self.world.take_outputs() {
            match output {
                Output::Send(message) => self.sent.push(message),
                Output::Event(event) => self.see(&event),
                Output::Connect { .. } | Output::Disconnect => {}
            }
        }
    }

    fn see(&mut self, event: &Event) {
        let call = match event {
            Event::Incoming { call, .. }
            | Event::Referred { call, .. }
            | Event::Describe { call, .. }
            | Event::Rollback { call, .. }
            | Event::Hold { call, .. }
            | Event::HoldRefused { call, .. }
            | Event::Transfer { call, .. }
            | Event::Remote { call, .. }
            | Event::Ringing { call, .. }
            | Event::Answered { call }
            | Event::SignallingLost { call }
            | Event::SignallingRestored { call }
            | Event::Ended { call, .. } => *call,
            Event::Line(_) | Event::TurnedAway(_) => return,
        };
        assert!(!self.over.contains(&call), "{event:?} of a call that is over");
        self.call = call;
        if let Event::Ended { call, .. } = event {
            self.over.push(*call);
        }
    }

    fn message(&self, back: usize) -> Option<&Vec<u8>> {
        self.sent.iter().rev().nth(back)
    }

    fn step(&mut self, step: Step) {
        let call = self.call;
        match step {
            Step::Open => self.act(World::open),
            Step::Close => self.act(World::close),
            Step::ReconnectNow => {
                self.act(|world| world.with(|agent, now| agent.reconnect_now(now)))
            }
            Step::Pass(millis) => {
                self.act(|world| world.pass(Duration::from_millis(millis.into())))
            }
            Step::Dial => self.act(|world| {
                let _ = world.with(|agent, now| agent.dial(now, "600"));
            }),
            Step::Answer => self.act(|world| world.with(|agent, now| agent.answer(now, call))),
            Step::Decline => self.act(|world| world.with(|agent, now| agent.decline(now, call))),
            Step::HangUp => self.act(|world| world.hang_up(call)),
            Step::Describe(generation) => self.act(|world| world.describe(call, generation, OFFER)),
            Step::RefuseDescription(generation) => self.act(|world| {
                world.with(|agent, now| agent.description_refused(now, call, generation));
            }),
            Step::Reply { request, status, sdp, tag } => {
                if let Some(response) =
                    self.message(request).and_then(|to| reply(to, status, sdp, tag))
                {
                    self.act(|world| world.bytes(&response));
                }
            }
            Step::Request { method, of, cseq, sdp } => {
                let other = self.message(of).cloned();
                self.act(|world| {
                    let request = request(world, method, other, cseq, sdp);
                    world.bytes(&request);
                });
            }
            Step::Bytes(bytes) => self.act(|world| world.bytes(&bytes)),
            Step::Mirror { message, place, byte } => {
                if let Some(mut bytes) = self.message(message).cloned() {
                    let place = place % bytes.len().max(1);
                    if let Some(target) = bytes.get_mut(place) {
                        *target = byte;
                    }
                    self.act(|world| world.bytes(&bytes));
                }
            }
        }
    }
}

fn reply(request: &[u8], status: u16, sdp: bool, tag: u8) -> Option<Vec<u8>> {
    let Ok(Message::Request(request)) = Message::parse(request) else { return None };
    let tag = format!("tag{tag}");
    let mut draft = Draft::response(request.headers(), status, Some(&tag))
        .with(Name::Contact, "<sip:callee@pbx.test>")
        .with(Name::MinExpires, "400")
        .with(Name::WwwAuthenticate, r#"Digest realm="r",nonce="n",qop="auth""#)
        .with(Name::ProxyAuthenticate, r#"Digest realm="r",nonce="n",stale=true"#);
    if sdp {
        draft = draft.with_body("application/sdp", ANSWER);
    }
    Some(draft.to_bytes())
}

fn request(
    world: &mut World,
    method: usize,
    other: Option<Vec<u8>>,
    cseq: u32,
    sdp: bool,
) -> Vec<u8> {
    let methods = [
        Method::Invite,
        Method::Invite,
        Method::Ack,
        Method::Bye,
        Method::Cancel,
        Method::Options,
        Method::Info,
        Method::Notify,
        Method::Update,
    ];
    let mut draft = world.draft(methods[method].clone(), cseq);
    match other.as_deref().map(Message::parse) {
        // In the dialog of a response of the agent, or in its very transaction.
        Some(Ok(Message::Response(response))) => {
            draft.set(Name::From, response.from().to_string());
            draft.set(Name::To, response.to().to_string());
            draft.set(Name::CallId, response.call_id());
            if cseq.is_multiple_of(2) {
                draft.set(Name::Via, response.via().to_string());
            }
        }
        // From whom the agent called.
        Some(Ok(Message::Request(request))) => {
            draft.set(Name::From, format!("{};tag=tag{}", request.to(), cseq % 3));
            draft.set(Name::To, request.from().to_string());
            draft.set(Name::CallId, request.call_id());
        }
        Some(Err(_)) | None => {}
    }
    if sdp {
        draft = draft.with_body("application/sdp", OFFER);
    }
    draft.to_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_ends_in_peace(steps in proptest::collection::vec(step(), 0..60)) {
        let world = World::registered();
        let mut play = Play { world, sent: Vec::new(), call: CallId(u64::MAX), over: Vec::new() };
        for step in steps {
            play.step(step);
        }
        // With the line put down and time gone by, nothing is left that waits.
        play.act(|world| world.with(|agent, now| agent.stop(now)));
        play.act(|world| world.pass_secs(400));
        prop_assert_eq!(play.world.agent.poll_timeout(), None::<Time>);
        let call = play.call;
        if call != CallId(u64::MAX) {
            prop_assert!(play.over.contains(&call), "{:?} never ended", call);
        }
    }
}
