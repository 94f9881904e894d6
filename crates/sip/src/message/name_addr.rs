//! From, To, Contact, Route and their like.

use std::fmt;

use super::scan::{Scanner, is_blank, is_token, lossy, push_quoted, text, trim};
use super::{BadValue, Params, Uri};

/// An address with a display name and parameters (`name-addr` or `addr-spec`, RFC 3261, section 20.10).
/// `to_string` prints it as `"name" <uri>;params`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameAddr {
    /// The display name without quotes and escapes; anybody can write anything here.
    pub display_name: Option<String>,
    /// The address.
    pub uri: Uri,
    /// The header parameters, `tag` among them.
    pub params: Params,
}

/// What the Contact header fields of a message hold together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contacts {
    /// `*`: all bindings of the address of record (RFC 3261, section 10.2.2).
    All,
    /// Addresses in their order; none if there is no Contact.
    List(Vec<NameAddr>),
}

impl NameAddr {
    /// An address without a name and parameters.
    pub fn new(uri: Uri) -> NameAddr {
        NameAddr { display_name: None, uri, params: Params::default() }
    }

    /// The same with a display name.
    #[must_use]
    pub fn with_display_name(mut self, name: &str) -> NameAddr {
        self.display_name = Some(name.to_owned());
        self
    }

    /// The same with a header parameter.
    #[must_use]
    pub fn with_param(mut self, name: &str, value: Option<&str>) -> NameAddr {
        self.params.set(name, value);
        self
    }

    /// The dialog's tag (RFC 3261, section 19.3).
    pub fn tag(&self) -> Option<&str> {
        self.params.get("tag").filter(|tag| !tag.is_empty())
    }

    /// The `expires` of a Contact in seconds; `None` if absent or not a number. More than 2**32-1 is
    /// taken as that (RFC 4475, section 3.1.2.4).
    pub fn expires(&self) -> Option<u32> {
        super::values::seconds(self.params.get("expires")?.as_bytes())
    }

    /// Reads exactly one.
    pub fn parse(value: &[u8]) -> Result<NameAddr, BadValue> {
        let mut scanner = Scanner::new(value);
        let address = NameAddr::read(&mut scanner)?;
        match scanner.next_in_list()? {
            true => Err(BadValue("there is more than one address")),
            false => Ok(address),
        }
    }

    /// Reads one and its parameters; stops before a comma.
    pub(crate) fn read(scanner: &mut Scanner<'_>) -> Result<NameAddr, BadValue> {
        scanner.skip_blanks();
        let display_name = display_name(scanner)?;
        let uri = if scanner.eat(b'<') { bracketed(scanner)? } else { bare(scanner)? };
        Ok(NameAddr { display_name, uri, params: Params::read(scanner)? })
    }
}

fn display_name(scanner: &mut Scanner<'_>) -> Result<Option<String>, BadValue> {
    if scanner.peek() == Some(b'"') {
        let name = scanner.quoted()?;
        scanner.skip_blanks();
        if scanner.peek() != Some(b'<') {
            return Err(BadValue("no address in angle brackets stands behind the display name"));
        }
        return Ok(Some(name).filter(|name| !name.is_empty()));
    }
    // Tokens up to a bracket are a name; anything else is an address without brackets. Names beyond
    // ASCII should stand in quotes and often do not.
    let mut ahead = scanner.clone();
    let name = ahead.take_while(|byte| is_token(byte) || is_blank(byte) || byte >= 0x80);
    if ahead.peek() != Some(b'<') {
        return Ok(None);
    }
    *scanner = ahead;
    Ok(Some(lossy(trim(name))).filter(|name| !name.is_empty()))
}

/// The rest of `<addr-spec>`, which must not hold blanks (RFC 4475, section 3.1.2.14).
fn bracketed(scanner: &mut Scanner<'_>) -> Result<Uri, BadValue> {
    let uri = scanner.take_while(|byte| byte != b'>');
    if scanner.is_done() {
        return Err(BadValue("an angle bracket is not closed"));
    }
    scanner.skip(1);
    Uri::parse_bytes(uri)
}

/// An address without brackets: semicolons behind it begin header parameters, and it cannot hold a
/// question mark or a comma (RFC 3261, section 20.10).
fn bare(scanner: &mut Scanner<'_>) -> Result<Uri, BadValue> {
    let uri = scanner.take_while(|byte| !is_blank(byte) && !b";,<>\"".contains(&byte));
    if uri.contains(&b'?') {
        return Err(BadValue("an address with headers must stand in angle brackets"));
    }
    Uri::parse(text(uri))
}

impl fmt::Display for NameAddr {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        if let Some(name) = &self.display_name {
            push_quoted(&mut out, name);
            out.push(' ');
        }
        out.push('<');
        out.push_str(self.uri.as_str());
        out.push('>');
        self.params.print(&mut out);
        formatter.write_str(&out)
    }
}
