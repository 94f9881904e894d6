//! Generated messages of all typed fields: what was written is read, and parse, print, parse is a fixed point.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "what is generated is made to be read")]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use ringdock_sip::digest::challenges;
use ringdock_sip::message::{
    CSeq, Contacts, Draft, Message, Method, Name, NameAddr, Params, Uri, Via,
};

/// The fields that hold a list of addresses.
const ADDRESS_LISTS: [Name; 6] = [
    Name::Contact,
    Name::Route,
    Name::RecordRoute,
    Name::PAssertedIdentity,
    Name::RemotePartyId,
    Name::Diversion,
];

/// The fields that hold a list of tokens.
const TOKEN_LISTS: [Name; 5] =
    [Name::Allow, Name::Supported, Name::Require, Name::ProxyRequire, Name::Unsupported];

/// The fields that hold a number of seconds.
const SECONDS: [Name; 3] = [Name::Expires, Name::MinExpires, Name::RetryAfter];

#[derive(Clone, Debug)]
struct Written {
    start: Start,
    vias: Vec<Via>,
    from: NameAddr,
    to: NameAddr,
    call_id: String,
    cseq: u32,
    addresses: Vec<Vec<NameAddr>>,
    tokens: Vec<Vec<String>>,
    seconds: Vec<u32>,
    max_forwards: u8,
    reasons: Vec<(String, u16, String)>,
    warnings: Vec<(u16, String)>,
    challenges: Vec<(String, String, bool)>,
    media_type: (String, String, Params),
    body: Vec<u8>,
    /// Values of one name stand in one field, or in a field each.
    in_one_field: bool,
    /// Each value begins on a line of its own.
    folded: bool,
}

#[derive(Clone, Debug)]
enum Start {
    Request(Method, Uri),
    Response(u16),
}

fn token() -> impl Strategy<Value = String> {
    "[A-Za-z0-9.!%*_+`'~-]{1,12}"
}

/// What can stand between quotes; control characters do not survive.
fn text() -> impl Strategy<Value = String> {
    "[ -~\u{e4}\u{43f}\u{5927}]{1,20}"
}

fn host() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9]{1,8}(\\.[a-z0-9-]{1,8}){0,2}",
        "\\[[0-9a-f]{1,4}::[0-9a-f]{1,4}(:[0-9a-f]{1,4})?\\]",
        "[1-9][0-9]?(\\.[1-9][0-9]?){3}",
    ]
}

fn params() -> impl Strategy<Value = Params> {
    let value = prop_oneof![token(), text(), host(), Just(String::new())];
    vec((token(), option::of(value)), 0..4).prop_map(|pairs| {
        let mut params = Params::default();
        for (name, value) in pairs {
            params.set(&name, value.as_deref());
        }
        params
    })
}

fn uri() -> impl Strategy<Value = Uri> {
    let user = "([a-zA-Z0-9_.!~*'()&=+$,;?/-]|%[0-9A-F]{2}){1,12}(:[a-z0-9&=+$,]{0,6})?@";
    let parts = (
        prop::sample::select(vec!["sip", "sips", "SIP"]),
        option::of(user),
        host(),
        option::of(1..u16::MAX),
        vec(("[a-z-]{1,8}", option::of("[a-z0-9:/+$-]{1,8}")), 0..3),
        vec("[a-z-]{1,8}=[a-z0-9:/+$-]{0,8}", 0..3),
    );
    let sip = parts.prop_map(|(scheme, user, host, port, params, headers)| {
        let mut text = format!("{scheme}:{}{host}", user.unwrap_or_default());
        if let Some(port) = port {
            text.push_str(&format!(":{port}"));
        }
        for (name, value) in params {
            text.push_str(&format!(";{name}"));
            if let Some(value) = value {
                text.push_str(&format!("={value}"));
            }
        }
        if !headers.is_empty() {
            text.push_str(&format!("?{}", headers.join("&")));
        }
        text
    });
    let tel = "tel:\\+?[0-9-]{0,5}[0-9](;[a-z]{1,5}=[a-z0-9.]{1,5})?";
    let other = "(urn|https|mailto):[a-z0-9/:@.?&=]{1,20}";
    prop_oneof![6 => sip, 1 => tel, 1 => other]
        .prop_map(|text| Uri::parse(&text).expect("made as an address"))
}

fn name_addr() -> impl Strategy<Value = NameAddr> {
    (option::of(text()), uri(), params()).prop_map(|(display_name, uri, params)| NameAddr {
        display_name,
        uri,
        params,
    })
}

fn via() -> impl Strategy<Value = Via> {
    (token(), host(), option::of(1..u16::MAX), params())
        .prop_map(|(transport, host, port, params)| Via { transport, host, port, params })
}

fn start() -> impl Strategy<Value = Start> {
    let method = prop_oneof![Just("INVITE".to_owned()), Just("ACK".to_owned()), token()];
    let request = (method, uri()).prop_filter_map("a request's address", |(method, uri)| {
        let method = Method::parse(&method).expect("a token");
        Some(Start::Request(method, uri.for_request_line()))
            .filter(|_| matches!(uri.as_str().get(..3), Some("sip" | "SIP" | "tel")))
    });
    prop_oneof![request, (100..700u16).prop_map(Start::Response)]
}

fn written() -> impl Strategy<Value = Written> {
    let core = (start(), vec(via(), 1..4), name_addr(), name_addr(), "[!-~]{1,20}", 0..1u32 << 31);
    let lists = (
        vec(vec(name_addr(), 0..3), ADDRESS_LISTS.len()),
        vec(vec(token(), 0..4), TOKEN_LISTS.len()),
        vec(any::<u32>(), SECONDS.len()),
        any::<u8>(),
    );
    let values = (
        vec((token(), any::<u16>(), text()), 0..3),
        vec((300..400u16, text()), 0..3),
        vec((text(), text(), any::<bool>()), 0..3),
        (token(), token(), params()),
    );
    let shape = (vec(any::<u8>(), 0..40), any::<bool>(), any::<bool>());
    (core, lists, values, shape).prop_map(|(core, lists, values, shape)| Written {
        start: core.0,
        vias: core.1,
        from: core.2,
        to: core.3,
        call_id: core.4,
        cseq: core.5,
        addresses: lists.0,
        tokens: lists.1,
        seconds: lists.2,
        max_forwards: lists.3,
        reasons: values.0,
        warnings: values.1,
        challenges: values.2,
        media_type: values.3,
        body: shape.0,
        in_one_field: shape.1,
        folded: shape.2,
    })
}

/// What stands between the quotes.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

impl Written {
    fn method(&self) -> Method {
        match &self.start {
            Start::Request(method, _) => method.clone(),
            Start::Response(_) => Method::Invite,
        }
    }

    fn list(&self, draft: &mut Draft, name: Name, values: Vec<String>) {
        if self.in_one_field && !values.is_empty() {
            draft.push(name, values.join(" , "));
        } else {
            values.iter().for_each(|value| draft.push(name, value));
        }
    }

    fn print(&self) -> Vec<u8> {
        let anybody = Uri::parse("sip:a").expect("an address");
        let (method, uri) = match &self.start {
            Start::Request(method, uri) => (method, uri),
            Start::Response(_) => (&Method::Invite, &anybody),
        };
        let mut draft = Draft::request(method, uri);
        let strings = |values: &[NameAddr]| values.iter().map(NameAddr::to_string).collect();
        self.list(&mut draft, Name::Via, self.vias.iter().map(Via::to_string).collect());
        draft.push(Name::From, self.from.to_string());
        draft.push(Name::To, self.to.to_string());
        draft.push(Name::CallId, &self.call_id);
        draft.push(Name::CSeq, CSeq { number: self.cseq, method: self.method() }.print());
        draft.push(Name::MaxForwards, self.max_forwards.to_string());
        for (name, values) in ADDRESS_LISTS.into_iter().zip(&self.addresses) {
            self.list(&mut draft, name, strings(values));
        }
        for (name, values) in TOKEN_LISTS.into_iter().zip(&self.tokens) {
            self.list(&mut draft, name, values.clone());
        }
        for (name, value) in SECONDS.into_iter().zip(&self.seconds) {
            draft.push(name, value.to_string());
        }
        let reasons = self.reasons.iter().map(|(protocol, cause, text)| {
            format!("{protocol} ;cause={cause};text={}", quoted(text))
        });
        self.list(&mut draft, Name::Reason, reasons.collect());
        let warnings = self
            .warnings
            .iter()
            .map(|(code, text)| format!("{code} pbx.example:5060 {}", quoted(text)));
        self.list(&mut draft, Name::Warning, warnings.collect());
        let asked = self.challenges.iter().map(|(realm, nonce, stale)| {
            format!("Digest realm={}, nonce={},stale={stale}", quoted(realm), quoted(nonce))
        });
        self.list(&mut draft, Name::WwwAuthenticate, asked.collect());
        let (kind, subtype, params) = &self.media_type;
        // What parameters look like is seen where an address prints them.
        let mut carrier = NameAddr::new(anybody.clone());
        carrier.params = params.clone();
        let params = carrier.to_string().replacen("<sip:a>", "", 1);
        let bytes =
            draft.with_body(&format!("{kind}/{subtype}{params}"), self.body.clone()).to_bytes();
        self.with_start_line_and_folds(&bytes)
    }

    fn with_start_line_and_folds(&self, bytes: &[u8]) -> Vec<u8> {
        let head = bytes.len() - self.body.len();
        let lines = String::from_utf8(bytes[..head].to_vec()).expect("made from text");
        let mut lines = lines.split("\r\n");
        let first = lines.next().unwrap_or_default();
        let mut text = match &self.start {
            Start::Request(..) => first.to_owned(),
            Start::Response(status) => format!("SIP/2.0 {status} Any phrase"),
        };
        for line in lines {
            let fold = if self.folded { ":\r\n\t " } else { ": " };
            text.push_str("\r\n");
            text.push_str(&line.replacen(": ", fold, 1));
        }
        [text.as_bytes(), &self.body].concat()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(written in written()) {
        let bytes = written.print();
        let message = match Message::parse(&bytes) {
            Ok(message) => message,
            Err(bad) => panic!("{bad}: {}", String::from_utf8_lossy(&bytes)),
        };
        let headers = message.headers();
        match (&written.start, &message) {
            (Start::Request(method, uri), Message::Request(request)) => {
                prop_assert_eq!((request.method(), request.uri()), (method, uri));
                prop_assert_eq!((request.from(), request.to()), (&written.from, &written.to));
                prop_assert_eq!(request.cseq().number, written.cseq);
                prop_assert_eq!(request.call_id(), &written.call_id);
            }
            (Start::Response(status), Message::Response(response)) => {
                prop_assert_eq!(response.status(), *status);
                prop_assert_eq!((response.from(), response.to()), (&written.from, &written.to));
                prop_assert_eq!(response.cseq().number, written.cseq);
                prop_assert_eq!(response.call_id(), &written.call_id);
            }
            (_, message) => prop_assert!(false, "read as {message:?}"),
        }
        prop_assert_eq!(headers.vias(), Ok(written.vias.clone()));
        prop_assert_eq!(headers.contacts(), Ok(Contacts::List(written.addresses[0].clone())));
        for (name, values) in ADDRESS_LISTS.into_iter().zip(&written.addresses) {
            prop_assert_eq!(headers.addresses(name), Ok(values.clone()));
        }
        for (name, values) in TOKEN_LISTS.into_iter().zip(&written.tokens) {
            prop_assert_eq!(&headers.items(name), values);
        }
        for (name, value) in SECONDS.into_iter().zip(&written.seconds) {
            prop_assert_eq!(headers.seconds(name), Some(*value));
        }
        prop_assert_eq!(headers.max_forwards(), Some(written.max_forwards));
        let reasons = headers.reasons().into_iter();
        let reasons = reasons.map(|reason| (reason.protocol, reason.cause.unwrap(), reason.text.unwrap()));
        prop_assert_eq!(reasons.collect::<Vec<_>>(), written.reasons);
        let warnings = headers.warnings().into_iter().map(|warning| (warning.code, warning.text));
        prop_assert_eq!(warnings.collect::<Vec<_>>(), written.warnings);
        let asked = headers.all(Name::WwwAuthenticate).flat_map(challenges);
        let asked = asked.map(|one| (one.realm, one.nonce, one.stale));
        // A challenge keeps what stood between the quotes as it stood there, to send it back so.
        let sent = written.challenges.iter();
        let sent = sent.map(|(realm, nonce, stale)| (escaped(realm), escaped(nonce), *stale));
        prop_assert_eq!(asked.collect::<Vec<_>>(), sent.collect::<Vec<_>>());
        let kind = headers.content_type().expect("a media type");
        let (main, subtype, params) = &written.media_type;
        prop_assert!(kind.is(&main.to_ascii_lowercase(), &subtype.to_ascii_lowercase()));
        prop_assert_eq!(&kind.params, params);
        prop_assert_eq!(headers.body(), &written.body);
    }

    #[test]
    fn parse_print_parse_is_a_fixed_point(written in written()) {
        let message = Message::parse(&written.print()).expect("in order");
        let printed = message.to_bytes();
        let again = Message::parse(&printed);
        prop_assert_eq!(again.as_ref(), Ok(&message));
        prop_assert_eq!(again.expect("the same").to_bytes(), printed);
    }
}
