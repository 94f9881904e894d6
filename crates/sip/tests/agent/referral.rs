//! A REFER that comes: the phone follows it (RFC 3515), and two of our agents hand a call on.

use std::time::Duration;

use ringdock_sip::message::{Method, Name, Request};
use ringdock_sip::{CallId, End, Event, TransferProgress};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::switchboard::Switchboard;
use crate::world::{ANSWER, OFFER, World, describe, response};

/// The callee of a call that is up hands us on; gives out the new call and its INVITE.
#[track_caller]
fn referred(world: &mut World, invite: &Request, old: CallId) -> (CallId, Request) {
    let refer = world
        .callee(invite, Method::Refer, 1)
        .with(
            Name::ReferTo,
            "<sip:1003@pbx.test;user=phone?Route=evil&Replaces=a%40b%3Bto-tag%3Dc>",
        )
        .with(Name::ReferredBy, "<sip:600@pbx.test>");
    world.send(&refer);
    world.response(202);
    assert_eq!(notified(world), (false, "SIP/2.0 100 Trying\r\n".to_owned()));
    let Event::Referred { call, replaces, target } = world.event() else { panic!("no referral") };
    assert_eq!((replaces, target.as_str()), (old, "1003"));
    assert_eq!(world.event(), describe(call, 0, None));
    world.describe(call, 0, OFFER);
    (call, world.request(Method::Invite))
}

/// The next NOTIFY, answered: whether it is the last, and what it tells.
#[track_caller]
fn notified(world: &mut World) -> (bool, String) {
    let notify = world.request(Method::Notify);
    assert!(notify.headers().text(Name::Event).is_some_and(|event| event.starts_with("refer")));
    assert!(notify.headers().content_type().is_some_and(|kind| kind.is("message", "sipfrag")));
    let state = notify.headers().text(Name::SubscriptionState).expect("a state");
    world.status(&notify, 200);
    let told = String::from_utf8_lossy(notify.body()).into_owned();
    (state.starts_with("terminated"), told)
}

#[test]
fn is_followed_and_told_about() {
    let mut world = World::registered();
    let (old, first) = world.outgoing_call();
    let (call, invite) = referred(&mut world, &first, old);
    assert_eq!(invite.uri().as_str(), "sip:1003@pbx.test;user=phone");
    assert_eq!(invite.headers().text(Name::Replaces).as_deref(), Some("a@b;to-tag=c"));
    assert_eq!(invite.headers().text(Name::ReferredBy).as_deref(), Some("<sip:600@pbx.test>"));
    assert_eq!(invite.headers().get(Name::Route), None, "nothing else of the address is taken");
    assert_ne!(invite.call_id(), first.call_id());
    world.status(&invite, 180);
    assert_eq!(world.event(), Event::Ringing { call, early_media: false });
    assert_eq!(notified(&mut world), (false, "SIP/2.0 180 Ringing\r\n".to_owned()));
    world.reply(&invite, |invite| {
        response(invite, 200, "third").with_body("application/sdp", ANSWER)
    });
    world.request(Method::Ack);
    world.event();
    assert_eq!(world.event(), Event::Answered { call });
    assert_eq!(notified(&mut world), (true, "SIP/2.0 200 OK\r\n".to_owned()));
    assert_eq!(world.event(), Event::Ended { call: old, end: End::Replaced, cause: None });
    // To hang up is the other side's part; when it does not, we do.
    world.nothing_sent();
    world.pass_secs(2);
    let bye = world.request(Method::Bye);
    assert_eq!(bye.call_id(), first.call_id());
    world.status(&bye, 200);
    world.nothing_sent();
}

#[test]
fn that_came_to_pass_is_ended_by_the_other_side() {
    let mut world = World::registered();
    let (old, first) = world.outgoing_call();
    let (_, invite) = referred(&mut world, &first, old);
    world.reply(&invite, |invite| {
        response(invite, 200, "third").with_body("application/sdp", ANSWER)
    });
    world.request(Method::Ack);
    assert_eq!(notified(&mut world), (true, "SIP/2.0 200 OK\r\n".to_owned()));
    let bye = world.callee(&first, Method::Bye, 2);
    world.send(&bye);
    world.response(200);
    world.pass_secs(2);
    world.nothing_sent();
}

#[test]
fn that_fails_leaves_the_call_as_it_was() {
    let mut world = World::registered();
    let (old, first) = world.outgoing_call();
    let (call, invite) = referred(&mut world, &first, old);
    world.status(&invite, 486);
    world.request(Method::Ack);
    let Event::Ended { call: ended, end: End::Refused { status: 486, .. }, .. } = world.event()
    else {
        panic!("not refused")
    };
    assert_eq!(ended, call);
    assert_eq!(notified(&mut world), (true, "SIP/2.0 486 Busy Here\r\n".to_owned()));
    world.no_event();
    world.nothing_sent();
    // A second one bears the number of its REFER.
    let refer = world.callee(&first, Method::Refer, 5).with(Name::ReferTo, "<tel:+44.20>");
    world.send(&refer);
    world.response(202);
    let notify = world.request(Method::Notify);
    assert_eq!(notify.headers().text(Name::Event).as_deref(), Some("refer;id=5"));
    assert!(matches!(world.event(), Event::Referred { target, .. } if target == "+4420"));
}

#[test]
fn that_is_given_up_here_is_told() {
    let mut world = World::registered();
    let (old, first) = world.outgoing_call();
    let (call, invite) = referred(&mut world, &first, old);
    world.status(&invite, 100);
    world.hang_up(call);
    assert_eq!(world.event(), Event::Ended { call, end: End::Cancelled, cause: None });
    world.request(Method::Cancel);
    assert_eq!(notified(&mut world), (true, "SIP/2.0 487 Request Terminated\r\n".to_owned()));
    world.no_event();
}

#[test]
fn goes_on_when_the_one_who_handed_us_on_leaves() {
    let mut world = World::registered();
    let (old, first) = world.outgoing_call();
    let (call, invite) = referred(&mut world, &first, old);
    let bye = world.callee(&first, Method::Bye, 2);
    world.send(&bye);
    world.response(200);
    assert_eq!(world.event(), Event::Ended { call: old, end: End::Replaced, cause: None });
    world.reply(&invite, |invite| {
        response(invite, 200, "third").with_body("application/sdp", ANSWER)
    });
    world.request(Method::Ack);
    world.event();
    assert_eq!(world.event(), Event::Answered { call });
    world.nothing_sent();
}

/// With the call that asked for it the user ends the one that was to follow, in whatever state it is.
#[test]
fn ends_with_the_call_that_asked_for_it_when_we_hang_up() {
    let mut world = World::registered();
    let (old, first) = world.outgoing_call();
    let (call, invite) = referred(&mut world, &first, old);
    world.status(&invite, 180);
    assert_eq!(world.event(), Event::Ringing { call, early_media: false });
    notified(&mut world);
    world.hang_up(old);
    assert_eq!(world.event(), Event::Ended { call, end: End::Cancelled, cause: None });
    assert_eq!(world.event(), Event::Ended { call: old, end: End::HungUp, cause: None });
    assert_eq!(world.request(Method::Cancel).call_id(), invite.call_id());
    assert_eq!(notified(&mut world), (true, "SIP/2.0 487 Request Terminated\r\n".to_owned()));
    assert_eq!(world.request(Method::Bye).call_id(), first.call_id());
    // The target answers all the same: it hears a BYE, and nobody sees a call.
    world.reply(&invite, |invite| {
        response(invite, 200, "third").with_body("application/sdp", ANSWER)
    });
    world.request(Method::Ack);
    assert_eq!(world.request(Method::Bye).call_id(), invite.call_id());
    world.no_event();
}

#[test]
fn that_the_browser_prepares_ends_with_the_call_that_asked_for_it() {
    let mut world = World::registered();
    let (old, first) = world.outgoing_call();
    let refer = world.callee(&first, Method::Refer, 1).with(Name::ReferTo, "<sip:1003@pbx.test>");
    world.send(&refer);
    world.response(202);
    notified(&mut world);
    let Event::Referred { call, .. } = world.event() else { panic!("no referral") };
    world.event();
    world.hang_up(old);
    assert_eq!(world.event(), Event::Ended { call, end: End::Cancelled, cause: None });
    assert_eq!(world.event(), Event::Ended { call: old, end: End::HungUp, cause: None });
    world.everything_sent();
    world.describe(call, 0, OFFER);
    world.nothing_sent();
}

#[test]
fn without_a_subscription_tells_nothing() {
    let mut world = World::registered();
    let (_, first) = world.outgoing_call();
    let refer = world
        .callee(&first, Method::Refer, 1)
        .with(Name::ReferTo, "<sip:1003@pbx.test>")
        .with(Name::ReferSub, "false");
    world.send(&refer);
    assert_eq!(world.response(202).headers().text(Name::ReferSub).as_deref(), Some("false"));
    world.nothing_sent();
    assert!(matches!(world.event(), Event::Referred { .. }));
}

#[test]
fn that_cannot_be_followed_is_refused() {
    let mut world = World::registered();
    let (_, first) = world.outgoing_call();
    for (number, refer_to, status) in [
        (1, "<mailto:eve@pbx.test>", 416),
        (2, "<https://pbx.test/>", 416),
        (3, "<sip:1003@pbx.test;method=BYE>", 603),
        (4, "not an address", 400),
    ] {
        let refer = world.callee(&first, Method::Refer, number).with(Name::ReferTo, refer_to);
        world.send(&refer);
        world.response(status);
    }
    let none = world.callee(&first, Method::Refer, 5);
    world.send(&none);
    world.response(400);
    let two = world
        .callee(&first, Method::Refer, 6)
        .with(Name::ReferTo, "<sip:1@pbx.test>")
        .with(Name::ReferTo, "<sip:2@pbx.test>");
    world.send(&two);
    world.response(400);
    world.no_event();
    world.nothing_sent();
}

#[test]
fn outside_of_a_call_is_refused() {
    let mut world = World::registered();
    let refer = world.draft(Method::Refer, 1).with(Name::ReferTo, "<sip:1003@pbx.test>");
    world.send(&refer);
    world.response(403);
    world.no_event();
}

#[test]
fn a_second_one_at_a_time_is_declined() {
    let mut world = World::registered();
    let (old, first) = world.outgoing_call();
    referred(&mut world, &first, old);
    let refer = world.callee(&first, Method::Refer, 2).with(Name::ReferTo, "<sip:1@pbx.test>");
    world.send(&refer);
    world.response(603);
    world.no_event();
}

#[test]
fn two_agents_hand_a_call_to_a_third() {
    let mut board = Switchboard::new(3);
    let (ours, theirs) = board.call(0, 1);
    let handed_on = board.with(0, |agent, now| agent.transfer(now, ours, "1003"));
    assert_eq!(handed_on, Ok(()));
    let told = |progress| Event::Transfer { call: ours, progress };
    assert_eq!(board.events(0), [told(TransferProgress::Trying), told(TransferProgress::Ringing)]);
    let Some(Event::Referred { call: new, replaces, .. }) = board.events(1).first().cloned() else {
        panic!("not referred")
    };
    assert_eq!(replaces, theirs);
    let third = board.incoming(2);
    board.events(2);
    board.with(2, |agent, now| agent.answer(now, third));
    assert_eq!(
        board.events(0),
        [
            told(TransferProgress::Done),
            Event::Ended { call: ours, end: End::Transferred, cause: None }
        ]
    );
    assert_eq!(
        board.events(1)[..2],
        [
            Event::Answered { call: new },
            Event::Ended { call: theirs, end: End::Replaced, cause: None }
        ]
    );
    assert_eq!(board.events(2), [Event::Answered { call: third }]);
    board.pass(Duration::from_secs(200));
    for phone in 0..3 {
        assert_eq!(board.events(phone), []);
    }
}

#[test]
fn two_agents_and_a_third_that_declines() {
    let mut board = Switchboard::new(3);
    let (ours, theirs) = board.call(0, 1);
    board.with(0, |agent, now| agent.transfer(now, ours, "1003")).expect("a transfer");
    let third = board.incoming(2);
    board.with(2, |agent, now| agent.decline(now, third));
    let phrase = "Busy Here".to_owned();
    assert_eq!(
        board.events(0).last(),
        Some(&Event::Transfer {
            call: ours,
            progress: TransferProgress::Failed { status: 486, phrase }
        })
    );
    // The call is as it was.
    board.with(1, |agent, now| agent.hang_up(now, theirs));
    let events = board.events(0);
    assert!(
        matches!(events.last(), Some(Event::Ended { end: End::FarEndHungUp, .. })),
        "{events:?}"
    );
}
