//! Records and their types.

use serde::{Deserialize, Serialize};

use crate::{Fields, Id, Millis};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A text of up to 10,000 characters.
    Text,
    /// A phone number, of any sort: phone, mobile, fax, WhatsApp.
    Phone,
    /// A mail address.
    Email,
    /// One of the field's options.
    Choice,
    /// A day, `2026-11-21`.
    Date,
    /// An amount, `1250.00`.
    Money,
    /// Another record.
    Link,
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is stored.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// As a status: whether the record is over and done with (won, lost, closed).
    #[serde(default)]
    pub closed: bool,
}

/// A field of a record type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name in [`Fields`]: 1 to 40 of `a`-`z`, `0`-`9`, `_`.
    pub key: String,
    /// What is shown.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// The options of a choice; empty for other kinds.
    #[serde(default)]
    pub options: Vec<Choice>,
    /// The type of record that a link leads to; none for other kinds.
    #[serde(default)]
    pub target: Option<String>,
    /// Whether a record cannot be without it.
    #[serde(default)]
    pub required: bool,
}

/// A type of record. `lead`, `contact`, `account`, `deal` and `case` are always there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordType {
    /// Its name in addresses: 1 to 40 of `a`-`z`, `0`-`9`, `_`.
    pub key: String,
    /// One of it: "Contact".
    pub name: String,
    /// Many of it: "Contacts".
    pub plural: String,
    /// Its fields, in the order they are shown.
    pub fields: Vec<Field>,
    /// The fields that make a record's title, put together with blanks.
    pub title: Vec<String>,
    /// The choice that is its status.
    #[serde(default)]
    pub status: Option<String>,
}

impl RecordType {
    /// The field of that key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The field that is the status.
    pub fn status_field(&self) -> Option<&Field> {
        self.field(self.status.as_deref()?)
    }
}

/// A record in a few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordBrief {
    /// The record; the user, if the type is `user`.
    pub id: Id,
    /// The type's key, or `user`.
    #[serde(rename = "type")]
    pub record_type: String,
    /// What it is called.
    pub title: String,
    /// The value of its status.
    pub status: Option<String>,
}

/// A phone field of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Phone {
    /// The field's key.
    pub field: String,
    /// What was typed.
    pub typed: String,
    /// The number in E.164; none if it cannot be a number of its country.
    pub e164: Option<String>,
}

/// A link field of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Link {
    /// The field's key.
    pub field: String,
    /// Where it leads.
    pub record: RecordBrief,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Record {
    /// The record.
    pub id: Id,
    /// The type's key.
    #[serde(rename = "type")]
    pub record_type: String,
    /// What it is called.
    pub title: String,
    /// The value of its status field.
    pub status: Option<String>,
    /// All values.
    pub fields: Fields,
    /// The phone fields, with what was made of them.
    pub phones: Vec<Phone>,
    /// The link fields whose records exist.
    pub links: Vec<Link>,
    /// When it was made.
    pub created_at: Millis,
    /// When it last changed.
    pub updated_at: Millis,
}

/// Which records. They come newest change first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct RecordQuery {
    /// Of this type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub record_type: Option<String>,
    /// With a word that begins like each of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// With this status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// With a link to this record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linked_to: Option<Id>,
    /// As [`crate::PageQuery::cursor`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// As [`crate::PageQuery::limit`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Makes a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewRecord {
    /// As [`crate::note::NewNote::key`]. Without one, a request that is sent twice makes two records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The type's key.
    #[serde(rename = "type")]
    pub record_type: String,
    /// Its values.
    pub fields: Fields,
    /// The channel's id of a call that the record takes ([`crate::call::CallReport::call_id`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
}

/// Changes a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordChange {
    /// The values that change; an empty text clears a field. Fields that are not named stay.
    pub fields: Fields,
}
