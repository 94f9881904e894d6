//! The line comes up, and stays up.

use ringdock_sip::message::{Contacts, Draft, Method, Name, Request};
use ringdock_sip::{Line, Problem};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::world::World;

#[test]
fn a_register_over_websocket() {
    let mut world = World::new();
    world.start();
    assert_eq!(world.line(), Line::Connecting);
    assert_eq!((world.connects, world.disconnects), (1, 0));

    let register = world.request(Method::Register);
    assert_eq!(register.uri().as_str(), "sip:pbx.test");
    assert_eq!(register.to().uri.as_str(), "sip:1001@pbx.test");
    assert_eq!(register.from().display_name.as_deref(), Some("Ann \"A\" Agent"));
    assert_eq!(register.via().transport, "WSS");
    assert!(register.via().host.ends_with(".invalid"));
    assert!(register.via().unique_branch().is_some());
    let Ok(Contacts::List(contacts)) = register.headers().contacts() else { panic!("no contact") };
    let contact = contacts.first().expect("a contact");
    assert_eq!(contact.uri.user(), "1001");
    assert_eq!(contact.uri.host(), register.via().host);
    assert_eq!(contact.uri.param("transport"), Some("ws"));
    assert!(contact.params.get("+sip.instance").is_some_and(|id| id.starts_with("<urn:uuid:")));

    world.confirm(&register);
    assert_eq!(world.line(), Line::Registered);
    world.no_event();
}

/// Confirms with 60 s for our contact, among the bindings of other phones.
fn sixty_seconds(register: &Request) -> Draft {
    let Ok(Contacts::List(contacts)) = register.headers().contacts() else { panic!("no contact") };
    let ours = contacts.first().expect("a contact").uri.clone();
    Draft::response(register.headers(), 200, Some("s"))
        .with(Name::Contact, "<sip:1001@other.invalid;transport=ws>;expires=3600")
        .with(Name::Contact, format!("<{ours}>;expires=60"))
        .with(Name::Expires, "3600")
}

#[test]
fn is_renewed_before_the_lifetime_of_our_own_contact_ends() {
    let mut world = World::new();
    world.start();
    let first = world.request(Method::Register);
    world.reply(&first, sixty_seconds);
    for _ in 0..3 {
        world.pass_secs(47);
        world.skip_keep_alives();
        world.nothing_sent();
        world.pass_secs(8);
        world.skip_keep_alives();
        let again = world.request(Method::Register);
        assert_eq!(again.call_id(), first.call_id());
        assert!(again.cseq().number > first.cseq().number);
        assert_eq!(again.from().tag(), first.from().tag());
        world.reply(&again, sixty_seconds);
    }
    assert_eq!(world.line(), Line::Connecting);
    assert_eq!(world.line(), Line::Registered);
    world.no_event();
}

#[test]
fn is_renewed_by_the_expires_header_if_no_contact_is_ours() {
    let mut world = World::new();
    world.start();
    let register = world.request(Method::Register);
    world.reply(&register, |register| {
        Draft::response(register.headers(), 200, Some("s")).with(Name::Expires, "100")
    });
    world.pass_secs(79);
    world.skip_keep_alives();
    world.nothing_sent();
    world.pass_secs(12);
    world.skip_keep_alives();
    world.request(Method::Register);
}

#[test]
fn an_absurd_lifetime_is_no_flood() {
    let mut world = World::new();
    world.start();
    let register = world.request(Method::Register);
    world.reply(&register, |register| {
        Draft::response(register.headers(), 200, Some("s")).with(Name::Expires, "0")
    });
    world.pass_secs(7);
    world.nothing_sent();
}

#[test]
fn a_renewal_that_fails_shows_as_lost_and_comes_back() {
    let mut world = World::registered();
    world.pass_to_renewal();
    let register = world.request(Method::Register);
    world.status(&register, 503);
    let Line::Lost { problem: Problem::Server { status: 503, .. }, retry_at: Some(at) } =
        world.line()
    else {
        panic!("not lost")
    };
    world.pass(at - world.now);
    let Line::Lost { retry_at: None, .. } = world.line() else { panic!("not under way") };
    world.skip_keep_alives();
    world.confirm_registration();
    assert_eq!(world.line(), Line::Registered);
    assert_eq!(world.connects, 1, "the socket was good all the time");
}

#[test]
fn a_response_that_is_not_ours_changes_nothing() {
    let mut world = World::new();
    world.start();
    assert_eq!(world.line(), Line::Connecting);
    let register = world.request(Method::Register);
    for (branch, host) in
        [("z9hG4bKother", register.via().host.as_str()), (branch(&register), "other.invalid")]
    {
        let mut draft = Draft::response(register.headers(), 200, Some("s"));
        draft.set(Name::Via, format!("SIP/2.0/WSS {host};branch={branch}"));
        world.bytes(&draft.to_bytes());
    }
    let two_vias = Draft::response(register.headers(), 200, Some("s"))
        .with(Name::Via, "SIP/2.0/WSS elsewhere.test;branch=z9hG4bKx");
    world.bytes(&two_vias.to_bytes());
    let mut other_number = Draft::response(register.headers(), 200, Some("s"));
    other_number.set(Name::CSeq, "77 REGISTER");
    world.bytes(&other_number.to_bytes());
    world.no_event();
    world.confirm(&register);
    assert_eq!(world.line(), Line::Registered);
}

fn branch(request: &Request) -> &str {
    request.via().branch().expect("a branch")
}
