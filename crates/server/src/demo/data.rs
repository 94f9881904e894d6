//! What the demo company is made of. Its numbers are of ranges that are set aside for fiction.

/// Login, name, role, phone. Lines are given in this order.
pub const USERS: [(&str, &str, &str, &str); 3] = [
    ("anna", "Anna Moor", "Agent", "020 7946 0101"),
    ("ben", "Ben Okoro", "Agent", "020 7946 0102"),
    ("admin", "Chloe Laurent", "Administrator", "020 7946 0103"),
];

/// The company's own numbers, and their business profiles. The first user may call from both, the second from the first.
pub const NUMBERS: [(&str, &str); 2] =
    [(LONDON, "Hartley & Moor London"), (LEEDS, "Hartley & Moor Leeds")];
/// The nearer one for most.
pub const LONDON: &str = "+442079460200";
/// The one of the north.
pub const LEEDS: &str = "+441134960200";

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
