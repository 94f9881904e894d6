//! P-Asserted-Identity, Remote-Party-ID, Diversion, Privacy, also in mid-call; P-Called-Party-ID, P-Preferred-Identity; and
//! Reason with Q.850.

use ringdock_sip::message::{Method, Name, Request};
use ringdock_sip::{CallId, Caller, Cause, End, Event, Party};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{ANSWER, OFFER, World, describe, response};

/// Who calls, by these headers.
fn caller(headers: &[(Name, &str)]) -> Caller {
    let mut world = World::registered();
    let mut draft = world.draft(Method::Invite, 1).with_body("application/sdp", OFFER);
    for (name, value) in headers {
        match name {
            Name::From => draft.set(Name::From, value),
            name => draft.push(*name, value),
        }
    }
    world.send(&draft);
    match world.event() {
        Event::Incoming { caller, .. } => caller,
        other => panic!("not a call: {other:?}"),
    }
}

fn bob() -> Caller {
    Caller { number: "+4420".to_owned(), name: Some("Bob".to_owned()), ..Caller::default() }
}

fn asserted(number: &str, name: Option<&str>) -> Caller {
    Caller {
        number: number.to_owned(),
        name: name.map(str::to_owned),
        asserted: true,
        ..Caller::default()
    }
}

#[test]
fn what_the_server_asserts_comes_before_the_rest() {
    let rpid = (Name::RemotePartyId, "\"Rpid\" <sip:3@pbx.test>;party=calling;privacy=off");
    assert_eq!(caller(&[]), bob());
    assert_eq!(caller(&[rpid]), asserted("3", Some("Rpid")));
    let pai = (Name::PAssertedIdentity, "\"Alice\" <sip:+4930@pbx.test>, <tel:+4930>");
    assert_eq!(caller(&[rpid, pai]), asserted("+4930", Some("Alice")));
    let tel = (Name::PAssertedIdentity, "<tel:+49-30>");
    assert_eq!(caller(&[tel]), asserted("+49-30", None));
    let broken = (Name::PAssertedIdentity, "\"Alice");
    assert_eq!(caller(&[broken]), bob());
}

#[test]
fn a_party_that_is_not_the_caller_is_not_shown_as_one() {
    let called = (Name::RemotePartyId, "<sip:3@pbx.test>;party=called");
    assert_eq!(caller(&[called]), bob());
}

#[test]
fn who_wants_to_stay_unknown_does() {
    let from = (Name::From, "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=x");
    let pai = (Name::PAssertedIdentity, "\"Alice\" <sip:+4930@pbx.test>");
    let unknown = Caller {
        number: "anonymous".to_owned(),
        name: Some("Anonymous".to_owned()),
        withheld: true,
        ..Caller::default()
    };
    assert_eq!(caller(&[from]), unknown);
    let domestic = (Name::From, "\"Anonymous\" <sip:anonymous@pbx.test>;tag=x");
    assert_eq!(caller(&[domestic]), unknown);
    for privacy in ["id", "critical; ID", "user;header"] {
        assert_eq!(caller(&[from, pai, (Name::Privacy, privacy)]), unknown, "{privacy}");
    }
    let rpid = (Name::RemotePartyId, "\"Alice\" <sip:3@pbx.test>;party=calling;privacy=full");
    assert_eq!(caller(&[from, rpid]), unknown);
    // None is asked for.
    let shown = caller(&[from, pai, (Name::Privacy, "none")]);
    assert_eq!(shown, asserted("+4930", Some("Alice")));
}

#[test]
fn who_diverted_the_call_is_told() {
    let diversion =
        (Name::Diversion, "\"Desk\" <sip:500@pbx.test>;reason=no-answer, <sip:9@pbx.test>");
    let party = Party { number: "500".to_owned(), name: Some("Desk".to_owned()) };
    assert_eq!(caller(&[diversion]), Caller { diverted_from: Some(party), ..bob() });
    let private = (Name::Diversion, "<sip:500@pbx.test>;privacy=full");
    assert_eq!(caller(&[private]), bob());
}

/// Which number was called, by this header.
fn called(value: &str) -> Option<String> {
    let mut world = World::registered();
    let mut draft = world.draft(Method::Invite, 1).with_body("application/sdp", OFFER);
    draft.push(Name::PCalledPartyId, value);
    world.send(&draft);
    match world.event() {
        Event::Incoming { called, .. } => called,
        other => panic!("not a call: {other:?}"),
    }
}

#[test]
fn the_number_that_was_called_is_told() {
    for value in
        ["<sip:+442079460201@pbx.test>", "sip:%2B442079460201@x;a=b", "<tel:+442079460201>"]
    {
        assert_eq!(called(value).as_deref(), Some("+442079460201"), "{value}");
    }
    for nothing in ["<sip:pbx.test>", "\"Croydon", ""] {
        assert_eq!(called(nothing), None, "{nothing}");
    }
}

#[test]
fn the_number_to_call_from_is_a_wish_that_the_server_hears_with_each_attempt() {
    let mut world = World::registered();
    let from = Some("+44 20 7946 0201");
    let call = world.with(|agent, now| agent.dial(now, "600", from)).expect("a call");
    world.event();
    world.describe(call, 0, OFFER);
    let first = world.request(Method::Invite);
    let wish = |invite: &Request| invite.headers().text(Name::PPreferredIdentity);
    assert_eq!(wish(&first).as_deref(), Some("<sip:+442079460201@pbx.test>"));
    let challenge = r#"Digest realm="pbx.test",nonce="n",qop="auth""#;
    world.reply(&first, |invite| response(invite, 401, "s").with(Name::WwwAuthenticate, challenge));
    world.request(Method::Ack);
    let again = world.request(Method::Invite);
    assert!(again.headers().text(Name::Authorization).is_some());
    assert_eq!(wish(&again), wish(&first));
    let (_, invite) = World::registered().dial("600");
    assert_eq!(wish(&invite), None);
}

#[test]
fn what_is_no_number_is_not_asked_for() {
    for from in ["", "me\r\nFrom: <sip:x@y>", "<sip:1@x>"] {
        let mut world = World::registered();
        let call = world.with(|agent, now| agent.dial(now, "600", Some(from))).expect("a call");
        world.event();
        world.describe(call, 0, OFFER);
        let invite = world.request(Method::Invite);
        assert_eq!(invite.headers().text(Name::PPreferredIdentity), None, "{from:?}");
    }
}

#[test]
fn the_call_id_of_a_call_is_told() {
    let mut world = World::registered();
    let (call, invite, _) = world.ring(Some(OFFER));
    assert_eq!(world.agent.sip_call_id(call), Some(invite.call_id()));
    let mut world = World::registered();
    let call = world.with(|agent, now| agent.dial(now, "600", None)).expect("a call");
    let filed = world.agent.sip_call_id(call).map(str::to_owned);
    world.event();
    world.describe(call, 0, OFFER);
    assert_eq!(filed.as_deref(), Some(world.request(Method::Invite).call_id()));
}

fn reason(request: &Request) -> String {
    request.headers().text(Name::Reason).expect("a reason")
}

#[test]
fn the_reason_is_given_with_bye_and_cancel() {
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.hang_up(call);
    world.event();
    let normal = "Q.850;cause=16;text=\"Normal call clearing\"";
    assert_eq!(reason(&world.request(Method::Bye)), normal);
    let (call, invite) = world.dial("600");
    world.status(&invite, 180);
    world.hang_up(call);
    assert_eq!(reason(&world.request(Method::Cancel)), normal);
    let mut world = World::registered();
    let (call, _) = world.outgoing_call();
    world.with(|agent, now| agent.description_refused(now, call, 0));
    assert!(reason(&world.request(Method::Bye)).starts_with("Q.850;cause=88;"));
}

#[test]
fn the_reason_of_the_other_side_is_told() {
    let mut world = World::registered();
    let (call, invite) = world.outgoing_call();
    let bye = world
        .callee(&invite, Method::Bye, 1)
        .with(Name::Reason, "X.25;cause=1, Q.850 ;cause=41 ;text=\"Temporary failure\"");
    world.send(&bye);
    world.response(200);
    let text = Some("Temporary failure".to_owned());
    let cause = Some(Cause { q850: Some(41), sip: None, text });
    assert_eq!(world.event(), Event::Ended { call, end: End::FarEndHungUp, cause });

    let (call, invite) = world.dial("600");
    world.reply(&invite, |invite| {
        response(invite, 480, "callee").with(Name::Reason, "Q.850;cause=19")
    });
    let Event::Ended { call: ended, end: End::Refused { status: 480, .. }, cause } = world.event()
    else {
        panic!("not refused")
    };
    world.request(Method::Ack);
    assert_eq!(ended, call);
    assert_eq!(cause, Some(Cause { q850: Some(19), sip: None, text: None }));
    // A number that is none is no cause.
    let (_, invite) = world.outgoing_call();
    let bye = world.callee(&invite, Method::Bye, 1).with(Name::Reason, "Q.850;cause=999");
    world.send(&bye);
    assert!(matches!(
        world.event(),
        Event::Ended { cause: Some(Cause { q850: None, sip: None, text: None }), .. }
    ));
}

const DANA: (Name, &str) = (Name::PAssertedIdentity, "\"Dana\" <sip:+1202@pbx.test>");

fn dana(call: CallId) -> Event {
    let party = Party { number: "+1202".to_owned(), name: Some("Dana".to_owned()) };
    Event::Identity { call, party }
}

#[test]
fn somebody_else_at_the_other_end_is_told_once() {
    let mut world = World::registered();
    let (call, invite, tag) = world.incoming_call();
    let bob = (Name::PAssertedIdentity, "\"Bob\" <sip:%2b4420@pbx.test>");
    let private = (Name::Privacy, "id");
    for (cseq, headers, told) in [
        (11, vec![], false),
        (12, vec![bob], false),
        (13, vec![DANA, private], false),
        (14, vec![DANA], true),
        (15, vec![DANA], false),
    ] {
        let mut update = world.within(&invite, &tag, Method::Update, cseq);
        for (name, value) in headers {
            update.push(name, value);
        }
        world.send(&update);
        world.response(200);
        assert_eq!(world.try_event(), told.then(|| dana(call)), "{cseq}");
    }
}

#[test]
fn somebody_else_may_be_told_with_an_offer() {
    let mut world = World::registered();
    let (call, invite, tag) = world.incoming_call();
    let change = world.within(&invite, &tag, Method::Invite, 11).with(DANA.0, DANA.1);
    world.send(&change.with_body("application/sdp", OFFER));
    assert_eq!(world.event(), dana(call));
    assert_eq!(world.event(), describe(call, 1, Some(OFFER.to_owned())));
}

#[test]
fn somebody_else_may_call_while_it_rings() {
    let mut world = World::registered();
    let (call, invite, tag) = world.ring(Some(OFFER));
    let update = world.within(&invite, &tag, Method::Update, 11).with(DANA.0, DANA.1);
    world.send(&update);
    assert_eq!(world.event(), dana(call));
}

#[test]
fn the_one_who_was_called_is_somebody_else_only_if_that_changes() {
    let called = |user: &str| format!("<sip:{user}@pbx.test>;party=called;privacy=off");
    let mut world = World::registered();
    let (call, invite) = world.dial("600");
    world.reply(&invite, |invite| {
        response(invite, 200, "callee")
            .with(Name::RemotePartyId, called("echo"))
            .with_body("application/sdp", ANSWER)
    });
    while world.try_event().is_some() {}
    for (cseq, user) in [(1, "echo"), (2, "700")] {
        let update = world.callee(&invite, Method::Update, cseq);
        world.send(&update.with(Name::RemotePartyId, called(user)));
    }
    let party = Party { number: "700".to_owned(), name: None };
    assert_eq!(world.event(), Event::Identity { call, party });
    world.no_event();
}
