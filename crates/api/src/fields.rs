use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
    ser::SerializeMap,
};

/// The values of a record's fields by the fields' keys: a JSON object of texts, kept in order.
///
/// | kind of field | its text |
/// | --- | --- |
/// | text, email | itself |
/// | phone | what was typed |
/// | choice | the option's value |
/// | date | `2026-11-21` |
/// | money | a decimal number, `1250.00` |
/// | link | the other record's id |
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The value of that field; none if it is empty.
    pub fn get(&self, key: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(name, _)| name == key)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }

    /// Gives the field a value in place of the one it had.
    pub fn set(&mut self, key: &str, value: &str) {
        match self.0.iter_mut().find(|(name, _)| name == key) {
            Some(field) => value.clone_into(&mut field.1),
            None => self.0.push((key.to_owned(), value.to_owned())),
        }
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    fields.push(entry);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Texts)
    }
}

#[cfg(feature = "openapi")]
mod schema {
    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{
            ObjectBuilder, RefOr, Schema, Type,
            schema::{AdditionalProperties, SchemaType},
        },
    };

    impl PartialSchema for super::Fields {
        fn schema() -> RefOr<Schema> {
            let text = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).build();
            let any = AdditionalProperties::RefOr(RefOr::T(Schema::Object(text)));
            ObjectBuilder::new().additional_properties(Some(any)).into()
        }
    }

    impl ToSchema for super::Fields {}
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn fields_are_an_object_in_their_order() {
        let text = r#"{"phone":"020 7946 0958","city":""}"#;
        let mut fields: Fields = serde_json::from_str(text).unwrap();
        assert_eq!((fields.get("phone"), fields.get("city")), (Some("020 7946 0958"), None));
        assert_eq!(serde_json::to_string(&fields).unwrap(), text);
        fields.set("city", "Croydon");
        fields.set("mobile", "1");
        assert_eq!(fields.get("city"), Some("Croydon"));
        assert_eq!(fields.0.len(), 3);
    }

    #[test]
    fn a_value_that_is_no_text_is_refused() {
        assert!(serde_json::from_str::<Fields>(r#"{"a":1}"#).is_err());
    }
}
