use phonenumber::country::Id;
use phonenumber::metadata::DATABASE;
use phonenumber::{Metadata, Mode, PhoneNumber};
use ringdock_phone::dialable;

/// The longest text that is looked at, in characters. The longest number (E.164) has 15 digits; the rest
/// is room for what people write between them.
const LONGEST_TEXT: usize = 64;

/// A number without a country code has at least so many digits. Fewer are an internal number, and to group
/// those as a subscriber's number would be a lie about who is called.
const SHORTEST_NATIONAL: usize = 6;

/// The longest number with its country code, in digits (ITU-T E.164, section 6).
const LONGEST_NUMBER: usize = 15;

/// What stands for the digits that are still missing from a number. Not every country's numbers go on with every digit.
const FILLERS: [&str; 5] = ["0", "2", "5", "7", "9"];

/// How many compiled patterns are kept. The countries that share the code 1 alone have more than the
/// library keeps by itself, and each number would compile them again.
const COMPILED_PATTERNS: usize = 500;

/// A number as its country writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// The number with the country's spaces, brackets and dashes. Its digits are those that were typed, in
    /// their order, so that what is shown is what is dialled; only the prefix of an international call
    /// (`00`, `011`) is shown as `+`.
    pub display: String,
    /// The country that the number belongs to, in two letters (ISO 3166-1 alpha-2). `None` if several
    /// countries share its code and the digits so far do not tell which, or if it belongs to no country.
    pub country: Option<String>,
}

/// Writes a number in the format of its country: the international format (ITU-T E.123) if the text begins
/// with `+` or an international prefix, the national format of `country` (ISO 3166-1 alpha-2) if not.
///
/// A part of a number is grouped as the whole will be. `None` if the text is no number, if no number begins so, if it may
/// be an internal one such as `600`, or if it is national and the country is not known.
///
/// ```
/// use ringdock_numbers::format;
/// let formatted = format("02079460958", Some("GB")).unwrap();
/// assert_eq!(formatted.display, "020 7946 0958");
/// assert_eq!(format("+442079", None).unwrap().display, "+44 20 79");
/// assert_eq!(format("600", Some("GB")), None);
/// ```
pub fn format(text: &str, country: Option<&str>) -> Option<Formatted> {
    let number = digits_of(text)?;
    let home = home_of(country);
    match international_digits(&number, home) {
        Some(digits) => international(digits),
        None => national(&number, home?),
    }
}

/// Unpacks the tables and compiles what every number needs, so that the first one does not wait for it.
pub fn warm_up() {
    if let Ok(mut patterns) = DATABASE.cache().lock() {
        patterns.set_capacity(COMPILED_PATTERNS);
    }
    let _ = phonenumber::parse(None, "+8001234567");
}

/// The digits of a text that could be a telephone number, behind a `+` if it has one.
pub(crate) fn digits_of(text: &str) -> Option<String> {
    if text.chars().nth(LONGEST_TEXT).is_some() {
        return None;
    }
    dialable(text).filter(|number| !number.contains(['*', '#']))
}

pub(crate) fn home_of(country: Option<&str>) -> Option<&'static Metadata> {
    DATABASE.by_id(country?.to_ascii_uppercase().as_str())
}

/// The digits from the country code on, if the number has one.
pub(crate) fn international_digits<'n>(
    number: &'n str,
    home: Option<&Metadata>,
) -> Option<&'n str> {
    let dialled_abroad = || {
        let prefix = home?.international_prefix()?.find(number)?;
        (prefix.start() == 0).then(|| &number[prefix.end()..])
    };
    // Most of the world writes `00` for `+`, also where another prefix is dialled. In a few of those
    // countries, such as Japan, a number of their own begins with it.
    let is_own = || home.is_some_and(|home| home.descriptors().general().is_match(number));
    let written_abroad = || number.strip_prefix("00").filter(|_| !is_own());
    number.strip_prefix('+').or_else(dialled_abroad).or_else(written_abroad)
}

/// The number behind a country code, if its country has numbers that long.
pub(crate) fn possible(digits: &str) -> Option<PhoneNumber> {
    // Without a default country: it would take the home country's trunk prefix off foreign numbers.
    let number = phonenumber::parse(None, format!("+{digits}")).ok()?;
    let countries = DATABASE.by_code(&number.code().value())?;
    countries.iter().any(|country| has_length(country, &number)).then_some(number)
}

fn international(digits: &str) -> Option<Formatted> {
    let number = completed(digits, possible)?;
    let whole = number.format().mode(Mode::International).to_string();
    let display = beginning(&whole, digits)?;
    // Of a part, the code alone tells, once it is there.
    let code = number.code().value().to_string();
    let country = match display == whole {
        true => country_of(&number),
        false => only_country(&number).filter(|_| digits.len() >= code.len()),
    };
    Some(Formatted { display, country })
}

/// The number, or the shortest valid one that begins with it: a part of a number is grouped as the whole will be.
fn completed(digits: &str, parse: impl Fn(&str) -> Option<PhoneNumber>) -> Option<PhoneNumber> {
    let given = parse(digits);
    if given.as_ref().is_some_and(PhoneNumber::is_valid) {
        return given;
    }
    let more = (1..=LONGEST_NUMBER.saturating_sub(digits.len()))
        .flat_map(|count| FILLERS.map(|filler| [digits, &filler.repeat(count)].concat()));
    more.filter_map(|digits| parse(&digits)).find(PhoneNumber::is_valid).or(given)
}

/// As much of `display` as holds these digits, if they are its first ones.
fn beginning(display: &str, digits: &str) -> Option<String> {
    let (last, _) = display
        .char_indices()
        .filter(|(_, sign)| sign.is_ascii_digit())
        .nth(digits.len().checked_sub(1)?)?;
    let shown = &display[..=last];
    has_digits(shown, digits).then(|| shown.to_owned())
}

/// The number without a country code, if the country has numbers that long.
fn possible_at_home(digits: &str, home: &Metadata) -> Option<PhoneNumber> {
    if digits.len() < SHORTEST_NATIONAL {
        return None;
    }
    let home_id: Id = home.id().parse().ok()?;
    phonenumber::parse(Some(home_id), digits).ok().filter(|number| has_length(home, number))
}

/// The same if the country's plan has such a number.
pub(crate) fn valid_at_home(digits: &str, home: &Metadata) -> Option<PhoneNumber> {
    let number = possible_at_home(digits, home)?;
    home.descriptors().general().is_match(&number.national().to_string()).then_some(number)
}

fn national(digits: &str, home: &Metadata) -> Option<Formatted> {
    // What does not begin as the country's numbers do at home may as well be a long internal one.
    let begins = home.national_prefix().is_some_and(|prefix| digits.starts_with(prefix));
    let number = match begins && digits.len() >= SHORTEST_NATIONAL {
        true => completed(digits, |digits| possible_at_home(digits, home))?,
        false => possible_at_home(digits, home)?,
    };
    let international = number.format().mode(Mode::International).to_string();
    let with_code = international.strip_prefix('+')?;
    let (_code, without_trunk_prefix) = with_code.split_once(' ')?;
    let national = number.format().mode(Mode::National).to_string();
    let ways = [national.as_str(), without_trunk_prefix, with_code];
    let display = ways.into_iter().find_map(|way| beginning(way, digits))?;
    Some(Formatted { display, country: country_of(&number).or_else(|| Some(home.id().to_owned())) })
}

fn has_digits(display: &str, digits: &str) -> bool {
    display.chars().filter(char::is_ascii_digit).eq(digits.chars())
}

/// Whether the country has numbers as long as this one.
fn has_length(country: &Metadata, number: &PhoneNumber) -> bool {
    let length = number.national().to_string().len();
    let kinds = country.descriptors();
    [
        kinds.fixed_line(),
        kinds.mobile(),
        kinds.toll_free(),
        kinds.shared_cost(),
        kinds.premium_rate(),
        kinds.personal_number(),
        kinds.voip(),
        kinds.uan(),
    ]
    .into_iter()
    .flatten()
    .any(|kind| kind.possible_length().iter().any(|possible| usize::from(*possible) == length))
}

/// The country of the number's code, if that is one's alone.
fn only_country(number: &PhoneNumber) -> Option<String> {
    let countries = DATABASE.region(&number.code().value())?;
    (countries.len() == 1).then(|| countries.first().map(ToString::to_string))?
}

fn country_of(number: &PhoneNumber) -> Option<String> {
    let country = number.country();
    let id = country.id().or_else(|| {
        // The library does not find the country of a number whose national part begins with 0 (Italy's
        // landlines); the first country of a code is its main one.
        let countries = DATABASE.region(&country.code())?;
        (countries.len() == 1 || number.is_valid()).then(|| countries.first()?.parse().ok())?
    });
    id.map(|id| id.as_ref().to_owned())
}
