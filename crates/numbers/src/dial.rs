use crate::format::{digits_of, home_of, international_digits, possible, valid_at_home};
use phonenumber::Mode;

/// An external number as it can be dialled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialled {
    /// The number in E.164, with its `+`.
    pub e164: String,
    /// The digits that call it inside of the country that was asked about; `None` if it belongs to another.
    pub national: Option<String>,
}

/// How a number is dialled, by the country (ISO 3166-1 alpha-2) that numbers without a country code belong to.
///
/// `None` if the text is no number, or an internal one: without `+` or an international prefix, and not valid in the
/// country.
///
/// ```
/// use ringdock_numbers::dialled;
/// let number = dialled("020 7946 0958", Some("GB")).unwrap();
/// assert_eq!(number.e164, "+442079460958");
/// assert_eq!(number.national.as_deref(), Some("02079460958"));
/// assert_eq!(dialled("600", Some("GB")), None);
/// ```
pub fn dialled(text: &str, country: Option<&str>) -> Option<Dialled> {
    let digits = digits_of(text)?;
    let home = home_of(country);
    let number = match international_digits(&digits, home) {
        Some(digits) => possible(digits)?,
        None => valid_at_home(&digits, home?)?,
    };
    let is_home = home.is_some_and(|home| home.country_code() == number.code().value());
    let national = is_home.then(|| {
        let written = number.format().mode(Mode::National).to_string();
        written.chars().filter(char::is_ascii_digit).collect()
    });
    Some(Dialled { e164: number.format().mode(Mode::E164).to_string(), national })
}
