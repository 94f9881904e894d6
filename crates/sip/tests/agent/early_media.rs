//! What is heard before the answer.

use ringdock_sip::message::{Method, Request};
use ringdock_sip::{CallId, End, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{ANSWER, World, response};

fn progress(world: &mut World, invite: &Request, tag: &str, sdp: &str) {
    world.reply(invite, |invite| response(invite, 183, tag).with_body("application/sdp", sdp));
}

fn early(call: CallId, sdp: &str) -> Event {
    Event::Remote { call, generation: 0, sdp: sdp.to_owned(), early: true }
}

#[test]
fn replaces_the_ringback_and_is_followed_by_the_answer() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    world.status(&invite, 180);
    assert_eq!(world.event(), Event::Ringing { call, early_media: false });
    progress(&mut world, &invite, "callee", ANSWER);
    assert_eq!(world.event(), early(call, ANSWER));
    assert_eq!(world.event(), Event::Ringing { call, early_media: true });
    progress(&mut world, &invite, "callee", ANSWER);
    world.status(&invite, 180);
    world.no_event();
    world.reply(&invite, |invite| {
        response(invite, 200, "callee").with_body("application/sdp", ANSWER)
    });
    let sdp = ANSWER.to_owned();
    assert_eq!(world.event(), Event::Remote { call, generation: 0, sdp, early: false });
    assert_eq!(world.event(), Event::Answered { call });
}

#[test]
fn a_progress_without_a_description_is_no_ringing() {
    let mut world = World::registered();
    let (_, invite) = world.dial("600");
    world.status(&invite, 183);
    world.no_event();
}

#[test]
fn each_fork_has_its_own() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    progress(&mut world, &invite, "one", "v=0 one");
    assert_eq!(world.event(), early(call, "v=0 one"));
    world.event();
    progress(&mut world, &invite, "two", "v=0 two");
    assert_eq!(world.event(), early(call, "v=0 two"));
    world.reply(&invite, |invite| {
        response(invite, 200, "one").with_body("application/sdp", "v=0 final")
    });
    let sdp = "v=0 final".to_owned();
    assert_eq!(world.event(), Event::Remote { call, generation: 0, sdp, early: false });
}

#[test]
fn stands_for_an_answer_that_does_not_repeat_it() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    progress(&mut world, &invite, "callee", ANSWER);
    world.event();
    world.event();
    world.status(&invite, 200);
    let sdp = ANSWER.to_owned();
    assert_eq!(world.event(), Event::Remote { call, generation: 0, sdp, early: false });
    assert_eq!(world.event(), Event::Answered { call });
}

#[test]
fn that_the_browser_refuses_leaves_the_call_ringing() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    progress(&mut world, &invite, "callee", "nonsense");
    world.event();
    assert_eq!(world.event(), Event::Ringing { call, early_media: true });
    world.with(|agent, now| agent.early_answer_refused(now, call));
    assert_eq!(world.event(), Event::Ringing { call, early_media: false });
    progress(&mut world, &invite, "callee", "nonsense");
    world.status(&invite, 180);
    world.no_event();
    world.nothing_sent();
    world.accept(&invite, ANSWER);
    let sdp = ANSWER.to_owned();
    assert_eq!(world.event(), Event::Remote { call, generation: 0, sdp, early: false });
    assert_eq!(world.event(), Event::Answered { call });
    // One that comes late, when the call is up already.
    world.with(|agent, now| agent.early_answer_refused(now, call));
    world.no_event();
    world.nothing_sent();
}

#[test]
fn that_the_final_answer_repeats_in_vain_ends_the_call() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    progress(&mut world, &invite, "callee", "nonsense");
    world.with(|agent, now| agent.early_answer_refused(now, call));
    world.status(&invite, 200);
    for _ in 0..5 {
        world.event();
    }
    world.with(|agent, now| agent.description_refused(now, call, 0));
    assert_eq!(world.event(), Event::Ended { call, end: End::Media, cause: None });
    world.request(Method::Ack);
    world.request(Method::Bye);
}
