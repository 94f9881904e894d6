//! The types of record that every workspace begins with.

use ringdock_api::record::{Choice, Field, FieldKind, RecordType};

/// Their keys; they can be changed and not deleted.
pub const KEYS: [&str; 5] = ["contact", "lead", "account", "deal", "case"];

fn field(key: &str, label: &str, kind: FieldKind) -> Field {
    Field {
        key: key.to_owned(),
        label: label.to_owned(),
        kind,
        options: Vec::new(),
        target: None,
        required: false,
    }
}

fn required(field: Field) -> Field {
    Field { required: true, ..field }
}

fn link(key: &str, label: &str, target: &str) -> Field {
    Field { target: Some(target.to_owned()), ..field(key, label, FieldKind::Link) }
}

fn status(label: &str, open: &[&str], closed: &[&str]) -> Field {
    let option = |closed: bool| {
        move |label: &&str| Choice {
            value: label.to_ascii_lowercase().replace(' ', "_"),
            label: (*label).to_owned(),
            closed,
        }
    };
    let options = open.iter().map(option(false)).chain(closed.iter().map(option(true))).collect();
    Field { options, ..field("status", label, FieldKind::Choice) }
}

fn kind(key: &str, name: &str, plural: &str, title: &[&str], fields: Vec<Field>) -> RecordType {
    let status = fields.iter().any(|field| field.key == "status").then(|| "status".to_owned());
    let title = title.iter().map(|key| (*key).to_owned()).collect();
    RecordType {
        key: key.to_owned(),
        name: name.to_owned(),
        plural: plural.to_owned(),
        fields,
        title,
        status,
    }
}

/// Contact, lead, account, deal and case.
pub fn types() -> Vec<RecordType> {
    use FieldKind::{Date, Email, Money, Phone, Text};
    vec![
        kind(
            "contact",
            "Contact",
            "Contacts",
            &["first_name", "last_name"],
            vec![
                field("first_name", "First name", Text),
                required(field("last_name", "Last name", Text)),
                link("account", "Account", "account"),
                field("job", "Job title", Text),
                field("phone", "Phone", Phone),
                field("mobile", "Mobile", Phone),
                field("whatsapp", "WhatsApp", Phone),
                field("fax", "Fax", Phone),
                field("email", "Email", Email),
                status("Status", &["Active", "Call again"], &["Inactive"]),
            ],
        ),
        kind(
            "lead",
            "Lead",
            "Leads",
            &["first_name", "last_name"],
            vec![
                field("first_name", "First name", Text),
                required(field("last_name", "Last name", Text)),
                field("company", "Company", Text),
                field("phone", "Phone", Phone),
                field("mobile", "Mobile", Phone),
                field("email", "Email", Email),
                field("source", "Source", Text),
                status("Status", &["New", "Contacted", "Qualified"], &["Converted", "Lost"]),
            ],
        ),
        kind(
            "account",
            "Account",
            "Accounts",
            &["name"],
            vec![
                required(field("name", "Name", Text)),
                field("phone", "Phone", Phone),
                field("fax", "Fax", Phone),
                field("city", "City", Text),
                field("website", "Website", Text),
                status("Status", &["Prospect", "Customer"], &["Former customer"]),
            ],
        ),
        kind(
            "deal",
            "Deal",
            "Deals",
            &["name"],
            vec![
                required(field("name", "Name", Text)),
                link("account", "Account", "account"),
                link("contact", "Contact", "contact"),
                field("phone", "Phone", Phone),
                field("amount", "Amount", Money),
                field("closes_on", "Closes on", Date),
                status("Stage", &["New", "Proposal", "Negotiation"], &["Won", "Lost"]),
            ],
        ),
        kind(
            "case",
            "Case",
            "Cases",
            &["subject"],
            vec![
                required(field("subject", "Subject", Text)),
                link("account", "Account", "account"),
                link("contact", "Contact", "contact"),
                field("phone", "Phone", Phone),
                field("description", "Description", Text),
                status("Status", &["New", "In progress", "Waiting"], &["Solved", "Closed"]),
            ],
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_well_formed() {
        let types = types();
        assert!(types.iter().map(|kind| kind.key.as_str()).eq(KEYS));
        for kind in types {
            crate::records::types::check(&kind, &KEYS).unwrap();
        }
    }
}
