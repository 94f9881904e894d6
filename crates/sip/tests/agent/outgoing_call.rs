//! A call that we place.

use ringdock_sip::message::{Method, Name};
use ringdock_sip::{End, Event};

use crate::world::{ANSWER, OFFER, World, response};

#[test]
fn rings_is_answered_and_ended_here() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    assert_eq!(invite.uri().as_str(), "sip:600@pbx.test");
    assert_eq!(invite.body(), OFFER.as_bytes());
    assert_eq!(invite.headers().text(Name::ContentType).as_deref(), Some("application/sdp"));

    world.status(&invite, 100);
    world.no_event();
    world.status(&invite, 180);
    assert_eq!(world.event(), Event::Ringing { call, early_media: false });
    world.reply(&invite, |invite| {
        response(invite, 200, "callee").with_body("application/sdp", ANSWER)
    });
    let ack = world.request(Method::Ack);
    assert_eq!(ack.uri().as_str(), "sip:callee@pbx.test:5060;transport=ws");
    assert_eq!(ack.cseq().number, invite.cseq().number);
    assert_eq!(ack.to().tag(), Some("callee"));
    assert_ne!(ack.via().branch(), invite.via().branch());
    let sdp = ANSWER.to_owned();
    assert_eq!(world.event(), Event::Remote { call, generation: 0, sdp, early: false });
    assert_eq!(world.event(), Event::Answered { call });

    world.hang_up(call);
    assert_eq!(world.event(), Event::Ended { call, end: End::HungUp });
    let bye = world.request(Method::Bye);
    assert_eq!(bye.uri().as_str(), "sip:callee@pbx.test:5060;transport=ws");
    assert!(bye.cseq().number > invite.cseq().number);
    world.status(&bye, 200);
    world.no_event();
    world.nothing_sent();
}

#[test]
fn is_ended_by_the_far_end() {
    let mut world = World::registered();
    let (call, invite) = world.outgoing_call();
    let bye = world.callee(&invite, Method::Bye, 1);
    world.send(&bye);
    world.response(200);
    assert_eq!(world.event(), Event::Ended { call, end: End::FarEndHungUp });
}
