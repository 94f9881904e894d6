//! Whatever is typed, the worker lives on.

use phonenumber::metadata::DATABASE;
use ringdock_numbers::{format, warm_up};
use ringdock_phone::dialable;

/// Marsaglia's xorshift: the same texts in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn text(&mut self, signs: &[char], longest: usize) -> String {
        (0..self.below(longest)).map(|_| signs[self.below(signs.len())]).collect()
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Checks what holds for every number: the digits that are shown are those that are dialled.
fn check(text: &str, country: &str) {
    let Some(formatted) = format(text, Some(country)) else { return };
    let dialled = digits(&dialable(text).unwrap_or_default());
    let shown = digits(&formatted.display);
    let only_prefix_lost = formatted.display.starts_with('+') && dialled.ends_with(&shown);
    assert!(
        shown == dialled || only_prefix_lost,
        "{text:?} typed in {country} is shown as {formatted:?}"
    );
}

#[test]
fn digits_in_every_country() {
    warm_up();
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let figures: Vec<char> = ('0'..='9').collect();
    for country in DATABASE.iter() {
        let code = country.country_code();
        let trunk = country.national_prefix().unwrap_or_default();
        for _ in 0..5 {
            let number = random.text(&figures, 18);
            for text in
                [format!("+{code}{number}"), format!("{trunk}{number}"), format!("{code}{number}")]
            {
                check(&text, country.id());
            }
        }
    }
}

#[test]
fn every_beginning_of_every_countrys_example() {
    warm_up();
    for country in DATABASE.iter() {
        let kinds = country.descriptors();
        let trunk = country.national_prefix().unwrap_or_default();
        for example in [kinds.fixed_line(), kinds.mobile()]
            .into_iter()
            .flatten()
            .filter_map(|kind| kind.example())
        {
            let (international, national) =
                (format!("+{}{example}", country.country_code()), format!("{trunk}{example}"));
            assert!(format(&international, None).is_some(), "{international}");
            for text in [international, national] {
                (1..=text.len()).for_each(|end| check(&text[..end], country.id()));
            }
        }
    }
}

#[test]
fn signs_of_every_kind() {
    warm_up();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let signs: Vec<char> =
        "0123456789+*#()[]-./;:=, \t\u{a0}\u{200f}extTEL\u{ff0b}\u{ff10}\u{661}\u{301}é☎𝟘"
            .chars()
            .collect();
    for _ in 0..3000 {
        let text = random.text(&signs, 70);
        for country in ["GB", "US", "AR", "BR", "JP"] {
            check(&text, country);
        }
    }
}
