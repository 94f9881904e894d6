//! The header fields of a message: an index into its bytes, and typed values read on demand.

use std::fmt;
use std::ops::Range;

use super::scan::{Scanner, digits, lossy, trim};
use super::values::{item, seconds};
use super::{BadValue, Contacts, MediaType, Name, NameAddr, Reason, Via, Warning};

/// The header fields of a message in the order they came, with the bytes they stand in.
/// `==` compares names, values and the body, not the blanks between them.
#[derive(Clone)]
pub struct Headers {
    /// The whole message.
    pub(super) bytes: Box<[u8]>,
    pub(super) fields: Vec<Field>,
    pub(super) body: Range<usize>,
}

#[derive(Clone)]
pub(super) struct Field {
    pub(super) name: Name,
    pub(super) label: Range<usize>,
    pub(super) value: Range<usize>,
}

/// Names only: values hold numbers and credentials, and this goes to logs.
impl fmt::Debug for Headers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter().map(|(name, _)| lossy(name))).finish()
    }
}

impl PartialEq for Headers {
    fn eq(&self, other: &Headers) -> bool {
        self.body() == other.body() && self.iter().eq(other.iter())
    }
}

impl Eq for Headers {}

impl Headers {
    fn slice(&self, range: &Range<usize>) -> &[u8] {
        self.bytes.get(range.clone()).unwrap_or_default()
    }

    /// The body, byte for byte.
    pub fn body(&self) -> &[u8] {
        self.slice(&self.body)
    }

    /// Every field: the name as it came, and the value without the blanks around it. Folds are still inside.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.fields.iter().map(|field| (self.slice(&field.label), self.slice(&field.value)))
    }

    /// All values of one name, in their order.
    pub fn all(&self, name: Name) -> impl Iterator<Item = &[u8]> {
        self.fields
            .iter()
            .filter(move |field| field.name == name)
            .map(|field| self.slice(&field.value))
    }

    /// The first value of one name.
    pub fn get(&self, name: Name) -> Option<&[u8]> {
        self.all(name).next()
    }

    /// The first value of one name as text: folds become a space, what is not UTF-8 becomes U+FFFD.
    pub fn text(&self, name: Name) -> Option<String> {
        let mut text = String::new();
        for line in lossy(self.get(name)?)
            .split(['\r', '\n'])
            .map(str::trim)
            .filter(|line| !line.is_empty())
        {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(line);
        }
        Some(text)
    }

    /// The first value of a name that [`Name`] does not list, whatever its case.
    pub fn other(&self, name: &str) -> Option<&[u8]> {
        self.iter()
            .find(|(label, _)| label.eq_ignore_ascii_case(name.as_bytes()))
            .map(|(_, value)| value)
    }

    /// Reads every value of one name as a comma-separated list.
    pub(super) fn list<T>(
        &self,
        name: Name,
        read: fn(&mut Scanner<'_>) -> Result<T, BadValue>,
    ) -> Result<Vec<T>, BadValue> {
        let mut items = Vec::new();
        for value in self.all(name).filter(|value| !trim(value).is_empty()) {
            let mut scanner = Scanner::new(value);
            loop {
                items.push(read(&mut scanner)?);
                if !scanner.next_in_list()? {
                    break;
                }
            }
        }
        Ok(items)
    }

    /// All Via values, the topmost first.
    pub fn vias(&self) -> Result<Vec<Via>, BadValue> {
        self.list(Name::Via, Via::read)
    }

    /// All addresses of Route, Record-Route, P-Asserted-Identity, Remote-Party-ID, Diversion, ... in their
    /// order.
    pub fn addresses(&self, name: Name) -> Result<Vec<NameAddr>, BadValue> {
        self.list(name, NameAddr::read)
    }

    /// The Contact.
    pub fn contacts(&self) -> Result<Contacts, BadValue> {
        let mut values = self.all(Name::Contact);
        if let Some(b"*") = values.next() {
            return match values.next() {
                None => Ok(Contacts::All),
                Some(_) => Err(BadValue("an asterisk stands beside other contacts")),
            };
        }
        Ok(Contacts::List(self.addresses(Name::Contact)?))
    }

    /// The items of Allow, Supported, Require, Unsupported, Accept, ... without parameters. What cannot be
    /// read is left out.
    pub fn items(&self, name: Name) -> Vec<String> {
        let mut items = self.list(name, item).unwrap_or_default();
        items.retain(|item| !item.is_empty());
        items
    }

    /// Expires, Min-Expires, Retry-After, ... in seconds; `None` if absent or not a number. More than 2**32-1
    /// counts as that.
    pub fn seconds(&self, name: Name) -> Option<u32> {
        let value = self.get(name)?;
        // Retry-After may have a comment or parameters behind the number.
        let end = value.iter().position(|byte| b";( \t\r\n".contains(byte)).unwrap_or(value.len());
        seconds(value.get(..end)?)
    }

    /// Max-Forwards; `None` if absent, or above 255.
    pub fn max_forwards(&self) -> Option<u8> {
        digits(self.get(Name::MaxForwards)?).and_then(|hops| u8::try_from(hops).ok())
    }

    /// Whether Date is in GMT, if it is there (RFC 3261, section 20.17). The agent needs no Date, and turns nobody away
    /// for one that is none (RFC 4475, section 3.1.2.12).
    pub fn has_gmt_date(&self) -> bool {
        self.get(Name::Date).is_none_or(|date| date.ends_with(b" GMT"))
    }

    /// Content-Type; `None` if absent or not a media type.
    pub fn content_type(&self) -> Option<MediaType> {
        self.list(Name::ContentType, MediaType::read).ok()?.into_iter().next()
    }

    /// All Reason values (RFC 3326); none if they cannot be read.
    pub fn reasons(&self) -> Vec<Reason> {
        self.list(Name::Reason, Reason::read).unwrap_or_default()
    }

    /// All Warning values; none if they cannot be read.
    pub fn warnings(&self) -> Vec<Warning> {
        self.list(Name::Warning, Warning::read).unwrap_or_default()
    }
}
