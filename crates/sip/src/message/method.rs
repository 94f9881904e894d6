//! What a request asks for.

use super::BadValue;
use super::scan::is_token;

/// A method (RFC 3261, section 7.1). Methods are case sensitive.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// RFC 3261, section 13.
    Invite,
    /// RFC 3261, section 13.
    Ack,
    /// RFC 3261, section 15.
    Bye,
    /// RFC 3261, section 9.
    Cancel,
    /// RFC 3261, section 10.
    Register,
    /// RFC 3261, section 11.
    Options,
    /// RFC 6086.
    Info,
    /// RFC 3428.
    Message,
    /// RFC 6665.
    Notify,
    /// RFC 3262.
    Prack,
    /// RFC 3903.
    Publish,
    /// RFC 3515.
    Refer,
    /// RFC 6665.
    Subscribe,
    /// RFC 3311.
    Update,
    /// Any other one.
    Other(OtherMethod),
}

/// A method without a name here; always a token.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OtherMethod(String);

const KNOWN: [Method; 14] = [
    Method::Invite,
    Method::Ack,
    Method::Bye,
    Method::Cancel,
    Method::Register,
    Method::Options,
    Method::Info,
    Method::Message,
    Method::Notify,
    Method::Prack,
    Method::Publish,
    Method::Refer,
    Method::Subscribe,
    Method::Update,
];

impl Method {
    /// Reads a method; an error if it is not a token.
    pub fn parse(text: &str) -> Result<Method, BadValue> {
        if let Some(method) = KNOWN.into_iter().find(|method| method.as_str() == text) {
            return Ok(method);
        }
        if text.is_empty() || !text.bytes().all(is_token) {
            return Err(BadValue("the method is not a token"));
        }
        Ok(Method::Other(OtherMethod(text.to_owned())))
    }

    /// The method as it is written on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Method::Invite => "INVITE",
            Method::Ack => "ACK",
            Method::Bye => "BYE",
            Method::Cancel => "CANCEL",
            Method::Register => "REGISTER",
            Method::Options => "OPTIONS",
            Method::Info => "INFO",
            Method::Message => "MESSAGE",
            Method::Notify => "NOTIFY",
            Method::Prack => "PRACK",
            Method::Publish => "PUBLISH",
            Method::Refer => "REFER",
            Method::Subscribe => "SUBSCRIBE",
            Method::Update => "UPDATE",
            Method::Other(OtherMethod(name)) => name,
        }
    }
}
