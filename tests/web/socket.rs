use crate::until;
use ringdock::web::socket::{EarlySocket, Socket, SocketEvent};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::WebSocket;

/// A port of the loopback that browsers may ask for and nobody listens on.
const NOBODY: &str = "ws://127.0.0.1:9/ws";

#[wasm_bindgen_test]
async fn a_socket_that_does_not_open_says_so_once() {
    let events = Rc::<RefCell<Vec<SocketEvent>>>::default();
    let seen = events.clone();
    let _socket = Socket::open(NOBODY, "sip", None, move |event| seen.borrow_mut().push(event));
    until("the socket is closed", || !events.borrow().is_empty() || _socket.is_err()).await;
    assert!(events.borrow().iter().all(|event| *event == SocketEvent::Closed));
}

#[wasm_bindgen_test]
fn a_url_that_is_none_is_an_error_with_words() {
    let error = Socket::open("ftp://nowhere", "sip", None, |_| ()).err().unwrap();
    assert!(!error.message.is_empty());
}

#[wasm_bindgen_test]
fn an_early_socket_is_gone_on_with() {
    let early = WebSocket::new_with_str(NOBODY, "sip").unwrap();
    let socket =
        Socket::open(NOBODY, "sip", Some(EarlySocket::new(early.clone())), |_| ()).unwrap();
    assert_eq!(early.ready_state(), WebSocket::CONNECTING);
    drop(socket);
    assert_eq!(early.ready_state(), WebSocket::CLOSING);
}

#[wasm_bindgen_test]
fn an_early_socket_to_elsewhere_is_closed() {
    let early = WebSocket::new_with_str(NOBODY, "sip").unwrap();
    let elsewhere = "ws://127.0.0.1:9/elsewhere";
    let _socket = Socket::open(elsewhere, "sip", Some(EarlySocket::new(early.clone())), |_| ());
    assert_eq!(early.ready_state(), WebSocket::CLOSING);
}
