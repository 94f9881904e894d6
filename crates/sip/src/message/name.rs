//! Names of header fields.

/// A header field that this crate knows. [`Name::Other`] stands for all the rest, which survive
/// parsing and printing as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "a variant says no more than its name on the wire")]
pub enum Name {
    Accept,
    AlertInfo,
    Allow,
    AllowEvents,
    AuthenticationInfo,
    Authorization,
    CallId,
    CallInfo,
    Contact,
    ContentDisposition,
    ContentEncoding,
    ContentLength,
    ContentType,
    CSeq,
    Date,
    Diversion,
    Event,
    Expires,
    From,
    MaxForwards,
    MinExpires,
    MinSe,
    PAssertedIdentity,
    Path,
    PPreferredIdentity,
    Privacy,
    ProxyAuthenticate,
    ProxyAuthorization,
    ProxyRequire,
    RAck,
    Reason,
    RecordRoute,
    ReferredBy,
    ReferTo,
    RemotePartyId,
    Replaces,
    Require,
    RetryAfter,
    Route,
    RSeq,
    Server,
    ServiceRoute,
    SessionExpires,
    Subject,
    SubscriptionState,
    Supported,
    To,
    Unsupported,
    UserAgent,
    Via,
    Warning,
    WwwAuthenticate,
    Other,
}

/// Canonical spelling, compact form (0: none), name.
const KNOWN: [(&str, u8, Name); 52] = [
    ("Via", b'v', Name::Via),
    ("From", b'f', Name::From),
    ("To", b't', Name::To),
    ("Call-ID", b'i', Name::CallId),
    ("CSeq", 0, Name::CSeq),
    ("Max-Forwards", 0, Name::MaxForwards),
    ("Contact", b'm', Name::Contact),
    ("Content-Length", b'l', Name::ContentLength),
    ("Content-Type", b'c', Name::ContentType),
    ("Accept", 0, Name::Accept),
    ("Alert-Info", 0, Name::AlertInfo),
    ("Allow", 0, Name::Allow),
    ("Allow-Events", b'u', Name::AllowEvents),
    ("Authentication-Info", 0, Name::AuthenticationInfo),
    ("Authorization", 0, Name::Authorization),
    ("Call-Info", 0, Name::CallInfo),
    ("Content-Disposition", 0, Name::ContentDisposition),
    ("Content-Encoding", b'e', Name::ContentEncoding),
    ("Date", 0, Name::Date),
    ("Diversion", 0, Name::Diversion),
    ("Event", b'o', Name::Event),
    ("Expires", 0, Name::Expires),
    ("Min-Expires", 0, Name::MinExpires),
    ("Min-SE", 0, Name::MinSe),
    ("P-Asserted-Identity", 0, Name::PAssertedIdentity),
    ("P-Preferred-Identity", 0, Name::PPreferredIdentity),
    ("Path", 0, Name::Path),
    ("Privacy", 0, Name::Privacy),
    ("Proxy-Authenticate", 0, Name::ProxyAuthenticate),
    ("Proxy-Authorization", 0, Name::ProxyAuthorization),
    ("Proxy-Require", 0, Name::ProxyRequire),
    ("RAck", 0, Name::RAck),
    ("RSeq", 0, Name::RSeq),
    ("Reason", 0, Name::Reason),
    ("Record-Route", 0, Name::RecordRoute),
    ("Refer-To", b'r', Name::ReferTo),
    ("Referred-By", b'b', Name::ReferredBy),
    ("Remote-Party-ID", 0, Name::RemotePartyId),
    ("Replaces", 0, Name::Replaces),
    ("Require", 0, Name::Require),
    ("Retry-After", 0, Name::RetryAfter),
    ("Route", 0, Name::Route),
    ("Server", 0, Name::Server),
    ("Service-Route", 0, Name::ServiceRoute),
    ("Session-Expires", b'x', Name::SessionExpires),
    ("Subject", b's', Name::Subject),
    ("Subscription-State", 0, Name::SubscriptionState),
    ("Supported", b'k', Name::Supported),
    ("Unsupported", 0, Name::Unsupported),
    ("User-Agent", 0, Name::UserAgent),
    ("Warning", 0, Name::Warning),
    ("WWW-Authenticate", 0, Name::WwwAuthenticate),
];

impl Name {
    /// The name that is meant, in its long or compact form (RFC 3261, section 7.3.3), in any case.
    pub fn read(text: &[u8]) -> Name {
        let known = |(long, compact, _): &(&str, u8, Name)| match text {
            [letter] => *compact != 0 && letter.eq_ignore_ascii_case(compact),
            _ => long.as_bytes().eq_ignore_ascii_case(text),
        };
        KNOWN.iter().find(|row| known(row)).map_or(Name::Other, |(_, _, name)| *name)
    }

    /// The long form in its usual spelling; empty for [`Name::Other`].
    pub fn as_str(self) -> &'static str {
        KNOWN.iter().find(|(_, _, name)| *name == self).map_or("", |(long, _, _)| long)
    }
}
