//! Names for programs, made of names for people.

use ringdock_api::record::{Field, FieldKind};

/// The longest key, in characters.
const LONGEST: usize = 40;

/// A key made of `name`: `a`-`z`, `0`-`9`, `_`. It is empty if the name has no sign that can stand in one.
pub fn slug(name: &str) -> String {
    let sign = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    let joined: String = name.trim().chars().map(sign).collect();
    let parts: Vec<&str> = joined.split('_').filter(|part| !part.is_empty()).collect();
    parts.join("_").chars().take(LONGEST).collect()
}

/// A key made of `name`. A name in another script gets a number behind `stem`, the first from 2 that is not `taken`.
pub fn key_of(name: &str, stem: &str, taken: impl Fn(&str) -> bool) -> String {
    let key = slug(name);
    if !key.is_empty() {
        return key;
    }
    let mut numbered = (2_u32..).map(|number| [stem, "_", &number.to_string()].concat());
    numbered.find(|key| !taken(key)).unwrap_or_default()
}

/// The fields that make a record's title: those of before that are left; else the first text that each record has, or
/// whatever comes nearest to that.
pub fn title_fields(before: &[String], fields: &[Field]) -> Vec<String> {
    let is_left = |key: &&String| fields.iter().any(|field| field.key == **key);
    let left: Vec<String> = before.iter().filter(is_left).cloned().collect();
    if !left.is_empty() {
        return left;
    }
    let text = |field: &&Field| field.kind == FieldKind::Text;
    let best = fields.iter().find(|field| text(field) && field.required);
    let best = best.or_else(|| fields.iter().find(text)).or(fields.first());
    best.map(|field| field.key.clone()).into_iter().collect()
}

/// The field of the form that an error of the server's belongs to: nobody types a key, only what it is made of.
pub fn control_of(field: &str) -> String {
    if field == "key" {
        return "name".to_owned();
    }
    match field.split('.').collect::<Vec<_>>().as_slice() {
        ["fields", at, "key"] => ["fields.", at, ".label"].concat(),
        ["fields", at, "options", ..] => ["fields.", at, ".options"].concat(),
        _ => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use ringdock_api::record::{Field, FieldKind};

    use super::{control_of, key_of, slug, title_fields};

    #[test]
    fn a_key_is_made_of_a_name() {
        assert_eq!(slug("  Renewal date (UK) "), "renewal_date_uk");
        assert_eq!(slug("Größe"), "gr_e");
    }

    #[test]
    fn a_name_in_another_script_has_a_key_all_the_same() {
        let taken = ["type_2", "type_3"];
        assert_eq!(key_of("Клиент", "type", |key| taken.contains(&key)), "type_4");
        assert_eq!(key_of("Клиент 7", "type", |key| taken.contains(&key)), "7");
    }

    #[test]
    fn a_title_is_made_of_what_is_left_of_it() {
        let field = |key: &str, kind, required| Field {
            key: key.to_owned(),
            label: key.to_owned(),
            kind,
            options: Vec::new(),
            target: None,
            required,
        };
        let fields = [
            field("since", FieldKind::Date, true),
            field("remark", FieldKind::Text, false),
            field("company", FieldKind::Text, true),
        ];
        let title = |before: &[&str], fields: &[Field]| {
            let before: Vec<String> = before.iter().map(|&key| key.to_owned()).collect();
            title_fields(&before, fields)
        };
        assert_eq!(title(&["since", "gone"], &fields), ["since"]);
        assert_eq!(title(&["name"], &fields), ["company"]);
        assert_eq!(title(&["name"], &fields[..2]), ["remark"]);
        assert_eq!(title(&["name"], &fields[..1]), ["since"]);
    }

    #[test]
    fn each_error_has_a_control() {
        assert_eq!(control_of("key"), "name");
        assert_eq!(control_of("fields.3.key"), "fields.3.label");
        assert_eq!(control_of("fields.3.target"), "fields.3.target");
        assert_eq!(control_of("fields.3.options.1.value"), "fields.3.options");
        assert_eq!(control_of("plural"), "plural");
    }
}
