//! Phone numbers: what was typed, put into E.164.

use phonenumber::{Mode, PhoneNumber, country::Id, metadata::DATABASE};

/// The longest text that can be a phone number, in bytes.
pub const LONGEST: usize = 64;

/// Fewer digits are an extension or a service code, and belong to no country.
const SHORTEST_NATIONAL: usize = 6;

/// A number to save or to search for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// `+442079460958`; none if it cannot be a number of its country.
    pub e164: Option<String>,
    /// The digits that were typed.
    pub digits: String,
}

impl Number {
    /// Reads what somebody typed. A national number is one of `country` (ISO 3166-1 alpha-2).
    pub fn read(typed: &str, country: &str) -> Self {
        let typed = without_extension(without_scheme(typed.trim()));
        let digits: String = typed
            .chars()
            .filter_map(|c| c.to_digit(10))
            .filter_map(|d| char::from_digit(d, 10))
            .collect();
        Self { e164: e164(typed, &digits, country), digits }
    }

    /// E.164 where it has it; else an extension or service code as it is, without blanks.
    pub fn canonical(typed: &str, country: &str) -> String {
        let kept = || {
            without_scheme(typed.trim())
                .chars()
                .filter(|c| !c.is_whitespace())
                .take(LONGEST)
                .collect()
        };
        Self::read(typed, country).e164.unwrap_or_else(kept)
    }
}

/// Whether a text can be nothing but a phone number, or a part of one of at least so many digits.
pub fn is_part(text: &str, shortest: usize) -> bool {
    text.chars().filter(char::is_ascii_digit).count() >= shortest
        && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+()-./".contains(c))
}

/// Whether what was typed begins with the code of a country: behind `+`, or behind `00`, which is written for it.
pub fn is_international(typed: &str) -> bool {
    let typed = without_scheme(typed.trim());
    typed.starts_with('+') || typed.starts_with("00")
}

/// The digits of all numbers that may begin like this: first as they were typed, then in E.164 if that is something else.
pub fn beginnings(typed: &str, country: &str) -> Vec<String> {
    let Number { e164, mut digits } = Number::read(typed, country);
    let mut others = Vec::new();
    if is_international(typed) {
        digits = digits.strip_prefix("00").map_or(digits.clone(), str::to_owned);
    } else {
        others.extend(international(&digits, country));
    }
    others.extend(e164.map(|e164| e164.trim_start_matches('+').to_owned()));
    let mut begins = vec![digits];
    for other in others {
        if !begins.contains(&other) {
            begins.push(other);
        }
    }
    begins
}

/// The beginning of a national number, as it is written for other countries.
fn international(digits: &str, country: &str) -> Option<String> {
    let home = DATABASE.by_id(country)?;
    let code = home.country_code().to_string();
    let national = match home.national_prefix() {
        Some(prefix) if digits.starts_with(prefix) => digits.strip_prefix(prefix)?,
        // Where it is the code as well (North America), most leave it out. Elsewhere this is no national number.
        Some(prefix) if prefix != code => return None,
        _ => digits,
    };
    (!national.is_empty()).then(|| code + national)
}

/// The number in an address as SIP writes it (RFC 3261, section 20.10): `"Leeds" <sip:+441134960200@pbx.example.com>`.
pub fn in_address(address: &str) -> &str {
    let uri = address.rsplit_once('<').map_or(address, |(_, uri)| uri);
    uri.split(['@', '>', ';']).next().unwrap_or_default()
}

/// `tel:` (RFC 3966) and `sip:` addresses are often pasted whole.
fn without_scheme(text: &str) -> &str {
    ["tel:", "sip:", "sips:"]
        .iter()
        .find_map(|scheme| {
            let head = text.get(..scheme.len())?;
            head.eq_ignore_ascii_case(scheme).then(|| text.get(scheme.len()..))?
        })
        .unwrap_or(text)
}

/// The text before an extension: `;ext=89` and other parameters (RFC 3966, section 3), `ext. 89`, `x89`. One that stands
/// alone is what somebody wants to call.
fn without_extension(text: &str) -> &str {
    let text = text.split_once(';').map_or(text, |(number, _)| number);
    let lower = text.to_ascii_lowercase();
    let cut = ["extension", "ext", "x"].iter().find_map(|word| {
        let (number, extension) = lower.rsplit_once(word)?;
        let rest = extension.trim_start_matches(['.', ':', ' ']);
        let is_extension = !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
        let is_behind = number.bytes().any(|b| b.is_ascii_digit());
        (is_extension && is_behind).then_some(number.len())
    });
    cut.and_then(|end| text.get(..end)).unwrap_or(text)
}

fn e164(typed: &str, digits: &str, country: &str) -> Option<String> {
    let international = typed.starts_with('+');
    if typed.len() > LONGEST || typed.contains(['*', '#']) || digits.len() > 17 {
        return None;
    }
    if !international && digits.len() < SHORTEST_NATIONAL {
        return None;
    }
    let home: Option<Id> = country.parse().ok();
    let number = if international {
        // Without a home country: its trunk prefix would be taken off foreign numbers.
        phonenumber::parse(None, format!("+{digits}"))
    } else {
        phonenumber::parse(home, digits)
    };
    let number = number.ok()?;
    has_length(&number).then(|| number.format().mode(Mode::E164).to_string())
}

/// Whether one of the countries of the number's code has numbers so long. Whether it is given to anybody is not asked:
/// new ranges come faster than tables.
fn has_length(number: &PhoneNumber) -> bool {
    let national = number.national();
    let length = national.to_string().len();
    DATABASE.by_code(&number.code().value()).into_iter().flatten().any(|country| {
        let kinds = country.descriptors();
        let kinds = [
            kinds.fixed_line(),
            kinds.mobile(),
            kinds.toll_free(),
            kinds.shared_cost(),
            kinds.premium_rate(),
            kinds.personal_number(),
            kinds.voip(),
            kinds.uan(),
        ];
        let mut lengths = kinds.into_iter().flatten().flat_map(|kind| kind.possible_length());
        lengths.any(|possible| usize::from(*possible) == length)
    })
}

/// Whether two letters name a country that has phone numbers.
pub fn is_country(country: &str) -> bool {
    country.len() == 2 && country.parse::<Id>().is_ok()
}

/// A number for the log: its first and its last two digits.
pub struct Redacted<'a>(pub &'a str);

impl std::fmt::Display for Redacted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let count = self.0.chars().count();
        if count <= 5 {
            return f.write_str("…");
        }
        let mut chars = self.0.chars();
        let head: String = chars.by_ref().take(2).collect();
        let tail: String = self.0.chars().skip(count - 2).collect();
        write!(f, "{head}…{tail}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_all_ways_of_writing_are_one() {
        for typed in [
            "+44 20 7946 0958",
            "020 7946 0958",
            "(020) 7946-0958",
            "00442079460958",
            "tel:+44-20-7946-0958",
        ] {
            assert_eq!(Number::read(typed, "GB").e164.as_deref(), Some("+442079460958"), "{typed}");
        }
        assert_eq!(Number::read("(202) 555-0123", "US").e164.as_deref(), Some("+12025550123"));
        assert_eq!(Number::read("+39 06 698 12345", "GB").e164.as_deref(), Some("+390669812345"));
        assert_eq!(Number::read("07700 900 123", "GB").e164.as_deref(), Some("+447700900123"));
        assert_eq!(Number::read("030 123456", "DE").e164.as_deref(), Some("+4930123456"));
    }

    #[test]
    fn an_extension_is_no_part_of_the_number() {
        for typed in [
            "+44 20 7946 0958 ext. 89",
            "+44 20 7946 0958 Ext 89",
            "020 7946 0958 x89",
            "020 7946 0958, extension: 89",
            "tel:+442079460958;ext=89",
            "+442079460958;ext=89;isub=1",
        ] {
            let number = Number::read(typed, "GB");
            assert_eq!(number.e164.as_deref(), Some("+442079460958"), "{typed}");
            assert!(!number.digits.ends_with("89"), "{typed}");
        }
        assert_eq!(Number::read("ext. 89", "GB").digits, "89");
        assert_eq!(Number::read("020 7946 0958 extra", "GB").digits, "02079460958");
    }

    #[test]
    fn what_is_no_number_keeps_its_digits() {
        for (typed, digits) in [
            ("1001", "1001"),
            ("*97", "97"),
            ("12 34 call me", "1234"),
            ("", ""),
            ("+999 123", "999123"),
        ] {
            assert_eq!(
                Number::read(typed, "GB"),
                Number { e164: None, digits: digits.to_owned() },
                "{typed}"
            );
        }
        assert_eq!(Number::canonical(" *97 ", "GB"), "*97");
        assert_eq!(Number::canonical("sip:1001", "GB"), "1001");
    }

    #[test]
    fn a_national_beginning_is_one_in_e164_as_well() {
        for (typed, country, begins) in [
            ("0770", "GB", vec!["0770", "44770"]),
            ("+44 7700", "GB", vec!["447700"]),
            ("0044 77", "GB", vec!["4477"]),
            ("7946", "GB", vec!["7946"]),
            ("020 7946 0958", "GB", vec!["02079460958", "442079460958"]),
            ("+44 (0)20 7946 0958", "GB", vec!["4402079460958", "442079460958"]),
            ("202-555", "US", vec!["202555", "1202555"]),
            ("1 202", "US", vec!["1202"]),
            ("06 698", "IT", vec!["06698", "3906698"]),
            ("0", "GB", vec!["0"]),
            ("077", "XX", vec!["077"]),
        ] {
            assert_eq!(beginnings(typed, country), begins, "{typed}");
        }
        assert!(is_part("+44 (0)77", 3) && !is_part("07", 3) && !is_part("*970", 3));
    }

    #[test]
    fn a_log_shows_no_whole_number() {
        assert_eq!(Redacted("+442079460958").to_string(), "+4…58");
        assert_eq!(Redacted("1001").to_string(), "…");
    }

    #[test]
    fn countries_have_two_letters() {
        assert!(is_country("GB") && is_country("US"));
        assert!(!is_country("XX") && !is_country("") && !is_country("GBR") && !is_country("é"));
    }
}
