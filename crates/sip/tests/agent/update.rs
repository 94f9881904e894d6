//! UPDATE (RFC 3311).

use ringdock_sip::message::{Method, Name};
use ringdock_sip::{End, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{ANSWER, OFFER, World, describe};

#[test]
fn without_an_offer_moves_the_contact() {
    let mut world = World::registered();
    let (call, invite, tag) = world.incoming_call();
    let mut update = world.within(&invite, &tag, Method::Update, 11);
    update.set(Name::Contact, "<sip:elsewhere@pbx.test>");
    world.send(&update);
    let ok = world.response(200);
    assert!(ok.headers().get(Name::Contact).is_some());
    assert!(ok.body().is_empty());
    world.no_event();
    world.hang_up(call);
    assert_eq!(world.request(Method::Bye).uri().as_str(), "sip:elsewhere@pbx.test");
}

#[test]
fn with_an_offer_is_answered() {
    let mut world = World::registered();
    let (call, invite, tag) = world.incoming_call();
    let update = world.within(&invite, &tag, Method::Update, 11);
    world.send(&update.with_body("application/sdp", "v=0\r\nm=audio 9 X 0\r\na=inactive\r\n"));
    let Event::Describe { generation: 1, offer: Some(_), .. } = world.event() else {
        panic!("not described")
    };
    world.nothing_sent();
    world.describe(call, 1, ANSWER);
    let ok = world.response(200);
    assert_eq!(ok.cseq().method, Method::Update);
    assert_eq!(ok.body(), ANSWER.as_bytes());
    assert_eq!(world.event(), Event::Hold { call, by_us: false, by_them: true });
    world.pass_secs(5);
    world.nothing_sent();
}

#[test]
fn that_the_browser_refuses_hears_488() {
    let mut world = World::registered();
    let (call, invite, tag) = world.incoming_call();
    let update = world.within(&invite, &tag, Method::Update, 11);
    world.send(&update.with_body("application/sdp", "nonsense"));
    world.event();
    world.with(|agent, now| agent.description_refused(now, call, 1));
    world.response(488);
    world.no_event();
}

#[test]
fn must_wait_for_a_change_that_is_not_through() {
    let mut world = World::registered();
    let (call, invite, tag) = world.incoming_call();
    let first = world.within(&invite, &tag, Method::Update, 11);
    world.send(&first.with_body("application/sdp", OFFER));
    assert_eq!(world.event(), describe(call, 1, Some(OFFER.to_owned())));
    for (method, number) in [(Method::Update, 12), (Method::Invite, 13)] {
        let second = world.within(&invite, &tag, method, number);
        world.send(&second.with_body("application/sdp", OFFER));
        let pause = world.response(500).headers().seconds(Name::RetryAfter);
        assert!(pause.is_some_and(|pause| pause <= 10));
    }
    world.describe(call, 1, ANSWER);
    world.response(200);
    world.no_event();
}

#[test]
fn while_it_rings() {
    let mut world = World::registered();
    let (_, invite, tag) = world.ring(Some(OFFER));
    let update = world.within(&invite, &tag, Method::Update, 11);
    world.send(&update);
    world.response(200);
    // The first offer is not answered yet.
    let update = world.within(&invite, &tag, Method::Update, 12);
    world.send(&update.with_body("application/sdp", OFFER));
    assert!(world.response(500).headers().get(Name::RetryAfter).is_some());
    world.no_event();
}

#[test]
fn of_a_callee_before_the_answer() {
    let mut world = World::registered();
    let (_, invite) = world.dial("600");
    world.status(&invite, 180);
    world.event();
    let update = world.callee(&invite, Method::Update, 1);
    world.send(&update);
    world.response(200);
    let update = world.callee(&invite, Method::Update, 2);
    world.send(&update.with_body("application/sdp", OFFER));
    world.response(491);
    world.no_event();
    // The dialog counts on.
    world.accept(&invite, ANSWER);
    let late = world.callee(&invite, Method::Update, 1);
    world.send(&late);
    world.response(500);
}

#[test]
fn that_meets_the_end_of_the_call() {
    let mut world = World::registered();
    let (call, invite, tag) = world.incoming_call();
    let update = world.within(&invite, &tag, Method::Update, 11);
    world.send(&update.with_body("application/sdp", OFFER));
    world.event();
    world.hang_up(call);
    assert_eq!(world.response(487).cseq().method, Method::Update);
    world.request(Method::Bye);
    assert_eq!(world.event(), Event::Ended { call, end: End::HungUp, cause: None });
    world.describe(call, 1, ANSWER);
    world.nothing_sent();
}
