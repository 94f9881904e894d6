//! What the demo company is made of. Its numbers are of ranges that are set aside for fiction.

use std::cmp::Reverse;

use ringdock_api::{
    Id, Millis,
    call::{Channel, Direction, Outcome},
};

use crate::{
    calls::facts::{Facts, Said, Source},
    time::{HOUR, SECOND},
};

/// Login, name, role, phone. Lines are given in this order.
pub const USERS: [(&str, &str, &str, &str); 3] = [
    ("anna", "Anna Moor", "Agent", "020 7946 0101"),
    ("ben", "Ben Okoro", "Agent", "020 7946 0102"),
    ("admin", "Chloe Laurent", "Administrator", "020 7946 0103"),
];

/// Type and fields. `@` leads to the record of that title.
pub const RECORDS: &[(&str, &[(&str, &str)])] = &[
    (
        "account",
        &[
            ("name", "Smile Dental Croydon"),
            ("phone", "020 7946 0958"),
            ("city", "Croydon"),
            ("website", "smile-croydon.example"),
            ("status", "customer"),
        ],
    ),
    (
        "account",
        &[
            ("name", "Northgate Orthodontics"),
            ("phone", "0113 496 0321"),
            ("city", "Leeds"),
            ("status", "customer"),
        ],
    ),
    (
        "account",
        &[
            ("name", "Riverside Clinic"),
            ("phone", "029 2018 0456"),
            ("city", "Cardiff"),
            ("status", "prospect"),
        ],
    ),
    (
        "account",
        &[
            ("name", "Bright Kids Dentistry"),
            ("phone", "0117 496 0777"),
            ("city", "Bristol"),
            ("status", "customer"),
        ],
    ),
    (
        "contact",
        &[
            ("first_name", "Dana"),
            ("last_name", "Field"),
            ("account", "@Smile Dental Croydon"),
            ("job", "Practice manager"),
            ("phone", "+1 202 555 0123"),
            ("mobile", "07700 900 123"),
            ("email", "dana.field@smile-croydon.example"),
            ("status", "active"),
        ],
    ),
    (
        "contact",
        &[
            ("first_name", "Omar"),
            ("last_name", "Haddad"),
            ("account", "@Smile Dental Croydon"),
            ("job", "Dentist"),
            ("phone", "020 7946 0958"),
            ("mobile", "07700 900 456"),
            ("status", "active"),
        ],
    ),
    (
        "contact",
        &[
            ("first_name", "Grace"),
            ("last_name", "Whitlock"),
            ("account", "@Northgate Orthodontics"),
            ("job", "Head of purchasing"),
            ("phone", "0113 496 0322"),
            ("whatsapp", "07700 900 789"),
            ("status", "active"),
        ],
    ),
    (
        "contact",
        &[
            ("first_name", "Piotr"),
            ("last_name", "Zielinski"),
            ("account", "@Bright Kids Dentistry"),
            ("job", "Owner"),
            ("mobile", "07700 900 321"),
            ("fax", "0117 496 0778"),
            ("status", "call_again"),
        ],
    ),
    (
        "contact",
        &[
            ("first_name", "Mei"),
            ("last_name", "Tan"),
            ("account", "@Riverside Clinic"),
            ("job", "Reception"),
            ("phone", "029 2018 0457"),
            ("status", "active"),
        ],
    ),
    (
        "lead",
        &[
            ("first_name", "Harriet"),
            ("last_name", "Cole"),
            ("company", "Cole & Partners"),
            ("phone", "0121 496 0654"),
            ("source", "Trade fair"),
            ("status", "new"),
        ],
    ),
    (
        "lead",
        &[
            ("first_name", "Samuel"),
            ("last_name", "Adeyemi"),
            ("company", "Adeyemi Dental Lab"),
            ("mobile", "07700 900 654"),
            ("email", "samuel@adeyemi-lab.example"),
            ("source", "Website"),
            ("status", "contacted"),
        ],
    ),
    (
        "lead",
        &[
            ("first_name", "Lucy"),
            ("last_name", "Brand"),
            ("company", "Brand Implants"),
            ("phone", "0161 496 0987"),
            ("source", "Recommendation"),
            ("status", "qualified"),
        ],
    ),
    (
        "deal",
        &[
            ("name", "Chair refit, three rooms"),
            ("account", "@Smile Dental Croydon"),
            ("contact", "@Dana Field"),
            ("phone", "020 7946 0958"),
            ("amount", "18400.00"),
            ("closes_on", "2027-01-29"),
            ("status", "negotiation"),
        ],
    ),
    (
        "deal",
        &[
            ("name", "Yearly supplies"),
            ("account", "@Northgate Orthodontics"),
            ("contact", "@Grace Whitlock"),
            ("phone", "0113 496 0322"),
            ("amount", "9600.00"),
            ("closes_on", "2026-12-18"),
            ("status", "proposal"),
        ],
    ),
    (
        "deal",
        &[
            ("name", "X-ray sensors"),
            ("account", "@Bright Kids Dentistry"),
            ("contact", "@Piotr Zielinski"),
            ("amount", "7250.00"),
            ("status", "new"),
        ],
    ),
    (
        "deal",
        &[
            ("name", "Starter set"),
            ("account", "@Smile Dental Croydon"),
            ("contact", "@Omar Haddad"),
            ("amount", "1200.00"),
            ("status", "won"),
        ],
    ),
    (
        "case",
        &[
            ("subject", "Compressor is loud"),
            ("account", "@Smile Dental Croydon"),
            ("contact", "@Dana Field"),
            ("phone", "07700 900 123"),
            ("description", "Since the service in October, above 70 dB."),
            ("status", "in_progress"),
        ],
    ),
    (
        "case",
        &[
            ("subject", "Invoice is missing"),
            ("account", "@Northgate Orthodontics"),
            ("contact", "@Grace Whitlock"),
            ("phone", "0113 496 0322"),
            ("status", "new"),
        ],
    ),
    (
        "case",
        &[
            ("subject", "Wrong size of gloves"),
            ("account", "@Bright Kids Dentistry"),
            ("contact", "@Piotr Zielinski"),
            ("status", "solved"),
        ],
    ),
];

/// Title, text, author, hours ago.
pub const NOTES: &[(&str, &str, &str, i64)] = &[
    (
        "Dana Field",
        "Prefers calls before ten. Wants the refit done over the spring holidays.",
        "anna",
        170,
    ),
    ("Smile Dental Croydon", "Two new treatment rooms are planned for next year.", "ben", 400),
    ("Grace Whitlock", "Asked for a framework price from 200 boxes on.", "anna", 60),
    (
        "Samuel Adeyemi",
        "Met through the website's form; is looking for a second supplier.",
        "ben",
        30,
    ),
    ("Chair refit, three rooms", "Sent the second offer, with the lamps.", "anna", 26),
];

/// Title, what to do, in how many days.
pub const TASKS: &[(&str, &str, i64)] = &[
    ("Dana Field", "Send the colour chart", 2),
    ("Grace Whitlock", "Ask about the order for December", 1),
    ("Lucy Brand", "Arrange a visit", 5),
];

/// Title, why.
pub const CALL_BACKS: &[(&str, &str)] =
    &[("Harriet Cole", "Filled in the form on the website and asked for a price list.")];

/// A call of the past.
pub struct Call {
    /// The agent's login.
    pub agent: &'static str,
    /// Whether the customer called.
    pub incoming: bool,
    /// The customer's number.
    pub number: &'static str,
    /// How many hours ago.
    pub ago: i64,
    /// How many seconds of talk; 0 for a call that was not answered.
    pub talk: i64,
    /// How it ended, if it was not answered.
    pub outcome: Outcome,
    /// What the agent wrote.
    pub note: Option<&'static str>,
}

const fn talked(
    agent: &'static str,
    incoming: bool,
    number: &'static str,
    ago: i64,
    talk: i64,
    note: &'static str,
) -> Call {
    let note = if note.is_empty() { None } else { Some(note) };
    Call { agent, incoming, number, ago, talk, outcome: Outcome::Answered, note }
}

const fn missed(
    agent: &'static str,
    incoming: bool,
    number: &'static str,
    ago: i64,
    outcome: Outcome,
) -> Call {
    Call { agent, incoming, number, ago, talk: 0, outcome, note: None }
}

/// The last two weeks.
pub const CALLS: [Call; 14] = [
    talked("anna", false, "+12025550123", 3, 312, "Goes for the grey chairs. Confirms by Friday."),
    missed("anna", false, "+447700900321", 5, Outcome::NoAnswer),
    talked("ben", true, "+442079460958", 22, 95, "Asked when the technician comes."),
    talked("anna", true, "+441134960322", 27, 640, "Talked through the supplies for next year."),
    missed("ben", true, "+441214960654", 29, Outcome::Cancelled),
    talked("ben", false, "+447700900654", 49, 180, ""),
    missed("anna", false, "+441614960987", 52, Outcome::Busy),
    talked("anna", false, "+441614960987", 53, 420, "Wants to see the showroom."),
    talked("ben", true, "+442920180457", 75, 61, ""),
    missed("ben", true, "+447700900789", 99, Outcome::Declined),
    talked("anna", true, "+447700900123", 122, 254, "The compressor again; case opened."),
    talked("ben", false, "+441174960777", 148, 33, ""),
    missed("anna", false, "+442920180456", 170, Outcome::Failed),
    talked("ben", true, "+12025550123", 220, 505, "First talk about the refit."),
];

impl Call {
    /// What its agent's dock reported.
    pub fn facts(&self, agent: Option<Id>, now: Millis) -> Facts {
        let source = if self.talk > 0 { Source::Answerer } else { Source::Dock };
        let started = now - self.ago * HOUR;
        let answered = started + 9 * SECOND;
        let extension = if self.agent == "anna" { "1001" } else { "1002" };
        let said = |text: &str| Some(Said(source, text.to_owned()));
        let (caller, callee, direction) = if self.incoming {
            (self.number, extension, Direction::Incoming)
        } else {
            (extension, self.number, Direction::Outgoing)
        };
        Facts {
            channel: Some(Said(source, Channel::Pbx)),
            direction: Some(Said(source, direction)),
            caller: said(caller),
            callee: said(callee),
            line: said(extension),
            agent: agent.map(|agent| Said(source, agent)),
            started: Some(Said(source, Reverse(started))),
            answered: (self.talk > 0).then_some(Said(source, Reverse(answered))),
            ended: Some(Said(source, answered + self.talk * SECOND)),
            was_answered: self.talk > 0,
            outcome: (self.talk == 0).then_some(Said(source, self.outcome)),
            ..Facts::default()
        }
    }
}
