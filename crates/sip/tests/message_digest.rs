//! Digest authentication, against the examples of the RFCs.
#![allow(clippy::expect_used, reason = "a failed expectation of a helper panics")]

use ringdock_sip::digest::{Algorithm, Challenge, Credentials, challenges, strongest};
use ringdock_sip::message::Method;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn method(name: &str) -> Method {
    Method::parse(name).expect("a token")
}

fn one(value: &str) -> Challenge {
    challenges(value.as_bytes()).into_iter().next().expect("a challenge")
}

fn field<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let pairs = answer.strip_prefix("Digest ")?.split(", ");
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

const MUFASA: Credentials<'_> = Credentials { username: "Mufasa", password: "Circle of Life" };

#[test]
fn rfc_7616_section_3_9_1() {
    let value = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256, \
        nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
    let cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    let sha = one(value);
    assert_eq!((sha.algorithm, sha.qop_auth, sha.stale), (Algorithm::Sha256, true, false));
    let answer = sha.answer(MUFASA, &method("GET"), "/dir/index.html", cnonce, 1);
    assert_eq!(
        answer,
        "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", \
        nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", uri=\"/dir/index.html\", \
        response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\", algorithm=SHA-256, \
        qop=auth, nc=00000001, cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", \
        opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
    );
    let md5 = one(&value.replace("SHA-256", "MD5"));
    let answer = md5.answer(MUFASA, &method("GET"), "/dir/index.html", cnonce, 1);
    assert_eq!(field(&answer, "response"), Some("\"8ca523f5e9506fed4657c9700eebdbec\""));
}

#[test]
fn rfc_2617_section_3_5() {
    let challenge = one("Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", \
        nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
    assert_eq!(challenge.algorithm, Algorithm::Md5);
    let who = Credentials { username: "Mufasa", password: "Circle Of Life" };
    let answer = challenge.answer(who, &method("GET"), "/dir/index.html", "0a4f113b", 1);
    assert_eq!(field(&answer, "response"), Some("\"6629fae49393a05397450978507c4ef1\""));
    assert_eq!(field(&answer, "nc"), Some("00000001"));
    let later = challenge.answer(who, &method("GET"), "/dir/index.html", "0a4f113b", 0x1f);
    assert_eq!(field(&later, "nc"), Some("0000001f"));
}

/// Without qop (RFC 2069); the value is computed by hand with `md5sum` from the formula of RFC 2617, section
/// 3.2.2.1.
#[test]
fn without_qop() {
    let challenge = one("Digest realm=\"asterisk\",nonce=\"343eb793\"");
    assert!(!challenge.qop_auth);
    let who = Credentials { username: "1001", password: "secret" };
    let answer = challenge.answer(who, &Method::Register, "sip:pbx.example", "c", 1);
    assert_eq!(field(&answer, "response"), Some("\"5948111e9c772c68c00d7aac07993e80\""));
    for name in ["qop", "nc", "cnonce", "opaque"] {
        assert_eq!(field(&answer, name), None);
    }
}

/// The values are computed by hand with `md5sum` and `sha256sum` from RFC 7616, section 3.4.2.
#[test]
fn session_variants() {
    for (algorithm, response) in [
        ("MD5-sess", "\"b51d0fc46f252a51c3a008a2d835a738\""),
        ("sha-256-SESS", "\"931cb88653d6bd29a69f75c733cb318c5ad1bd04a1e514d9ebf3154a0d52ba0f\""),
    ] {
        let challenge =
            one(&format!("Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm={algorithm}"));
        let who = Credentials { username: "u", password: "p" };
        let answer = challenge.answer(who, &Method::Invite, "sip:a", "c", 1);
        assert_eq!(field(&answer, "response"), Some(response));
    }
}

#[test]
fn sha_256_goes_before_md5_wherever_it_stands() {
    let value = b"Digest realm=\"a\", nonce=\"1\", algorithm=MD5, Basic realm=\"b\", \
        Digest realm=\"a\", nonce=\"2\", algorithm=SHA-256, stale=TRUE, Negotiate";
    let all = challenges(value);
    assert_eq!(
        all.iter().map(|challenge| challenge.algorithm).collect::<Vec<_>>(),
        [Algorithm::Md5, Algorithm::Sha256]
    );
    let best = strongest(all).unwrap();
    assert_eq!((best.nonce.as_str(), best.stale), ("2", true));
    assert_eq!(strongest(challenges(b"Digest realm=\"a\", nonce=\"1\"")).unwrap().nonce, "1");
    assert_eq!(strongest(Vec::new()), None);
}

#[test]
fn what_cannot_be_answered_is_left_out() {
    for value in [
        "",
        "Digest",
        "Basic realm=\"a\"",
        "Negotiate dG9rZW4=",
        "Digest realm=\"a\"",
        "Digest nonce=\"a\"",
        "Digest realm=\"a\", nonce=\"1\", algorithm=SHA-512-256",
        "Digest realm=\"a\", nonce=\"1\", algorithm=AKAv1-MD5",
        "Digest realm=\"a\", nonce=\"1\", qop=\"auth-int\"",
        "Digest realm=\"a\", nonce=\"1",
        "Digest realm=\"a\" nonce=\"1\"",
        "\"",
        ",,,",
    ] {
        assert_eq!(challenges(value.as_bytes()), Vec::new(), "{value}");
    }
    let next = challenges(
        b"Digest realm=\"a\", nonce=\"1\", algorithm=SHA-512, Digest realm=\"a\", nonce=\"2\"",
    );
    assert_eq!(next.len(), 1);
    assert_eq!(challenges(b"Negotiate, Digest realm=\"a\", nonce=\"1\"").len(), 1);
}

#[test]
fn what_stood_between_quotes_goes_back_as_it_was() {
    let challenge = one("Digest realm=\"a \\\"b\\\"\", nonce=\"\\\\\", opaque=\"\"");
    let who = Credentials { username: "a\"b\r\n", password: "p" };
    let answer = challenge.answer(who, &Method::Invite, "sip:a", "c", 1);
    assert!(
        answer.contains("username=\"a\\\"b  \", realm=\"a \\\"b\\\"\", nonce=\"\\\\\""),
        "{answer}"
    );
    assert_eq!(field(&answer, "opaque"), Some("\"\""));
}
