//! Blind REFER, progress by NOTIFY, return on failure (RFC 3515).

use ringdock_sip::message::{Draft, Method, Name, Request};
use ringdock_sip::{CallId, End, Event, TransferError, TransferProgress};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{World, response};

fn progress(call: CallId, progress: TransferProgress) -> Event {
    Event::Transfer { call, progress }
}

pub fn failed(call: CallId, status: u16, phrase: &str) -> Event {
    progress(call, TransferProgress::Failed { status, phrase: phrase.to_owned() })
}

/// Hands a call on; gives out the REFER, which is not answered yet.
#[track_caller]
pub fn refer(world: &mut World, call: CallId) -> Request {
    assert_eq!(world.with(|agent, now| agent.transfer(now, call, "1003")), Ok(()));
    world.request(Method::Refer)
}

/// A NOTIFY of the callee about the REFER.
fn notify(world: &mut World, invite: &Request, number: u32, event: &str, fragment: &str) -> Draft {
    world
        .callee(invite, Method::Notify, number)
        .with(Name::Event, event)
        .with(Name::SubscriptionState, "active;expires=60")
        .with_body("message/sipfrag;version=2.0", fragment)
}

#[test]
fn is_told_step_by_step_and_ends_the_call() {
    let mut world = World::registered();
    let (call, invite) = world.outgoing_call();
    let refer = refer(&mut world, call);
    assert_eq!(refer.headers().text(Name::ReferTo).as_deref(), Some("<sip:1003@pbx.test>"));
    assert_eq!(refer.headers().text(Name::ReferredBy).as_deref(), Some("<sip:1001@pbx.test>"));
    assert_eq!(refer.to().tag(), Some("callee"));
    assert_eq!(
        world.with(|agent, now| agent.transfer(now, call, "1004")),
        Err(TransferError::UnderWay)
    );
    world.status(&refer, 202);
    assert_eq!(world.event(), progress(call, TransferProgress::Trying));
    let id = format!("refer;id={}", refer.cseq().number);
    for (number, event, fragment) in [
        (1, "refer", "SIP/2.0 100 Trying\r\n"),
        (2, id.as_str(), "SIP/2.0 180 Ringing\r\n"),
        (3, "Refer", "SIP/2.0 183 Session Progress\r\n"),
    ] {
        let draft = notify(&mut world, &invite, number, event, fragment);
        world.send(&draft);
        world.response(200);
    }
    assert_eq!(world.event(), progress(call, TransferProgress::Ringing));
    world.no_event();
    let draft = notify(&mut world, &invite, 4, "refer", "SIP/2.0 200 OK\r\n");
    world.send(&draft);
    world.response(200);
    assert_eq!(world.event(), progress(call, TransferProgress::Done));
    assert_eq!(world.event(), Event::Ended { call, end: End::Transferred, cause: None });
    let bye = world.request(Method::Bye);
    world.status(&bye, 200);
    world.nothing_sent();
}

#[test]
fn that_the_other_side_refuses_leaves_the_call_as_it_was() {
    for status in [403, 405, 501, 603] {
        let mut world = World::registered();
        let (call, invite) = world.outgoing_call();
        let refer_request = refer(&mut world, call);
        world.status(&refer_request, status);
        assert!(matches!(
            world.event(),
            Event::Transfer { progress: TransferProgress::Failed { status: seen, .. }, .. }
                if seen == status
        ));
        world.no_event();
        world.nothing_sent();
        let info = world.callee(&invite, Method::Info, 1);
        world.send(&info);
        world.response(200);
        refer(&mut world, call);
    }
}

#[test]
fn that_the_target_refuses_leaves_the_call_as_it_was() {
    let mut world = World::registered();
    let (call, invite) = world.outgoing_call();
    let refer = refer(&mut world, call);
    world.status(&refer, 202);
    world.event();
    let draft = notify(&mut world, &invite, 1, "refer", "SIP/2.0 486 Busy Here\r\n");
    world.send(&draft);
    world.response(200);
    assert_eq!(world.event(), failed(call, 486, "Busy Here"));
    world.no_event();
    // A word that comes late is not taken for one about the next.
    let draft = notify(&mut world, &invite, 2, "refer", "SIP/2.0 200 OK\r\n");
    world.send(&draft);
    world.response(489);
    world.no_event();
}

#[test]
fn that_nobody_tells_about_comes_back() {
    let mut world = World::registered_for_long();
    let (call, _) = world.outgoing_call();
    let refer = refer(&mut world, call);
    world.status(&refer, 202);
    world.event();
    world.pass_secs(32);
    assert_eq!(world.event(), failed(call, 408, "Request Timeout"));
    world.no_event();
}

#[test]
fn whose_progress_overtakes_the_acceptance_may_ring_for_long() {
    let mut world = World::registered_for_long();
    let (call, invite) = world.outgoing_call();
    let refer = refer(&mut world, call);
    let draft = notify(&mut world, &invite, 1, "refer", "SIP/2.0 180 Ringing\r\n");
    world.send(&draft);
    world.response(200);
    assert_eq!(world.event(), progress(call, TransferProgress::Ringing));
    world.status(&refer, 202);
    world.no_event();
    world.pass_secs(170);
    world.no_event();
}

#[test]
fn whose_subscription_ends_without_an_outcome_comes_back() {
    for fragment in ["SIP/2.0 100 Trying\r\n", ""] {
        let mut world = World::registered_for_long();
        let (call, invite) = world.outgoing_call();
        let refer = refer(&mut world, call);
        world.status(&refer, 202);
        world.event();
        let mut draft = notify(&mut world, &invite, 1, "refer", fragment);
        draft.set(Name::SubscriptionState, "Terminated;reason=timeout");
        world.send(&draft);
        world.response(200);
        assert_eq!(world.event(), failed(call, 408, "Request Timeout"));
        world.no_event();
    }
}

#[test]
fn that_rings_may_ring_for_long() {
    let mut world = World::registered_for_long();
    let (call, invite) = world.outgoing_call();
    let refer = refer(&mut world, call);
    world.status(&refer, 202);
    world.event();
    let draft = notify(&mut world, &invite, 1, "refer", "SIP/2.0 180 Ringing\r\n");
    world.send(&draft);
    world.event();
    world.pass_secs(170);
    world.no_event();
    world.pass_secs(10);
    assert_eq!(world.event(), failed(call, 408, "Request Timeout"));
}

#[test]
fn without_any_reply_the_call_is_asked_after() {
    let mut world = World::registered_for_long();
    let (call, _) = world.outgoing_call();
    refer(&mut world, call);
    world.pass_secs(32);
    assert_eq!(world.event(), failed(call, 408, "Request Timeout"));
    world.skip_keep_alives();
    world.request(Method::Update);
    world.no_event();
}

#[test]
fn a_bye_after_the_acceptance_means_that_it_was_handed_on() {
    let mut world = World::registered();
    let (call, invite) = world.outgoing_call();
    let refer = refer(&mut world, call);
    world.status(&refer, 202);
    world.event();
    let bye = world.callee(&invite, Method::Bye, 1);
    world.send(&bye);
    world.response(200);
    assert_eq!(world.event(), progress(call, TransferProgress::Done));
    assert_eq!(world.event(), Event::Ended { call, end: End::Transferred, cause: None });
}

#[test]
fn a_bye_while_the_target_rings_means_that_they_hung_up() {
    let mut world = World::registered();
    let (call, invite) = world.outgoing_call();
    let refer = refer(&mut world, call);
    world.status(&refer, 202);
    world.event();
    let draft = notify(&mut world, &invite, 1, "refer", "SIP/2.0 180 Ringing\r\n");
    world.send(&draft);
    world.response(200);
    world.event();
    let bye = world.callee(&invite, Method::Bye, 2);
    world.send(&bye);
    assert_eq!(world.event(), Event::Ended { call, end: End::FarEndHungUp, cause: None });
}

#[test]
fn without_a_subscription_counts_as_done_when_accepted() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    let refer = refer(&mut world, call);
    world.reply(&refer, |refer| response(refer, 200, "callee").with(Name::ReferSub, "false"));
    assert_eq!(world.event(), progress(call, TransferProgress::Done));
    assert_eq!(world.event(), Event::Ended { call, end: End::Transferred, cause: None });
    world.request(Method::Bye);
}

#[test]
fn a_challenge_is_answered() {
    let mut world = World::registered();
    let (call, invite) = world.outgoing_call();
    let first = refer(&mut world, call);
    world.reply(&first, |refer| {
        Draft::response(refer.headers(), 401, Some("callee"))
            .with(Name::WwwAuthenticate, r#"Digest realm="pbx.test",nonce="n",qop="auth""#)
    });
    let again = world.request(Method::Refer);
    assert!(again.headers().get(Name::Authorization).is_some());
    world.status(&again, 202);
    assert_eq!(world.event(), progress(call, TransferProgress::Trying));
    // The subscription is named after the REFER that was accepted.
    let event = format!("refer;id={}", again.cseq().number);
    let draft = notify(&mut world, &invite, 1, &event, "SIP/2.0 200 OK\r\n");
    world.send(&draft);
    world.response(200);
    assert_eq!(world.event(), progress(call, TransferProgress::Done));
}

#[test]
fn cannot_go_to_nowhere_nor_from_a_call_that_is_not_up() {
    let mut world = World::registered();
    let (call, _) = world.dial("600");
    let transfer =
        |agent: &mut ringdock_sip::Agent, now, target: &str| agent.transfer(now, call, target);
    assert_eq!(world.with(|agent, now| transfer(agent, now, "1003")), Err(TransferError::NotUp));
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    let bad = world.with(|agent, now| agent.transfer(now, call, "<script>"));
    assert_eq!(bad, Err(TransferError::BadTarget));
    world.close();
    let lost = world.with(|agent, now| agent.transfer(now, call, "1003"));
    assert_eq!(lost, Err(TransferError::NotUp));
    for error in [TransferError::BadTarget, TransferError::NotUp, TransferError::UnderWay] {
        assert!(error.to_string().ends_with('.'));
    }
}

#[test]
fn that_went_down_with_the_socket_comes_back() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    refer(&mut world, call);
    world.close();
    world.event();
    assert_eq!(world.event(), failed(call, 408, "Request Timeout"));
    assert_eq!(world.event(), Event::SignallingLost { call });
}
