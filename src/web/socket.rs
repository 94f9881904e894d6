//! A WebSocket that closes when it is dropped.

use super::WebError;
use gloo_events::EventListener;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{BinaryType, MessageEvent, WebSocket};

/// What a socket reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SocketEvent {
    /// It is open.
    Opened,
    /// A whole message came, text or binary.
    Message(Vec<u8>),
    /// It did not open, or is closed. Nothing follows.
    Closed,
}

/// An open or opening socket.
pub struct Socket {
    socket: WebSocket,
    _listeners: [EventListener; 3],
}

impl Socket {
    /// Begins to open a socket with a subprotocol. Errors if the browser refuses the URL itself
    /// (a page over `https:` may not open `ws:`).
    pub fn open(
        url: &str,
        protocol: &str,
        report: impl Fn(SocketEvent) + Clone + 'static,
    ) -> Result<Socket, WebError> {
        let socket = WebSocket::new_with_str(url, protocol)?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let (opened, closed) = (report.clone(), report.clone());
        let listeners = [
            EventListener::new(&socket, "open", move |_| opened(SocketEvent::Opened)),
            EventListener::new(&socket, "message", move |event| {
                let data = event.unchecked_ref::<MessageEvent>().data();
                let bytes = match data.as_string() {
                    Some(text) => text.into_bytes(),
                    None => match data.dyn_into::<ArrayBuffer>() {
                        Ok(buffer) => Uint8Array::new(&buffer).to_vec(),
                        Err(_) => return,
                    },
                };
                report(SocketEvent::Message(bytes));
            }),
            EventListener::new(&socket, "close", move |_| closed(SocketEvent::Closed)),
        ];
        Ok(Socket { socket, _listeners: listeners })
    }

    /// Sends one message: a text frame if it is UTF-8, else a binary one (RFC 7118, section 4.2).
    pub fn send(&self, message: &[u8]) -> Result<(), WebError> {
        match std::str::from_utf8(message) {
            Ok(text) => self.socket.send_with_str(text)?,
            Err(_) => self.socket.send_with_u8_array(message)?,
        }
        Ok(())
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        // Closing a closed socket does nothing.
        let _ = self.socket.close();
    }
}
