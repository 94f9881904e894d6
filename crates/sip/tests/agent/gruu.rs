//! GRUU (RFC 5627).

use ringdock_sip::message::{Draft, Method, Name};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::{OFFER, World};

const GRUU: &str = "sip:1001@pbx.test;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

/// An agent whose registrar gives out this, or nothing.
fn registered(gruu: Option<&str>) -> World {
    let mut world = World::new();
    world.start();
    let register = world.request(Method::Register);
    let tags = register.headers().items(Name::Supported);
    assert!(tags.iter().any(|tag| tag == "gruu"), "{tags:?}");
    confirm(&mut world, &register, gruu);
    world.line();
    world.line();
    world
}

fn confirm(world: &mut World, register: &ringdock_sip::message::Request, gruu: Option<&str>) {
    let mut contact = register.headers().text(Name::Contact).expect("a contact");
    if let Some(gruu) = gruu {
        contact += &format!(";pub-gruu=\"{gruu}\";temp-gruu=\"sip:t@pbx.test;gr\"");
    }
    world.reply(register, |register| {
        Draft::response(register.headers(), 200, Some("s")).with(Name::Contact, contact)
    });
}

#[test]
fn is_the_contact_of_calls_both_ways() {
    let mut world = registered(Some(GRUU));
    let contact = Some(format!("<{GRUU}>"));
    let (call, invite) = world.dial("600");
    assert_eq!(invite.headers().text(Name::Contact), contact);
    world.status(&invite, 180);
    world.hang_up(call);
    let mut world = registered(Some(GRUU));
    let draft = world.draft(Method::Invite, 1).with_body("application/sdp", OFFER);
    world.send(&draft);
    assert_eq!(world.response(180).headers().text(Name::Contact), contact);
}

#[test]
fn is_not_what_is_registered() {
    let mut world = registered(Some(GRUU));
    world.pass_to_renewal();
    let renewal = world.request(Method::Register);
    assert!(renewal.headers().text(Name::Contact).is_some_and(|it| it.contains(".invalid")));
    // A registrar that gives none any more has the name of the connection again.
    confirm(&mut world, &renewal, None);
    let (_, invite) = world.dial("600");
    assert!(invite.headers().text(Name::Contact).is_some_and(|it| it.contains(".invalid")));
}

#[test]
fn that_is_no_address_to_call_is_not_used() {
    for gruu in ["", "nonsense", "https://evil.test/", "sip:"] {
        let mut world = registered(Some(gruu));
        let (_, invite) = world.dial("600");
        let contact = invite.headers().text(Name::Contact).expect("a contact");
        assert!(contact.contains(".invalid"), "{contact}");
    }
}
