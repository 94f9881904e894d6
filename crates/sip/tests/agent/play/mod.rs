//! Plays any sequence of messages, timers and intents with an agent, in virtual time. What must hold whatever
//! comes is in `laws`. The property test and the fuzz target `agent` both stand on this.

mod laws;
mod peer;
mod script;

use std::time::Duration;

use ringdock_sip::message::{Message, Request, Response};
use ringdock_sip::{Agent, CallId, Event, Output, Time};

use crate::world::{OFFER, account, entropy};
use laws::Laws;
use peer::Peer;
use script::{Sdp, Side, Step, read};

/// How many of the agent's latest messages the script can refer to.
const REMEMBERED: usize = 8;

/// More timers than fire in the longest step, which is four minutes.
const MOST_TIMERS: usize = 4000;

/// More than a script may make the agent hold at any time, in bytes.
const MOST_HELD: usize = 2 << 20;

/// Less than one forgotten transaction or call, in bytes.
const LEAST_LEAK: usize = 1 << 10;

/// Plays a script to its end, and a quiet time after it, several times with the same agent, which must not keep more
/// for the last. (Room that it made for itself in the first ones may stay.) `heap` says how many bytes are in use; a constant will do where nobody counts.
pub fn play(script: &[u8], heap: fn() -> usize) {
    let steps = read(script);
    let mut play = Play::new();
    play.round(&steps, heap);
    play.round(&steps, heap);
    let before = heap();
    play.round(&steps, heap);
    assert!(heap() < before + LEAST_LEAK, "something is kept after the end");
}

struct Play {
    agent: Agent,
    now: Time,
    laws: Laws,
    peer: Peer,
    /// The agent's latest messages, the newest last.
    requests: Vec<Request>,
    responses: Vec<Response>,
    raw: Vec<Vec<u8>>,
    /// Calls that are up, and the latest generation that was asked for.
    calls: Vec<(CallId, u32)>,
}

impl Play {
    fn new() -> Play {
        Play {
            agent: Agent::new(account(), entropy(7)).expect("a good account"),
            now: Time::default(),
            laws: Laws::default(),
            peer: Peer::default(),
            requests: Vec::new(),
            responses: Vec::new(),
            raw: Vec::new(),
            calls: Vec::new(),
        }
    }

    /// The steps with an agent that was just registered, and then its end.
    fn round(&mut self, steps: &[Step], heap: fn() -> usize) {
        let before = heap();
        self.act(|agent, now| agent.start(now));
        self.step(&Step::Open);
        self.step(&Step::Reply { request: 0, status: 200, sdp: Sdp::None, tag: 0 });
        for step in steps {
            self.step(step);
            assert!(heap() < before + MOST_HELD, "the agent hoards memory");
        }
        self.act(|agent, now| agent.stop(now));
        self.pass(Duration::from_secs(400));
        assert_eq!(self.agent.poll_timeout(), None, "something waits after the end");
        self.laws.all_calls_are_over();
        self.forget();
    }

    /// Lets the agent do something, and takes in all that it wants done.
    fn act(&mut self, act: impl FnOnce(&mut Agent, Time)) {
        act(&mut self.agent, self.now);
        let mut outputs = 0;
        while let Some(output) = self.agent.poll_output() {
            outputs += 1;
            assert!(outputs < 500, "the outputs do not end");
            self.laws.watch(&output);
            match output {
                Output::Send(bytes) => self.sent(bytes),
                Output::Event(event) => self.told(&event),
                Output::Connect { .. } | Output::Disconnect => {}
            }
        }
    }

    fn sent(&mut self, bytes: Vec<u8>) {
        match Message::parse(&bytes) {
            Ok(Message::Request(request)) => remember(&mut self.requests, request),
            Ok(Message::Response(response)) => remember(&mut self.responses, response),
            Err(_) => {}
        }
        remember(&mut self.raw, bytes);
    }

    fn told(&mut self, event: &Event) {
        match event {
            Event::Incoming { call, .. } | Event::Referred { call, .. } => {
                self.calls.push((*call, 0));
            }
            Event::Describe { call, generation, .. } => {
                match self.calls.iter_mut().find(|(known, _)| known == call) {
                    Some((_, latest)) => *latest = *generation,
                    None => self.calls.push((*call, *generation)),
                }
            }
            Event::Ended { call, .. } => self.calls.retain(|(known, _)| known != call),
            _ => {}
        }
    }

    fn receive(&mut self, bytes: &[u8]) {
        self.laws.came(bytes);
        self.act(|agent, now| agent.receive(now, bytes));
    }

    /// Lets time pass, with every timer in its moment.
    fn pass(&mut self, duration: Duration) {
        let end = self.now + duration;
        let mut fired = 0;
        while let Some(at) = self.agent.poll_timeout().filter(|at| *at <= end) {
            fired += 1;
            assert!(fired < MOST_TIMERS, "timers fire without end");
            self.now = self.now.max(at);
            self.act(|agent, now| agent.handle_timeout(now));
            let next = self.agent.poll_timeout();
            assert!(next.is_none_or(|next| next > self.now), "a timer is due again at once");
        }
        self.now = end;
    }

    /// Drops what the play itself remembers.
    fn forget(&mut self) {
        self.requests = Vec::new();
        self.responses = Vec::new();
        self.raw = Vec::new();
        self.calls = Vec::new();
        self.laws.forget();
        self.peer.forget();
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Open => {
                self.laws.socket_opened();
                self.act(|agent, now| agent.socket_opened(now));
            }
            Step::Close => {
                self.laws.socket_closed();
                self.act(|agent, now| agent.socket_closed(now));
            }
            Step::Start => self.act(|agent, now| agent.start(now)),
            Step::Stop => self.act(|agent, now| agent.stop(now)),
            Step::ReconnectNow => self.act(|agent, now| agent.reconnect_now(now)),
            Step::Pass(duration) => self.pass(*duration),
            Step::Dial => self.act(|agent, now| drop(agent.dial(now, "600", None))),
            Step::Answer(call) => {
                self.with_call(*call, |agent, now, call, _| agent.answer(now, call))
            }
            Step::Decline(call) => {
                self.with_call(*call, |agent, now, call, _| agent.decline(now, call));
            }
            Step::HangUp(call) => {
                self.with_call(*call, |agent, now, call, _| agent.hang_up(now, call))
            }
            Step::Hold(call) => self.with_call(*call, |agent, now, call, _| agent.hold(now, call)),
            Step::Resume(call) => {
                self.with_call(*call, |agent, now, call, _| agent.resume(now, call));
            }
            Step::RestartIce(call) => {
                self.with_call(*call, |agent, now, call, _| agent.restart_ice(now, call));
            }
            Step::Transfer(call) => self.with_call(*call, |agent, now, call, _| {
                drop(agent.transfer(now, call, "602"));
            }),
            Step::CompleteTransfer(call, consult) => {
                if let Some((consult, _)) = back(&self.calls, *consult).copied() {
                    self.with_call(*call, |agent, now, call, _| {
                        drop(agent.complete_transfer(now, call, consult));
                    });
                }
            }
            Step::InfoDigit(call) => {
                self.with_call(*call, |agent, now, call, _| agent.info_digit(now, call, '5'));
            }
            Step::MediaFlows(call, flows) => {
                self.with_call(*call, |agent, now, call, _| agent.media_flows(now, call, *flows));
            }
            Step::Describe { call, late } => {
                self.with_call(*call, |agent, now, call, generation| {
                    agent.local_description(
                        now,
                        call,
                        generation.wrapping_sub(*late),
                        OFFER.to_owned(),
                    );
                })
            }
            Step::RefuseDescription { call, late } => {
                self.with_call(*call, |agent, now, call, generation| {
                    agent.description_refused(now, call, generation.wrapping_sub(*late));
                });
            }
            Step::Reply { request, status, sdp, tag } => {
                if let Some(request) = back(&self.requests, *request) {
                    let reply = peer::reply(request, *status, *sdp, *tag);
                    self.receive(&reply);
                }
            }
            Step::Request { method, of, cseq, sdp } => {
                let dialog = back(&self.responses, *of).map(peer::dialog_of_response);
                let request = self.peer.request(method.clone(), dialog, *cseq, *sdp);
                self.receive(&request);
            }
            Step::RequestOfCallee { method, of, cseq, sdp, tag } => {
                let dialog =
                    back(&self.requests, *of).map(|request| peer::dialog_of_request(request, *tag));
                let request = self.peer.request(method.clone(), dialog, *cseq, *sdp);
                self.receive(&request);
            }
            Step::ReliableInvite { sdp } => {
                let invite = self.peer.reliable_invite(*sdp);
                self.receive(&invite);
            }
            Step::Prack { of, cseq, sdp } => {
                let mut reliable = self.responses.iter().rev().filter(|it| peer::is_reliable(it));
                if let Some(response) = reliable.nth((*of).into()) {
                    let prack = self.peer.prack(response, *cseq, *sdp);
                    self.receive(&prack);
                }
            }
            Step::Replace { whose } => {
                if let Some(dialog) = self.dialog(*whose) {
                    let invite = self.peer.replace(&dialog);
                    self.receive(&invite);
                }
            }
            Step::Progress { whose, cseq, status, is_last } => {
                if let Some(dialog) = self.dialog(*whose) {
                    let notify = self.peer.progress(dialog, *cseq, *status, *is_last);
                    self.receive(&notify);
                }
            }
            Step::RefuseEarlyAnswer(call) => {
                self.with_call(*call, |agent, now, call, _| agent.early_answer_refused(now, call));
            }
            Step::SameTransaction { method, of } => {
                if let Some(response) = back(&self.responses, *of) {
                    let request = self.peer.in_transaction_of(method.clone(), response);
                    self.receive(&request);
                }
            }
            Step::Again { by_another_way } => {
                if let Some(bytes) = self.peer.again(*by_another_way) {
                    self.receive(&bytes);
                }
            }
            Step::Bytes(bytes) => self.receive(bytes),
            Step::Mirror { message, place, byte } => {
                if let Some(mut bytes) = back(&self.raw, *message).cloned() {
                    let place = *place as usize % bytes.len().max(1);
                    if let Some(target) = bytes.get_mut(place) {
                        *target = *byte;
                    }
                    self.receive(&bytes);
                }
            }
        }
    }

    fn dialog(&self, whose: Side) -> Option<peer::Dialog> {
        match whose {
            Side::Caller(of) => back(&self.responses, of).map(peer::dialog_of_response),
            Side::Callee(of, tag) => {
                back(&self.requests, of).map(|request| peer::dialog_of_request(request, tag))
            }
        }
    }

    /// One of the calls that are up.
    fn with_call(&mut self, which: u8, act: impl FnOnce(&mut Agent, Time, CallId, u32)) {
        if let Some((call, generation)) = back(&self.calls, which).copied() {
            self.act(|agent, now| act(agent, now, call, generation));
        }
    }
}

/// Counted from the newest.
fn back<T>(all: &[T], which: u8) -> Option<&T> {
    all.iter().rev().nth(which.into())
}

fn remember<T>(all: &mut Vec<T>, one: T) {
    if all.len() == REMEMBERED {
        all.remove(0);
    }
    all.push(one);
}
