//! Reads a record's values by its type's fields.

use std::collections::BTreeSet;

use ringdock_api::{
    Fields, Id, code,
    record::{Field, FieldKind, RecordType},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::{
    check,
    entity::{phone, record},
    error::{Error, Result},
    number::{self, Number},
    time,
};

const LONGEST_TEXT: usize = 10_000;
const LONGEST_TITLE: usize = 300;

/// So many words of a record can be searched for, each cut to so many characters.
const MOST_WORDS: usize = 100;
const LONGEST_WORD: usize = 40;

/// How a record's phone numbers are read.
pub struct Numbers<'a> {
    /// The phone fields as they are stored. What was typed there stays the number that it was, whoever edits the record.
    pub known: &'a [phone::Model],
    /// Whose national numbers the others are.
    pub country: &'a str,
}

impl Numbers<'_> {
    fn read(&self, field: &str, typed: &str) -> Number {
        match self.known.iter().find(|known| known.field == field && known.typed == typed) {
            Some(known) => Number { e164: known.e164.clone(), digits: known.digits.clone() },
            None => Number::read(typed, self.country),
        }
    }
}

/// What is stored of a record's values.
pub struct Values {
    pub title: String,
    pub status: Option<String>,
    pub closed: bool,
    pub fields: Fields,
    /// Field, what was typed, the number.
    pub phones: Vec<(String, String, Number)>,
    /// Field, where it leads.
    pub links: Vec<(String, Id)>,
    pub words: BTreeSet<String>,
}

impl Values {
    /// Checks `changed` and puts it over the values that are there. A value that does not change is not checked again: a
    /// record stays editable when its type changes, or when what it links to is deleted.
    pub async fn read(
        db: &impl ConnectionTrait,
        kind: &RecordType,
        old: &Fields,
        changed: &Fields,
        numbers: &Numbers<'_>,
    ) -> Result<Self> {
        let mut fields = old.clone();
        for (key, value) in &changed.0 {
            let place = format!("fields.{key}");
            let field = kind
                .field(key)
                .ok_or_else(|| Error::invalid(&place, "This type has no such field."))?;
            let value = value.trim();
            if !value.is_empty() && old.get(key) != Some(value) {
                check_value(db, &place, field, value).await?;
            }
            fields.set(key, value);
        }
        for field in kind.fields.iter().filter(|field| field.required) {
            if fields.get(&field.key).is_none() {
                return Err(Error::required(format!("fields.{}", field.key)));
            }
        }
        Ok(Self::derive(kind, fields, numbers))
    }

    /// What follows from the values.
    pub fn derive(kind: &RecordType, mut fields: Fields, numbers: &Numbers<'_>) -> Self {
        fields.0.retain(|(_, value)| !value.is_empty());
        let of_kind = |wanted: FieldKind| {
            let fields = &fields;
            kind.fields.iter().filter(move |field| field.kind == wanted).filter_map(move |field| {
                fields.get(&field.key).map(|value| (field.key.clone(), value.to_owned()))
            })
        };
        let phones: Vec<_> = of_kind(FieldKind::Phone)
            .map(|(key, typed)| {
                let number = numbers.read(&key, &typed);
                (key, typed, number)
            })
            .collect();
        let links = of_kind(FieldKind::Link)
            .filter_map(|(key, id)| Some((key, id.parse().ok()?)))
            .collect();
        let status_field = kind.status_field();
        let status = status_field.and_then(|field| fields.get(&field.key)).map(str::to_owned);
        let option = status_field
            .and_then(|field| field.options.iter().find(|o| Some(&o.value) == status.as_ref()));
        let closed = option.is_some_and(|option| option.closed);
        let parts: Vec<&str> = kind.title.iter().filter_map(|key| fields.get(key)).collect();
        let mut title = parts.join(" ");
        title.truncate(title.floor_char_boundary(LONGEST_TITLE));
        if title.is_empty() {
            title.clone_from(&kind.name);
        }
        let texts = [FieldKind::Text, FieldKind::Email].into_iter().flat_map(of_kind);
        let mut words: BTreeSet<String> =
            texts.flat_map(|(_, text)| words(&text).collect::<Vec<_>>()).take(MOST_WORDS).collect();
        for (.., number) in &phones {
            words.extend(number.e164.iter().map(|e164| e164.trim_start_matches('+').to_owned()));
            words.extend(Some(number.digits.clone()).filter(|digits| !digits.is_empty()));
        }
        Self { title, status, closed, fields, phones, links, words }
    }
}

/// The words of a text, in lower case.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(|part| part.chars().flat_map(char::to_lowercase).take(LONGEST_WORD).collect())
}

async fn check_value(
    db: &impl ConnectionTrait,
    place: &str,
    field: &Field,
    value: &str,
) -> Result<()> {
    match field.kind {
        FieldKind::Text => check::at_most(place, value, LONGEST_TEXT),
        // A number that cannot be one is kept as it was typed, and compared by its digits.
        FieldKind::Phone => check::at_most(place, value, number::LONGEST),
        FieldKind::Email => {
            check::at_most(place, value, 320)?;
            let parts =
                value.split_once('@').filter(|(name, host)| !name.is_empty() && !host.is_empty());
            let fits = parts.is_some() && !value.contains(char::is_whitespace);
            if fits { Ok(()) } else { Err(Error::invalid(place, "This is no mail address.")) }
        }
        FieldKind::Choice if field.options.iter().any(|option| option.value == value) => Ok(()),
        FieldKind::Choice => {
            let detail = format!("{} has no option of that value.", field.label);
            Err(Error::Invalid { field: place.to_owned(), code: code::UNKNOWN_OPTION, detail })
        }
        FieldKind::Date if time::is_date(value) => Ok(()),
        FieldKind::Date => Err(Error::invalid(place, "A date is written as 2026-11-21.")),
        FieldKind::Money if is_amount(value) => Ok(()),
        FieldKind::Money => Err(Error::invalid(place, "An amount is written as 1250 or 1250.00.")),
        FieldKind::Link => {
            let target = field.target.as_deref().unwrap_or_default();
            let wrong = || Error::invalid(place, format!("There is no {target} of that number."));
            let id: Id = value.parse().map_err(|_| wrong())?;
            let row = record::Entity::find_by_id(id)
                .filter(record::Column::DeletedAt.is_null())
                .one(db)
                .await?;
            row.filter(|row| row.kind == target).map(drop).ok_or_else(wrong)
        }
    }
}

/// Up to twelve digits, and up to two behind a point.
fn is_amount(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    (1..=12).contains(&whole.len())
        && (1..=2).contains(&part.len())
        && digits(whole)
        && digits(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_decimal_numbers() {
        for good in ["0", "1250", "1250.5", "-3.10", "999999999999.99"] {
            assert!(is_amount(good), "{good}");
        }
        for bad in ["", ".", "1.", ".5", "1,250", "1.234", "1e3", "--1", "1234567890123", "NaN"] {
            assert!(!is_amount(bad), "{bad}");
        }
    }

    #[test]
    fn words_are_what_is_between_the_others() {
        let found: Vec<String> = words("Müller-Lüdenscheidt, 020 (Ltd.)").collect();
        assert_eq!(found, ["müller", "lüdenscheidt", "020", "ltd"]);
    }
}
