//! SIP messages: read from bytes, and written (RFC 3261, sections 7, 19, 20 and 25).
//!
//! A message that was read keeps its bytes. The header fields are an index into them, and typed values are
//! read when somebody asks; only what every message must have (Via, From, To, Call-ID, CSeq) is read at
//! once. Bytes that are not UTF-8, header fields that nobody knows and bodies survive as they are.
//!
//! All input is hostile: reading takes time linear in its length, and lengths are bounded.

mod draft;
mod error;
mod escape;
mod framing;
mod headers;
mod host;
mod method;
mod name;
mod name_addr;
mod param;
mod parse;
mod refusal;
pub(crate) mod scan;
mod start_line;
mod status;
mod uri;
mod values;
mod via;

pub use draft::Draft;
pub use error::{BadMessage, BadValue};
pub use headers::Headers;
pub use method::{Method, OtherMethod};
pub use name::Name;
pub use name_addr::{Contacts, NameAddr};
pub use param::Params;
pub use refusal::Refusal;
pub use status::standard_phrase;
pub use uri::{Scheme, Uri};
pub use values::{CSeq, MediaType, Reason, Warning};
pub use via::Via;

/// A message that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// A request.
    Request(Request),
    /// A response.
    Response(Response),
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    method: Method,
    uri: Uri,
    headers: Headers,
    core: Core,
}

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    status: u16,
    phrase: Vec<u8>,
    headers: Headers,
    core: Core,
}

/// What every message has, read at once.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Core {
    via: Via,
    from: NameAddr,
    to: NameAddr,
    call_id: String,
    cseq: CSeq,
}

impl Message {
    /// Reads one WebSocket message (RFC 7118, section 5: exactly one SIP message). Line ends before it are
    /// skipped; a message of line ends alone is a keep-alive and must be told apart before.
    ///
    /// Errors say what status to answer a request with; whether it can be answered is
    /// [`BadMessage::answerable`].
    pub fn parse(bytes: &[u8]) -> Result<Message, BadMessage> {
        parse::message(bytes)
    }

    /// The message as it is sent. Reading it again gives the same message.
    pub fn to_bytes(&self) -> Vec<u8> {
        draft::print(self)
    }

    /// The header fields.
    pub fn headers(&self) -> &Headers {
        match self {
            Message::Request(request) => request.headers(),
            Message::Response(response) => response.headers(),
        }
    }
}

/// What requests and responses have in common.
macro_rules! core_accessors {
    ($type:ty) => {
        impl $type {
            /// All header fields.
            pub fn headers(&self) -> &Headers {
                &self.headers
            }

            /// The body, byte for byte.
            pub fn body(&self) -> &[u8] {
                self.headers.body()
            }

            /// The topmost Via.
            pub fn via(&self) -> &Via {
                &self.core.via
            }

            /// From.
            pub fn from(&self) -> &NameAddr {
                &self.core.from
            }

            /// To.
            pub fn to(&self) -> &NameAddr {
                &self.core.to
            }

            /// Call-ID.
            pub fn call_id(&self) -> &str {
                &self.core.call_id
            }

            /// CSeq.
            pub fn cseq(&self) -> &CSeq {
                &self.core.cseq
            }
        }
    };
}

core_accessors!(Request);
core_accessors!(Response);

impl Request {
    /// The method, which is also the one of the CSeq.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The Request-URI: `sip:`, `sips:` or `tel:`.
    pub fn uri(&self) -> &Uri {
        &self.uri
    }
}

impl Response {
    /// 100 to 699.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The reason phrase; what is not UTF-8 becomes U+FFFD.
    pub fn phrase(&self) -> String {
        scan::lossy(&self.phrase)
    }
}
