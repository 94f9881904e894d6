//! The line comes up.

use ringdock_sip::Line;
use ringdock_sip::message::{Contacts, Method};

use crate::world::World;

#[test]
fn a_register_over_websocket() {
    let mut world = World::new();
    world.start();
    assert_eq!(world.line(), Line::Connecting);
    assert_eq!(world.connects, 1);

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
