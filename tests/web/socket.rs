use crate::until;
use ringdock::web::socket::{Socket, SocketEvent};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

/// A port of the loopback that browsers may ask for and nobody listens on.
const NOBODY: &str = "ws://127.0.0.1:9/ws";

#[wasm_bindgen_test]
async fn a_socket_that_does_not_open_says_so_once() {
    let events = Rc::<RefCell<Vec<SocketEvent>>>::default();
    let seen = events.clone();
    let _socket = Socket::open(NOBODY, "sip", move |event| seen.borrow_mut().push(event));
    until("the socket is closed", || !events.borrow().is_empty() || _socket.is_err()).await;
    assert!(events.borrow().iter().all(|event| *event == SocketEvent::Closed));
}

#[wasm_bindgen_test]
fn a_url_that_is_none_is_an_error_with_words() {
    let error = Socket::open("ftp://nowhere", "sip", |_| ()).err().unwrap();
    assert!(!error.message.is_empty());
}
