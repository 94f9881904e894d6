//! Smaller header values.

use super::scan::{Scanner, digits, is_blank, lossy, text, trim};
use super::{BadValue, Method, Params};

/// The CSeq (RFC 3261, section 20.16).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CSeq {
    /// Below 2**31 (RFC 3261, section 8.1.1.5).
    pub number: u32,
    /// The method of the request.
    pub method: Method,
}

impl CSeq {
    /// Reads the value.
    pub fn parse(value: &[u8]) -> Result<CSeq, BadValue> {
        let mut scanner = Scanner::new(value);
        scanner.skip_blanks();
        let number = digits(scanner.take_while(|byte| byte.is_ascii_digit()));
        let number = match number.and_then(|number| u32::try_from(number).ok()) {
            Some(number) if number < 1 << 31 => number,
            _ => return Err(BadValue("the number is not below 2**31")),
        };
        if !scanner.peek().is_some_and(is_blank) {
            return Err(BadValue("the method is missing"));
        }
        scanner.skip_blanks();
        let method = Method::parse(scanner.token()?)?;
        scanner.skip_blanks();
        match scanner.is_done() {
            true => Ok(CSeq { number, method }),
            false => Err(BadValue("something stands behind the method")),
        }
    }

    /// The value as it is sent.
    pub fn print(&self) -> String {
        let mut out = String::new();
        super::scan::push_number(&mut out, self.number.into());
        out.push(' ');
        out.push_str(self.method.as_str());
        out
    }
}

/// A media type (RFC 3261, section 20.15).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaType {
    /// `application`, in lower case.
    pub kind: String,
    /// `sdp`, in lower case.
    pub subtype: String,
    /// `boundary` and the like.
    pub params: Params,
}

impl MediaType {
    /// Whether it is `kind/subtype`.
    pub fn is(&self, kind: &str, subtype: &str) -> bool {
        self.kind == kind && self.subtype == subtype
    }

    pub(crate) fn read(scanner: &mut Scanner<'_>) -> Result<MediaType, BadValue> {
        scanner.skip_blanks();
        let kind = scanner.token()?.to_ascii_lowercase();
        if !scanner.eat(b'/') {
            return Err(BadValue("the media type has no slash"));
        }
        let subtype = scanner.token()?.to_ascii_lowercase();
        Ok(MediaType { kind, subtype, params: Params::read(scanner)? })
    }
}

/// One value of a Reason (RFC 3326).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// `SIP`, `Q.850`, ...
    pub protocol: String,
    /// The status or cause code.
    pub cause: Option<u16>,
    /// The sentence.
    pub text: Option<String>,
}

impl Reason {
    pub(crate) fn read(scanner: &mut Scanner<'_>) -> Result<Reason, BadValue> {
        scanner.skip_blanks();
        let protocol = scanner.token()?.to_owned();
        let params = Params::read(scanner)?;
        let cause = params.get("cause").and_then(|cause| cause.parse().ok());
        Ok(Reason { protocol, cause, text: params.get("text").map(str::to_owned) })
    }
}

/// One value of a Warning (RFC 3261, section 20.43).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Three digits.
    pub code: u16,
    /// Who warns.
    pub agent: String,
    /// The sentence.
    pub text: String,
}

impl Warning {
    pub(crate) fn read(scanner: &mut Scanner<'_>) -> Result<Warning, BadValue> {
        scanner.skip_blanks();
        let code = match scanner.take_while(|byte| byte.is_ascii_digit()) {
            code @ [_, _, _] => {
                digits(code).and_then(|code| u16::try_from(code).ok()).unwrap_or_default()
            }
            _ => return Err(BadValue("the code does not have three digits")),
        };
        scanner.skip_blanks();
        let agent = lossy(scanner.take_while(|byte| !is_blank(byte) && byte != b'"'));
        scanner.skip_blanks();
        Ok(Warning { code, agent, text: scanner.quoted()? })
    }
}

/// Delta-seconds; what is above 2**32-1 counts as that, and what is not a number as nothing.
pub(super) fn seconds(value: &[u8]) -> Option<u32> {
    let value = trim(value);
    if value.is_empty() || !value.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let seconds = digits(value).unwrap_or(u64::MAX);
    Some(u32::try_from(seconds).unwrap_or(u32::MAX))
}

/// One item of a list of tokens; a media range and an event package are taken too.
pub(super) fn item(scanner: &mut Scanner<'_>) -> Result<String, BadValue> {
    scanner.skip_blanks();
    let item =
        text(scanner.take_while(|byte| byte.is_ascii_graphic() && byte != b',' && byte != b';'))
            .to_owned();
    Params::read(scanner)?;
    Ok(item)
}
