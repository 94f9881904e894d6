//! Session timers (RFC 4028), with 422.

use std::time::Duration;

use ringdock_sip::message::{Draft, Method, Name, Request};
use ringdock_sip::{CallId, End, Event};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::switchboard::Switchboard;
use crate::world::{ANSWER, OFFER, World, response};

const ALLOW: &str = "INVITE, ACK, BYE, CANCEL, UPDATE";

fn interval(request: &Request) -> Option<String> {
    request.headers().text(Name::SessionExpires)
}

/// An outgoing call whose callee wants the session to expire.
#[track_caller]
fn call(world: &mut World, expires: &str, allow: Option<&str>) -> (CallId, Request) {
    let (call, invite) = world.dial("600");
    world.reply(&invite, |invite| {
        let mut draft = response(invite, 200, "callee")
            .with(Name::SessionExpires, expires)
            .with_body("application/sdp", ANSWER);
        if let Some(allow) = allow {
            draft.push(Name::Allow, allow);
        }
        draft
    });
    world.request(Method::Ack);
    world.event();
    assert_eq!(world.event(), Event::Answered { call });
    (call, invite)
}

#[test]
fn are_offered_with_every_call() {
    let mut world = World::registered();
    let (_, invite) = world.dial("600");
    assert_eq!(interval(&invite).as_deref(), Some("1800"));
    assert!(invite.headers().items(Name::Supported).iter().any(|tag| tag == "timer"));
}

#[test]
fn we_refresh_by_update_at_half_the_interval() {
    let mut world = World::registered_for_long();
    call(&mut world, "100;refresher=uac", Some(ALLOW));
    for _ in 0..3 {
        world.pass(Duration::from_millis(49_990));
        world.nothing_sent();
        world.pass(Duration::from_millis(10));
        let update = world.request(Method::Update);
        assert!(update.body().is_empty());
        assert_eq!(interval(&update).as_deref(), Some("100;refresher=uac"));
        world.reply(&update, |update| {
            response(update, 200, "callee").with(Name::SessionExpires, "100;refresher=uac")
        });
    }
    world.no_event();
}

#[test]
fn we_refresh_by_invite_where_update_is_not_taken() {
    let mut world = World::registered_for_long();
    let (call, _) = call(&mut world, "100;refresher=uac", None);
    world.pass_secs(50);
    let Event::Describe { generation: 1, offer: None, hold: false, restart_ice: false, .. } =
        world.event()
    else {
        panic!("not described")
    };
    world.describe(call, 1, OFFER);
    let invite = world.request(Method::Invite);
    assert_eq!(interval(&invite).as_deref(), Some("100;refresher=uac"));
    world.reply(&invite, |invite| {
        response(invite, 200, "callee")
            .with(Name::SessionExpires, "100;refresher=uac")
            .with_body("application/sdp", ANSWER)
    });
    world.request(Method::Ack);
    assert!(matches!(world.event(), Event::Remote { generation: 1, .. }));
    world.pass_secs(49);
    world.no_event();
}

#[test]
fn an_interval_that_nobody_may_ask_for_is_not_refreshed_more_often_than_the_least() {
    let mut world = World::registered_for_long();
    call(&mut world, "1;refresher=uac", Some("INVITE, UPDATE"));
    world.pass_secs(44);
    world.skip_keep_alives();
    world.nothing_sent();
    world.pass_secs(1);
    world.skip_keep_alives();
    world.request(Method::Update);
    // A caller that knows nothing of them cannot refresh: we do, and not in a hurry.
    let mut world = World::registered_for_long();
    let (_, agreed) = answered(&mut world, &[(Name::SessionExpires, "1")]);
    assert_eq!(agreed.as_deref(), Some("90;refresher=uas"));
}

#[test]
fn a_refresh_that_fails_is_tried_once_more_and_then_the_call_ends() {
    let mut world = World::registered_for_long();
    let (call, _) = call(&mut world, "200;refresher=uac", Some(ALLOW));
    world.pass_secs(100);
    let update = world.request(Method::Update);
    world.status(&update, 500);
    world.pass_secs(25);
    let update = world.request(Method::Update);
    world.status(&update, 500);
    for _ in 0..2 {
        world.pass_secs(25);
        let update = world.request(Method::Update);
        world.status(&update, 503);
    }
    world.no_event();
    world.pass_secs(25);
    assert_eq!(world.event(), Event::Ended { call, end: End::Network, cause: None });
    let sent = world.everything_sent();
    assert!(sent.iter().any(|message| message.starts_with("BYE ")), "{sent:?}");
}

#[test]
fn an_update_that_turns_out_to_be_unknown_gives_way_to_invite() {
    let mut world = World::registered_for_long();
    call(&mut world, "200;refresher=uac", Some(ALLOW));
    world.pass_secs(100);
    let update = world.request(Method::Update);
    world.status(&update, 405);
    world.pass_secs(25);
    assert!(matches!(world.event(), Event::Describe { generation: 1, offer: None, .. }));
}

#[test]
fn a_session_that_they_do_not_refresh_is_ended_in_time() {
    let mut world = World::registered_for_long();
    let (call, invite) = call(&mut world, "90;refresher=uas", Some(ALLOW));
    world.pass_secs(55);
    let update = world
        .callee(&invite, Method::Update, 1)
        .with(Name::Supported, "timer")
        .with(Name::SessionExpires, "90;refresher=uac");
    world.send(&update);
    let ok = world.response(200);
    assert_eq!(ok.headers().text(Name::SessionExpires).as_deref(), Some("90;refresher=uac"));
    assert_eq!(ok.headers().items(Name::Require), ["timer"]);
    // A third of the interval before its end (RFC 4028, section 10).
    world.pass(Duration::from_millis(59_900));
    world.no_event();
    world.pass(Duration::from_millis(200));
    assert_eq!(world.event(), Event::Ended { call, end: End::Network, cause: None });
    let bye = world.request(Method::Bye);
    assert!(bye.headers().text(Name::Reason).is_some_and(|reason| reason.contains("cause=102")));
}

#[test]
fn without_a_word_from_the_callee_there_are_none() {
    let mut world = World::registered_for_long();
    world.outgoing_call();
    world.pass_secs(4000);
    world.nothing_sent();
    world.no_event();
}

#[test]
fn a_422_is_met_with_the_interval_that_it_wants() {
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    world.reply(&invite, |invite| {
        Draft::response(invite.headers(), 422, Some("s")).with(Name::MinSe, "3600")
    });
    world.request(Method::Ack);
    let again = world.request(Method::Invite);
    assert_eq!(interval(&again).as_deref(), Some("3600"));
    assert_eq!(again.headers().text(Name::MinSe).as_deref(), Some("3600"));
    assert_eq!(again.call_id(), invite.call_id());
    assert_eq!(again.cseq().number, invite.cseq().number + 1);
    // One that asks for the same again is a refusal.
    world.reply(&again, |again| {
        Draft::response(again.headers(), 422, Some("s")).with(Name::MinSe, "3600")
    });
    world.request(Method::Ack);
    assert!(matches!(
        world.event(),
        Event::Ended { call: ended, end: End::Refused { status: 422, .. }, .. } if ended == call
    ));
    world.nothing_sent();
}

#[test]
fn a_row_of_them_ends() {
    let mut world = World::registered();
    let (call, mut invite) = world.dial("600");
    let mut tries = 1;
    for least in 2000..2100 {
        world.reply(&invite, |invite| {
            Draft::response(invite.headers(), 422, Some("s")).with(Name::MinSe, least.to_string())
        });
        world.request(Method::Ack);
        if !world.has_sent() {
            break;
        }
        invite = world.request(Method::Invite);
        tries += 1;
    }
    assert_eq!(tries, 6);
    assert!(matches!(world.event(), Event::Ended { call: ended, .. } if ended == call));
}

#[test]
fn a_422_to_a_refresh_is_met_too() {
    let mut world = World::registered_for_long();
    call(&mut world, "100;refresher=uac", Some(ALLOW));
    world.pass_secs(50);
    let update = world.request(Method::Update);
    world.reply(&update, |update| response(update, 422, "callee").with(Name::MinSe, "300"));
    let again = world.request(Method::Update);
    assert_eq!(interval(&again).as_deref(), Some("300;refresher=uac"));
    assert_eq!(again.headers().text(Name::MinSe).as_deref(), Some("300"));
    world.no_event();
}

#[test]
fn an_interval_that_is_too_short_hears_422() {
    let mut world = World::registered();
    let invite = world
        .draft(Method::Invite, 1)
        .with(Name::Supported, "timer")
        .with(Name::SessionExpires, "60")
        .with_body("application/sdp", OFFER);
    world.send(&invite);
    assert_eq!(world.response(422).headers().text(Name::MinSe).as_deref(), Some("90"));
    world.no_event();
    // In the same way inside of a call.
    let (_, invite, tag) = world.incoming_call();
    for (method, number) in [(Method::Invite, 11), (Method::Update, 12)] {
        let draft = world
            .within(&invite, &tag, method, number)
            .with(Name::Supported, "timer")
            .with(Name::SessionExpires, "60");
        world.send(&draft);
        world.response(422);
    }
}

/// A call that comes with these headers and is answered; gives out the 200's Session-Expires.
fn answered(world: &mut World, headers: &[(Name, &str)]) -> (CallId, Option<String>) {
    let mut draft = world.draft(Method::Invite, 10).with_body("application/sdp", OFFER);
    for (name, value) in headers {
        draft.push(*name, value);
    }
    let invite = world.send(&draft);
    let tag = world.response(180).to().tag().expect("our tag").to_owned();
    let Event::Incoming { call, .. } = world.event() else { panic!("not a call") };
    world.event();
    world.describe(call, 0, ANSWER);
    world.with(|agent, now| agent.answer(now, call));
    let expires = world.response(200).headers().text(Name::SessionExpires);
    world.event();
    let ack = world.within(&invite, &tag, Method::Ack, 10);
    world.send(&ack);
    (call, expires)
}

#[test]
fn who_refreshes_a_call_that_comes() {
    for (supported, asked, answer) in [
        ("timer", "100", "100;refresher=uac"),
        ("timer", "100;refresher=uac", "100;refresher=uac"),
        ("timer", "100;refresher=uas", "100;refresher=uas"),
        ("replaces", "100", "100;refresher=uas"),
    ] {
        let mut world = World::registered_for_long();
        let headers =
            [(Name::Supported, supported), (Name::SessionExpires, asked), (Name::Allow, ALLOW)];
        let (_, expires) = answered(&mut world, &headers);
        assert_eq!(expires.as_deref(), Some(answer), "{supported} {asked}");
        world.pass_secs(51);
        if answer.ends_with("uas") {
            assert_eq!(
                interval(&world.request(Method::Update)).as_deref(),
                Some("100;refresher=uac")
            );
        }
        world.nothing_sent();
    }
    let mut world = World::registered_for_long();
    assert_eq!(answered(&mut world, &[(Name::Supported, "timer")]).1, None);
}

#[test]
fn without_a_line_a_call_does_not_expire_but_is_refreshed_when_it_is_back() {
    let mut world = World::registered_for_long();
    let (call, _) = call(&mut world, "100;refresher=uac", Some(ALLOW));
    world.close();
    world.event();
    assert_eq!(world.event(), Event::SignallingLost { call });
    world.pass_secs(200);
    while let Some(event) = world.try_event() {
        assert!(matches!(event, Event::Line(_)), "{event:?}");
    }
    world.with(|agent, now| agent.reconnect_now(now));
    world.open();
    world.confirm_registration();
    let update = world.request(Method::Update);
    assert_eq!(interval(&update).as_deref(), Some("100;refresher=uac"));
}

#[test]
fn two_agents_keep_a_call_for_an_hour() {
    let mut board = Switchboard::new(2);
    board.call(0, 1);
    board.pass(Duration::from_secs(3600));
    let updates = board.passed().iter().filter(|line| *line == "UPDATE").count();
    assert!((3..=4).contains(&updates), "{updates}");
    assert!(board.events(0).is_empty() && board.events(1).is_empty());
}
