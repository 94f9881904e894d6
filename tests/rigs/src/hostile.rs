//! Servers that are not what they should be, and rules for a [`Relay`](crate::relay::Relay) that make a good
//! server misbehave.

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_tungstenite::accept_hdr_async;
use tokio_tungstenite::tungstenite::Message;

use crate::error::{Context, Result};
use crate::relay::{Fate, From, subprotocol_sip};

/// How a server misses the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nonsense {
    /// It is a web server: every request, WebSocket or not, is answered with a page.
    WebPage,
    /// It takes WebSockets, and answers every message with a piece of HTML.
    Html,
    /// It takes WebSockets, and sends every message back as it came.
    Echo,
    /// It takes WebSockets and never says anything.
    Silence,
}

/// A server that is not a SIP server. It ends with the value.
pub struct NotSip {
    port: u16,
    task: JoinHandle<()>,
}

impl NotSip {
    /// Starts it on a free port.
    ///
    /// # Errors
    /// No port could be opened.
    pub async fn start(nonsense: Nonsense) -> Result<NotSip> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("The server's port")?;
        let port = listener.local_addr().context("The server's own address")?.port();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, nonsense));
            }
        });
        Ok(NotSip { port, task })
    }

    /// Its `ws://` URL.
    pub fn url(&self) -> String {
        format!("ws://127.0.0.1:{}/ws", self.port)
    }
}

impl Drop for NotSip {
    fn drop(&mut self) {
        self.task.abort();
    }
}

const PAGE: &str = "<!doctype html><title>It works</title><h1>It works</h1>";

/// Serves until the connection ends, in whatever way it does.
async fn serve(mut stream: TcpStream, nonsense: Nonsense) {
    if nonsense == Nonsense::WebPage {
        let mut request = [0; 2048];
        let _ = stream.read(&mut request).await;
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\n\r\n",
            PAGE.len()
        );
        let _ = stream.write_all((head + PAGE).as_bytes()).await;
        return;
    }
    let Ok(mut socket) = accept_hdr_async(stream, subprotocol_sip).await else { return };
    while let Some(Ok(message)) = socket.next().await {
        let reply = match nonsense {
            Nonsense::WebPage | Nonsense::Silence => None,
            Nonsense::Html => Some(Message::text(PAGE)),
            Nonsense::Echo => message.is_text().then_some(message),
        };
        if let Some(reply) = reply
            && socket.send(reply).await.is_err()
        {
            return;
        }
    }
}

/// Takes the session description out of every 200 to an INVITE.
pub fn answer_without_description(from: From, message: &str) -> Fate {
    if !is_answer(from, message) {
        return Fate::Pass;
    }
    let kept = head(message).filter(|line| {
        let line = line.to_ascii_lowercase();
        !line.starts_with("content-type") && !line.starts_with("content-length")
    });
    Fate::Replace(join(kept) + "Content-Length: 0\r\n\r\n")
}

/// Puts a session description that no browser takes into every 200 to an INVITE: video without a transport.
pub fn answer_that_no_browser_takes(from: From, message: &str) -> Fate {
    if !is_answer(from, message) {
        return Fate::Pass;
    }
    let sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n\
               m=video 9 RTP/AVP 96\r\na=rtpmap:96 NOTHING/1\r\n";
    let kept =
        head(message).filter(|line| !line.to_ascii_lowercase().starts_with("content-length"));
    Fate::Replace(format!("{}Content-Length: {}\r\n\r\n{sdp}", join(kept), sdp.len()))
}

/// Answers every INVITE of the browser with a digest challenge of `realm` instead of letting it through.
pub fn challenge_from(realm: &'static str) -> impl FnMut(From, &str) -> Fate + Send {
    move |from, message| {
        if from != From::Browser || !message.starts_with("INVITE ") {
            return Fate::Pass;
        }
        let challenge = format!(
            "WWW-Authenticate: Digest realm=\"{realm}\", nonce=\"d41d8cd98f00b204\", algorithm=MD5, \
             qop=\"auth\"\r\n"
        );
        Fate::Answer(reply(message, "401 Unauthorized", &challenge))
    }
}

/// Refuses every INVITE of the browser inside a call, as a PBX that lets nobody change one.
pub fn refuse_changes(from: From, message: &str) -> Fate {
    let is_change = from == From::Browser
        && message.starts_with("INVITE ")
        && head(message).any(|line| line.starts_with("To:") && line.contains(";tag="));
    match is_change {
        true => Fate::Answer(reply(message, "488 Not Acceptable Here", "")),
        false => Fate::Pass,
    }
}

/// A response to a request, with `more` header lines.
fn reply(request: &str, status: &str, more: &str) -> String {
    let copied = head(request).skip(1).filter_map(|line| {
        let name = line.split(':').next().unwrap_or_default().trim().to_ascii_lowercase();
        match name.as_str() {
            "to" | "t" if !line.contains(";tag=") => Some(format!("{line};tag=elsewhere")),
            "to" | "t" | "via" | "v" | "from" | "f" | "call-id" | "i" | "cseq" => {
                Some(line.to_owned())
            }
            _ => None,
        }
    });
    format!("SIP/2.0 {status}\r\n{}{more}Content-Length: 0\r\n\r\n", join(copied))
}

/// Gives every caller this display name. It must hold neither `"` nor `\`.
pub fn caller_named(name: &'static str) -> impl FnMut(From, &str) -> Fate + Send {
    move |from, message| {
        if from != From::Server || !message.starts_with("INVITE ") {
            return Fate::Pass;
        }
        let Some((head, body)) = message.split_once("\r\n\r\n") else { return Fate::Pass };
        let renamed = head.split("\r\n").map(|line| {
            let address = line.find('<').and_then(|start| line.get(start..));
            match (line.split_once(':'), address) {
                (Some((header @ ("From" | "P-Asserted-Identity"), _)), Some(address)) => {
                    format!("{header}: \"{name}\" {address}")
                }
                _ => line.to_owned(),
            }
        });
        Fate::Replace(format!("{}\r\n{body}", join(renamed)))
    }
}

fn is_answer(from: From, message: &str) -> bool {
    from == From::Server
        && message.starts_with("SIP/2.0 200 ")
        && head(message).any(|line| line.starts_with("CSeq:") && line.ends_with("INVITE"))
}

fn head(message: &str) -> impl Iterator<Item = &str> {
    message.split("\r\n").take_while(|line| !line.is_empty())
}

fn join<T: AsRef<str>>(lines: impl Iterator<Item = T>) -> String {
    lines.map(|line| format!("{}\r\n", line.as_ref())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = "SIP/2.0 200 OK\r\nCSeq: 2 INVITE\r\nContent-Type: application/sdp\r\n\
                          Content-Length:  5\r\n\r\nv=0\r\n";

    #[test]
    fn an_answer_loses_its_description_and_other_messages_pass() {
        let expected = "SIP/2.0 200 OK\r\nCSeq: 2 INVITE\r\nContent-Length: 0\r\n\r\n";
        let fate = answer_without_description(From::Server, ANSWER);
        assert_eq!(fate, Fate::Replace(expected.to_owned()));
        let bye = ANSWER.replace("INVITE", "BYE");
        assert_eq!(answer_without_description(From::Server, &bye), Fate::Pass);
    }

    #[test]
    fn a_caller_is_renamed_and_its_address_kept() {
        let invite = "INVITE sip:1001@x SIP/2.0\r\nFrom: \"Dana\" <sip:1@x>;tag=a\r\n\r\nv=0\r\n";
        let expected = "INVITE sip:1001@x SIP/2.0\r\nFrom: \"<b>\" <sip:1@x>;tag=a\r\n\r\nv=0\r\n";
        assert_eq!(caller_named("<b>")(From::Server, invite), Fate::Replace(expected.to_owned()));
    }

    #[test]
    fn a_call_is_challenged_from_elsewhere() {
        let invite = "INVITE sip:600@x SIP/2.0\r\nVia: SIP/2.0/WS x;branch=z\r\nFrom: <sip:1@x>;tag=a\r\n\
                      To: <sip:600@x>\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\nMax-Forwards: 70\r\n\r\n";
        let Fate::Answer(reply) = challenge_from("bank.example")(From::Browser, invite) else {
            panic!("no challenge")
        };
        assert!(reply.starts_with("SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/WS x;branch=z\r\n"));
        assert!(reply.contains("To: <sip:600@x>;tag=elsewhere\r\n"), "{reply}");
        assert!(reply.contains("realm=\"bank.example\"") && !reply.contains("Max-Forwards"));
    }

    #[test]
    fn a_change_of_a_call_is_refused_and_its_beginning_passes() {
        let first = "INVITE sip:600@x SIP/2.0\r\nTo: <sip:600@x>\r\nCSeq: 1 INVITE\r\n\r\n";
        assert_eq!(refuse_changes(From::Browser, first), Fate::Pass);
        let change = first.replace("x>\r\n", "x>;tag=b\r\n");
        let expected = "SIP/2.0 488 Not Acceptable Here\r\nTo: <sip:600@x>;tag=b\r\nCSeq: 1 INVITE\r\n\
                        Content-Length: 0\r\n\r\n";
        assert_eq!(refuse_changes(From::Browser, &change), Fate::Answer(expected.to_owned()));
    }
}
