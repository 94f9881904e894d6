//! Checks of single values. Each refusal names the field.

use ringdock_api::Millis;

use crate::{
    error::{Error, Result},
    time,
};

/// The longest name to sign in with, in bytes.
pub const LONGEST_LOGIN: usize = 64;

/// A name or title: something, and at most 200 bytes.
pub fn name(field: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::required(field));
    }
    at_most(field, text, 200)?;
    Ok(text.to_owned())
}

/// No longer than `most` bytes.
pub fn at_most(field: &str, text: &str, most: usize) -> Result<()> {
    if text.len() > most { Err(Error::too_long(field, most)) } else { Ok(()) }
}

/// A time between 1970 and 9999.
pub fn at(field: &str, at: Millis) -> Result<()> {
    let fits = (0..=time::LAST).contains(&at);
    if fits { Ok(()) } else { Err(Error::invalid(field, "A time is in milliseconds since 1970.")) }
}

/// A key made by a client: 8 to 64 of letters, digits, `-`, `_`.
pub fn client_key(field: &str, key: &str) -> Result<()> {
    let fits = (8..=64).contains(&key.len())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if fits {
        Ok(())
    } else {
        Err(Error::invalid(field, "This is 8 to 64 of A-Z, a-z, 0-9, - and _."))
    }
}

/// The key of a page, which may begin with its browser's and a `.`: 8 to 64 of letters, digits, `-`, `_`.
pub fn page_key(field: &str, key: &str) -> Result<()> {
    let (browser, page) = key.split_once('.').unwrap_or(("browser", key));
    let fits = !browser.is_empty() && !page.is_empty();
    if fits && client_key(field, &key.replacen('.', "-", 1)).is_ok() {
        Ok(())
    } else {
        Err(Error::invalid(
            field,
            "This is 8 to 64 of A-Z, a-z, 0-9, -, _ and at most one . inside.",
        ))
    }
}

/// A name inside the program: 1 to 40 of `a`-`z`, `0`-`9`, `_`.
pub fn slug(field: impl Into<String>, text: &str) -> Result<()> {
    let fits = (1..=40).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if fits { Ok(()) } else { Err(Error::invalid(field, "This is 1 to 40 of a-z, 0-9 and _.")) }
}

/// No `user:password@` in an address: it is shown to all who may see the address.
pub fn no_user(field: &str, url: &str) -> Result<()> {
    let names_user = reqwest::Url::parse(url)
        .is_ok_and(|url| !url.username().is_empty() || url.password().is_some());
    if names_user {
        let detail = "An address with a user and a password would show them to all who see it: leave them out, and check the signature of what is sent.";
        return Err(Error::invalid(field, detail));
    }
    Ok(())
}

/// An address of the web.
pub fn web_url(field: &str, url: &str) -> Result<()> {
    at_most(field, url, 2000)?;
    let parsed = reqwest::Url::parse(url).ok();
    let fits = parsed.is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if fits {
        Ok(())
    } else {
        Err(Error::invalid(field, "This is no https:// or http:// address."))
    }
}
