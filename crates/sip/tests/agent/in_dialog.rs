//! Requests of the other side while a call is up.

use ringdock_sip::message::{Method, Name};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::World;

#[test]
fn info_and_options_and_notify_get_sensible_replies() {
    let mut world = World::registered();
    let (_, invite) = world.outgoing_call();
    let info = world.callee(&invite, Method::Info, 1);
    world.send(&info);
    world.response(200);
    let info =
        world.callee(&invite, Method::Info, 2).with_body("application/media_control+xml", "<x/>");
    world.send(&info);
    world.response(415);
    let options = world.callee(&invite, Method::Options, 3);
    world.send(&options);
    assert!(world.response(200).headers().get(Name::Allow).is_some());
    // 481 would end the call (RFC 5057, section 5.1).
    let notify = world.callee(&invite, Method::Notify, 4).with(Name::Event, "refer");
    world.send(&notify);
    world.response(489);
    let message = world.callee(&invite, Method::Message, 5).with_body("text/plain", "hello");
    world.send(&message);
    world.response(405);
    world.no_event();
}

#[test]
fn an_info_package_is_not_supported() {
    let mut world = World::registered();
    let (_, invite) = world.outgoing_call();
    let info = world.callee(&invite, Method::Info, 1).to_bytes();
    let text = String::from_utf8(info).expect("text");
    world.bytes(
        text.replace("Max-Forwards: 70", "Max-Forwards: 70\r\nInfo-Package: conference").as_bytes(),
    );
    world.response(469);
}

#[test]
fn a_request_that_comes_too_late_is_refused() {
    let mut world = World::registered();
    let (_, invite, tag) = world.incoming_call();
    let info = world.within(&invite, &tag, Method::Info, 9);
    world.send(&info);
    world.response(500);
    let info = world.within(&invite, &tag, Method::Info, 12);
    world.send(&info);
    world.response(200);
    let info = world.within(&invite, &tag, Method::Info, 11);
    world.send(&info);
    world.response(500);
    world.no_event();
}

#[test]
fn a_request_of_another_dialog_is_not_taken_for_this_one() {
    let mut world = World::registered();
    let (_, invite, tag) = world.incoming_call();
    let mut bye = world.within(&invite, &tag, Method::Bye, 11);
    bye.set(Name::From, "<sip:%2b4420@pbx.test>;tag=somebody-else");
    world.send(&bye);
    world.response(481);
    world.no_event();
}
