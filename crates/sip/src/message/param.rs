//! `;name=value` lists of header fields.

use super::BadValue;
use super::scan::{Scanner, is_token, push_quoted, text};

/// More parameters than any real header field has; a longer list is an attack on lookups.
pub(super) const MAX_PARAMS: usize = 64;

/// Header parameters in their order (`generic-param`, RFC 3261, section 25.1). Names are not case
/// sensitive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params(Vec<(String, Option<String>)>);

impl Params {
    /// The value of a parameter, without quotes and escapes; `Some("")` if it stands without a value.
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(value.as_deref().unwrap_or_default())
    }

    /// All parameters.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_deref()))
    }

    /// Sets a parameter; `None`: without a value. A name that is not a token is left out.
    pub fn set(&mut self, name: &str, value: Option<&str>) {
        self.remove(name);
        if !name.is_empty() && name.bytes().all(is_token) {
            self.0.push((name.to_owned(), value.map(str::to_owned)));
        }
    }

    /// Takes a parameter out.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }

    /// Reads `*( SEMI generic-param )`; stops before anything else.
    pub(crate) fn read(scanner: &mut Scanner<'_>) -> Result<Params, BadValue> {
        let mut params = Params::default();
        while scanner.eat(b';') {
            let name = scanner.token()?.to_owned();
            let value = if scanner.eat(b'=') { Some(value(scanner)?) } else { None };
            if params.0.len() == MAX_PARAMS {
                return Err(BadValue("there are too many parameters"));
            }
            params.0.push((name, value));
        }
        Ok(params)
    }

    /// Appends `;name=value` for each; what is not a plain value is quoted.
    pub(crate) fn print(&self, out: &mut String) {
        for (name, value) in &self.0 {
            out.push(';');
            out.push_str(name);
            if let Some(value) = value {
                out.push('=');
                push_value(out, value);
            }
        }
    }
}

fn push_value(out: &mut String, value: &str) {
    let plain = |byte| is_token(byte) || matches!(byte, b'[' | b']' | b':');
    if !value.is_empty() && value.bytes().all(plain) {
        out.push_str(value);
    } else {
        push_quoted(out, value);
    }
}

/// `token / host / quoted-string`, and what phones write without quotes all the same.
fn value(scanner: &mut Scanner<'_>) -> Result<String, BadValue> {
    if scanner.peek() == Some(b'"') {
        return scanner.quoted();
    }
    let plain = scanner.take_while(|byte| byte.is_ascii_graphic() && !b";,\"<>\\".contains(&byte));
    if plain.is_empty() {
        return Err(BadValue("a parameter has an equals sign and no value"));
    }
    Ok(text(plain).to_owned())
}
