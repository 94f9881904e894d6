//! A call that comes.

use ringdock_sip::message::Method;
use ringdock_sip::{End, Event};

use crate::world::{ANSWER, OFFER, World};

#[test]
fn rings_is_answered_and_ended_by_the_caller() {
    let mut world = World::registered();
    let (call, invite, tag) = world.ring(Some(OFFER));
    world.describe(call, 0, ANSWER);
    world.nothing_sent();
    world.with(|agent, now| agent.answer(now, call));
    let ok = world.response(200);
    assert_eq!(ok.body(), ANSWER.as_bytes());
    assert_eq!(ok.to().tag(), Some(tag.as_str()));
    assert_eq!(world.event(), Event::Answered { call });
    let ack = world.within(&invite, &tag, Method::Ack, 10);
    world.send(&ack);
    world.pass_secs(20);
    world.nothing_sent();

    let bye = world.within(&invite, &tag, Method::Bye, 11);
    world.send(&bye);
    world.response(200);
    assert_eq!(world.event(), Event::Ended { call, end: End::FarEndHungUp });
}

#[test]
fn is_answered_as_soon_as_the_description_is_there() {
    let mut world = World::registered();
    let (call, _, _) = world.ring(Some(OFFER));
    world.with(|agent, now| agent.answer(now, call));
    world.nothing_sent();
    world.describe(call, 0, ANSWER);
    world.response(200);
    assert_eq!(world.event(), Event::Answered { call });
}
