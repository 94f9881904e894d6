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

/// A socket that the page began to open while the program was on its way. Closes it when nobody takes it.
pub struct EarlySocket(Option<WebSocket>);

impl EarlySocket {
    /// Takes it over from the page's script.
    pub fn new(socket: WebSocket) -> EarlySocket {
        EarlySocket(Some(socket))
    }

    /// The socket, if it leads to this URL and is not closed.
    fn take(mut self, url: &str) -> Option<WebSocket> {
        self.0.take_if(|socket| socket.url() == url && socket.ready_state() <= WebSocket::OPEN)
    }
}

impl Drop for EarlySocket {
    fn drop(&mut self) {
        if let Some(socket) = &self.0 {
            let _ = socket.close();
        }
    }
}

/// An open or opening socket.
pub struct Socket {
    socket: WebSocket,
    _listeners: [EventListener; 3],
}

impl Socket {
    /// Begins to open a socket with a subprotocol, or goes on with an early one to the same URL. Errors if the
    /// browser refuses the URL itself (a page over `https:` may not open `ws:`).
    pub fn open(
        url: &str,
        protocol: &str,
        early: Option<EarlySocket>,
        report: impl Fn(SocketEvent) + Clone + 'static,
    ) -> Result<Socket, WebError> {
        let socket = match early.and_then(|early| early.take(url)) {
            Some(socket) => socket,
            None => WebSocket::new_with_str(url, protocol)?,
        };
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

    /// Whether it is open. An early one may be so from the beginning, and does not report it then.
    pub fn is_open(&self) -> bool {
        self.socket.ready_state() == WebSocket::OPEN
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
