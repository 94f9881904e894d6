//! Stands between a browser and a SIP server: cuts the line, restores it, and alters what passes.

use std::sync::{Arc, Mutex, PoisonError};

use futures_util::{SinkExt, StreamExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::{HeaderValue, header};
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{accept_hdr_async, connect_async};

use crate::error::{Context, Result};

/// Who sent a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The browser.
    Browser,
    /// The SIP server.
    Server,
}

/// What becomes of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It goes on as it is.
    Pass,
    /// This goes on in its place.
    Replace(String),
    /// It goes no further, and its sender gets this in reply.
    Answer(String),
    /// It gets lost.
    Lose,
}

type Rule = Box<dyn FnMut(From, &str) -> Fate + Send>;

/// A relay for WebSockets that carry SIP (RFC 7118). It ends with the value, and its connections with it.
pub struct Relay {
    port: u16,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

struct Shared {
    upstream: String,
    /// Counts the cuts: a connection ends when the number moves on.
    cuts: watch::Sender<u64>,
    accepting: watch::Sender<bool>,
    injected: broadcast::Sender<Message>,
    rule: Mutex<Option<Rule>>,
    from_browser: Mutex<Vec<String>>,
}

impl Relay {
    /// Starts relaying to `upstream`, a `ws://` URL.
    ///
    /// # Errors
    /// No port could be opened.
    pub async fn start(upstream: impl Into<String>) -> Result<Relay> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("The relay's port")?;
        let port = listener.local_addr().context("The relay's own address")?.port();
        let shared = Arc::new(Shared {
            upstream: upstream.into(),
            cuts: watch::Sender::new(0),
            accepting: watch::Sender::new(true),
            injected: broadcast::Sender::new(64),
            rule: Mutex::new(None),
            from_browser: Mutex::new(Vec::new()),
        });
        let task = tokio::spawn(serve(listener, shared.clone()));
        Ok(Relay { port, shared, task })
    }

    /// Where the browser is to connect.
    pub fn url(&self) -> String {
        format!("ws://127.0.0.1:{}/ws", self.port)
    }

    /// Breaks all connections, without a word of farewell. New ones are let in.
    pub fn cut(&self) {
        self.shared.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// Breaks all connections, and every new one at once, until [`Relay::restore`].
    pub fn refuse(&self) {
        self.shared.accepting.send_replace(false);
        self.cut();
    }

    /// Lets connections in again.
    pub fn restore(&self) {
        self.shared.accepting.send_replace(true);
    }

    /// Sends the browser something that the server never said.
    pub fn inject(&self, message: impl Into<Message>) {
        // An error means that no browser is connected.
        let _ = self.shared.injected.send(message.into());
    }

    /// From now on decides about every message by `rule`.
    pub fn tamper(&self, rule: impl FnMut(From, &str) -> Fate + Send + 'static) {
        *lock(&self.shared.rule) = Some(Box::new(rule));
    }

    /// From now on lets every message pass.
    pub fn leave_alone(&self) {
        *lock(&self.shared.rule) = None;
    }

    /// What the browser has sent so far, oldest first.
    pub fn from_browser(&self) -> Vec<String> {
        lock(&self.shared.from_browser).clone()
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.cut();
        self.task.abort();
    }
}

impl Shared {
    fn fate(&self, from: From, text: &str) -> Fate {
        lock(&self.rule).as_mut().map_or(Fate::Pass, |rule| rule(from, text))
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        if *shared.accepting.borrow() {
            let shared = shared.clone();
            // A connection that breaks is the business of the two ends.
            tokio::spawn(async move { relay(stream, &shared).await });
        }
    }
}

async fn relay(stream: TcpStream, shared: &Shared) -> std::result::Result<(), tungstenite::Error> {
    let mut cuts = shared.cuts.subscribe();
    let mut injected = shared.injected.subscribe();
    let mut request = shared.upstream.as_str().into_client_request()?;
    request.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static("sip"));
    let (mut server, _) = connect_async(request).await?;
    let mut browser = accept_hdr_async(stream, subprotocol_sip).await?;
    loop {
        tokio::select! {
            _ = cuts.changed() => return Ok(()),
            message = injected.recv() => match message {
                Ok(message) => browser.send(message).await?,
                Err(_) => return Ok(()),
            },
            message = browser.next() => {
                let Some(message) = message.transpose()? else { return Ok(()) };
                if let Message::Text(text) = &message {
                    lock(&shared.from_browser).push(text.to_string());
                }
                match decide(shared, From::Browser, message) {
                    Way::On(message) => server.send(message).await?,
                    Way::Back(message) => browser.send(message).await?,
                    Way::Nowhere => {}
                }
            }
            message = server.next() => {
                let Some(message) = message.transpose()? else { return Ok(()) };
                match decide(shared, From::Server, message) {
                    Way::On(message) => browser.send(message).await?,
                    Way::Back(message) => server.send(message).await?,
                    Way::Nowhere => {}
                }
            }
        }
    }
}

enum Way {
    On(Message),
    Back(Message),
    Nowhere,
}

fn decide(shared: &Shared, from: From, message: Message) -> Way {
    let Message::Text(text) = &message else { return Way::On(message) };
    match shared.fate(from, text) {
        Fate::Pass => Way::On(message),
        Fate::Replace(other) => Way::On(other.into()),
        Fate::Answer(reply) => Way::Back(reply.into()),
        Fate::Lose => Way::Nowhere,
    }
}

/// Agrees to the subprotocol that a browser asks for.
#[expect(clippy::result_large_err, reason = "the signature that the handshake's callback has")]
pub(crate) fn subprotocol_sip(
    request: &Request,
    mut response: Response,
) -> std::result::Result<Response, ErrorResponse> {
    if let Some(protocol) = request.headers().get(header::SEC_WEBSOCKET_PROTOCOL) {
        response.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, protocol.clone());
    }
    Ok(response)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hostile::{Nonsense, NotSip};
    use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

    type Browser = WebSocketStream<MaybeTlsStream<TcpStream>>;

    async fn connect(relay: &Relay) -> Option<Browser> {
        connect_async(relay.url()).await.ok().map(|(browser, _)| browser)
    }

    async fn hear(browser: &mut Browser) -> Option<String> {
        let message = browser.next().await?.ok()?;
        message.into_text().ok().map(|text| text.to_string())
    }

    #[tokio::test]
    async fn messages_pass_are_altered_and_are_invented() {
        let server = NotSip::start(Nonsense::Echo).await.unwrap();
        let relay = Relay::start(server.url()).await.unwrap();
        let mut browser = connect(&relay).await.unwrap();
        browser.send("one".into()).await.unwrap();
        assert_eq!(hear(&mut browser).await.as_deref(), Some("one"));
        relay.tamper(|from, text| match (from, text) {
            (From::Server, "two") => Fate::Replace("zwei".to_owned()),
            (From::Browser, "three") => Fate::Answer("no".to_owned()),
            (From::Browser, "four") => Fate::Lose,
            _ => Fate::Pass,
        });
        for word in ["two", "three", "four"] {
            browser.send(word.into()).await.unwrap();
        }
        let (first, second) = (hear(&mut browser).await, hear(&mut browser).await);
        let mut heard = [first.as_deref(), second.as_deref()];
        heard.sort();
        assert_eq!(heard, [Some("no"), Some("zwei")]);
        relay.leave_alone();
        relay.inject("boo");
        assert_eq!(hear(&mut browser).await.as_deref(), Some("boo"));
        assert_eq!(relay.from_browser(), ["one", "two", "three", "four"]);
    }

    #[tokio::test]
    async fn a_cut_line_ends_and_is_let_in_again_only_when_restored() {
        let server = NotSip::start(Nonsense::Echo).await.unwrap();
        let relay = Relay::start(server.url()).await.unwrap();
        let mut browser = connect(&relay).await.unwrap();
        relay.refuse();
        assert_eq!(hear(&mut browser).await, None);
        assert!(connect(&relay).await.is_none());
        relay.restore();
        assert!(connect(&relay).await.is_some());
    }
}
