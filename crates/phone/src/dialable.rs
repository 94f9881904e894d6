//! What can be dialled of a text that somebody typed or pasted.

use std::borrow::Cow;

/// More signs are dialled by nobody, and taken by no channel.
const LONGEST: usize = 64;

/// The number in `text` as it is dialled: digits, `*` and `#`, after a leading `+` if there is one.
/// `None` if the text is not a number.
///
/// What people and pages put around digits goes away: blanks of any kind, marks of writing
/// direction, brackets, dots, dashes, slashes, `tel:` with its parameters (RFC 3966, section 3), `%2B` for `+`,
/// `sip:` before a bare number, and the `(0)` that is not dialled after a country code. Full-width,
/// Arabic and Devanagari digits become `0`-`9`.
///
/// ```
/// use ringdock_phone::dialable;
/// assert_eq!(dialable(" tel:+44-20-7946-0958;ext=7").as_deref(), Some("+442079460958"));
/// assert_eq!(dialable("*97").as_deref(), Some("*97"));
/// assert_eq!(dialable("call me"), None);
/// ```
pub fn dialable(text: &str) -> Option<String> {
    let text = without_percents(text)?;
    let text = without_scheme(text.trim_matches(is_filler));
    let text = text.split_once(';').map_or(text, |(number, _parameters)| number);
    let mut number = String::with_capacity(text.len());
    for sign in without_trunk_zero(text).chars().filter(|sign| !is_filler(*sign)) {
        match sign {
            '+' | '\u{ff0b}' if number.is_empty() => number.push('+'),
            '*' | '#' => number.push(sign),
            '\u{ff0a}' => number.push('*'),
            '\u{ff03}' => number.push('#'),
            other => number.push(ascii_digit(other)?),
        }
    }
    let has_keys = !number.trim_start_matches('+').is_empty();
    (has_keys && number.len() <= LONGEST).then_some(number)
}

/// Links may write signs as `%2B` (RFC 3986, section 2.1). `None` if a `%` is anything else.
fn without_percents(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut plain = parts.next()?.to_owned();
    for part in parts {
        plain.push(u8::from_str_radix(part.get(..2)?, 16).ok()?.into());
        plain.push_str(part.get(2..)?);
    }
    Some(plain)
}

fn without_scheme(text: &str) -> &str {
    match text.split_once(':') {
        Some((scheme, number))
            if ["tel", "sip", "sips"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) =>
        {
            number
        }
        Some(_) | None => text,
    }
}

/// `+44 (0)20 …` names two ways to dial at once; after a `+` the bracketed zero is not dialled.
fn without_trunk_zero(text: &str) -> Cow<'_, str> {
    let zero = text.match_indices('(').map(|(at, _)| text.split_at(at));
    let zero = zero.filter_map(|(before, rest)| Some((before, rest.strip_prefix("(0)")?))).next();
    match zero {
        Some((before, after)) if text.trim_start_matches(is_filler).starts_with('+') => {
            Cow::Owned([before, after].concat())
        }
        _ => Cow::Borrowed(text),
    }
}

/// What is written between digits and means nothing to a telephone.
fn is_filler(sign: char) -> bool {
    sign.is_whitespace()
        || matches!(
            sign,
            '.' | '-' | '/' | '(' | ')' | '[' | ']'
            // Hyphens, dashes, the minus sign, the middle dot, full-width brackets and the like.
            | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{00ad}' | '\u{00b7}'
            | '\u{ff08}' | '\u{ff09}' | '\u{ff0d}' | '\u{ff0e}' | '\u{ff0f}'
            // Zero-width signs and marks of direction, which copying from a page brings along.
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

fn ascii_digit(sign: char) -> Option<char> {
    // Zeros of the scripts whose digits phones of the world are typed with: ASCII, Arabic-Indic,
    // Extended Arabic-Indic, Devanagari, full-width.
    let zeros = ['0', '\u{0660}', '\u{06f0}', '\u{0966}', '\u{ff10}'];
    zeros.iter().find_map(|zero| {
        let value = u32::from(sign).checked_sub(u32::from(*zero))?;
        char::from_digit(value, 10)
    })
}
