use ringdock_api::{Id, call::CallQuery, record::RecordQuery};

use crate::client::with_query;

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Where one begins.
    Home,
    /// The records of a type. The query says its type as well.
    Records(RecordQuery),
    /// The form for a new record of a type; the query may link it to another record.
    NewRecord {
        /// The type's key.
        kind: String,
        /// The field that links to [`Route::NewRecord::to`].
        link: Option<String>,
        /// The record that it is linked to.
        to: Option<Id>,
    },
    /// One record.
    Record {
        /// The type's key.
        kind: String,
        /// The record.
        id: Id,
    },
    /// The call history.
    Calls(CallQuery),
    /// The statistics of the last `days` days.
    Statistics {
        /// How many days.
        days: u32,
        /// Of this agent alone.
        agent: Option<Id>,
    },
    /// The settings.
    Settings(Section),
    /// No page.
    Unknown,
}

/// A part of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// What a user chooses for themselves.
    Preferences,
    /// What holds for everybody.
    Workspace,
    /// Users.
    Users,
    /// Roles and what they may do.
    Roles,
    /// Types of record and their fields.
    Types,
    /// Lines to the PBX.
    Accounts,
    /// The numbers of the business.
    Numbers,
    /// Where the PBX reports its calls.
    Pbx,
    /// Where other programs are told of calls.
    Webhooks,
    /// Keys for other programs.
    Keys,
}

impl Section {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 10] = [
        Self::Preferences,
        Self::Workspace,
        Self::Users,
        Self::Roles,
        Self::Types,
        Self::Accounts,
        Self::Numbers,
        Self::Pbx,
        Self::Webhooks,
        Self::Keys,
    ];

    const fn slug(self) -> &'static str {
        match self {
            Self::Preferences => "preferences",
            Self::Workspace => "workspace",
            Self::Users => "users",
            Self::Roles => "roles",
            Self::Types => "types",
            Self::Accounts => "voip-accounts",
            Self::Numbers => "numbers",
            Self::Pbx => "pbx-webhooks",
            Self::Webhooks => "webhooks",
            Self::Keys => "keys",
        }
    }
}

/// How many days the statistics show if it is not said.
const USUAL_DAYS: u32 = 30;

impl Route {
    /// The records of a type.
    pub fn records(kind: &str) -> Self {
        let record_type = Some(kind.to_owned());
        Self::Records(RecordQuery { record_type, ..RecordQuery::default() })
    }

    /// One record.
    pub fn record(kind: &str, id: Id) -> Self {
        Self::Record { kind: kind.to_owned(), id }
    }

    /// Reads an address: its path, and its query without the question mark. A query that makes no sense is left out.
    pub fn parse(path: &str, query: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::Home,
            ["records", kind] => {
                let asked: RecordQuery = serde_urlencoded::from_str(query).unwrap_or_default();
                Self::Records(RecordQuery { record_type: Some((*kind).to_owned()), ..asked })
            }
            ["records", kind, "new"] => Self::NewRecord {
                kind: (*kind).to_owned(),
                link: value(query, "link"),
                to: value(query, "to").and_then(|id| id.parse().ok()),
            },
            ["records", kind, id] => match id.parse() {
                Ok(id) => Self::record(kind, id),
                Err(_) => Self::Unknown,
            },
            ["calls"] => Self::Calls(serde_urlencoded::from_str(query).unwrap_or_default()),
            ["statistics"] => Self::Statistics {
                days: value(query, "days").and_then(|days| days.parse().ok()).unwrap_or(USUAL_DAYS),
                agent: value(query, "agent").and_then(|id| id.parse().ok()),
            },
            ["settings"] => Self::Settings(Section::Preferences),
            ["settings", slug] => Section::ALL
                .into_iter()
                .find(|section| section.slug() == *slug)
                .map_or(Self::Unknown, Self::Settings),
            _ => Self::Unknown,
        }
    }

    /// Its address: [`Route::parse`] reads it back.
    pub fn href(&self) -> String {
        match self {
            Self::Home | Self::Unknown => "/".to_owned(),
            Self::Records(query) => {
                let kind = query.record_type.as_deref().unwrap_or_default();
                let rest = RecordQuery { record_type: None, ..query.clone() };
                with_query(&["/records/", kind].concat(), &rest)
            }
            Self::NewRecord { kind, link, to } => with_query(
                &["/records/", kind, "/new"].concat(),
                &[("link", link.clone()), ("to", to.map(|id| id.to_string()))].as_slice(),
            ),
            Self::Record { kind, id } => ["/records/", kind, "/", &id.to_string()].concat(),
            Self::Calls(query) => with_query("/calls", query),
            Self::Statistics { days, agent } => with_query(
                "/statistics",
                &[("days", Some(days.to_string())), ("agent", agent.map(|id| id.to_string()))]
                    .as_slice(),
            ),
            Self::Settings(section) => ["/settings/", section.slug()].concat(),
        }
    }

    /// Whether both are the same page, whatever is filtered on it.
    pub fn same_page(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Records(a), Self::Records(b)) => a.record_type == b.record_type,
            (Self::Calls(_), Self::Calls(_))
            | (Self::Statistics { .. }, Self::Statistics { .. }) => true,
            _ => self == other,
        }
    }
}

fn value(query: &str, name: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use ringdock_api::call::{Direction, Outcome};

    use super::*;

    fn comes_back(route: &Route) {
        let href = route.href();
        let (path, query) = href.split_once('?').unwrap_or((&href, ""));
        assert_eq!(&Route::parse(path, query), route, "{href}");
    }

    #[test]
    fn every_address_reads_back() {
        comes_back(&Route::Home);
        comes_back(&Route::records("contact"));
        comes_back(&Route::Records(RecordQuery {
            record_type: Some("deal".to_owned()),
            search: Some("müller & söhne?".to_owned()),
            status: Some("won".to_owned()),
            ..RecordQuery::default()
        }));
        comes_back(&Route::record("case", 12));
        let new = |link: Option<&str>, to| Route::NewRecord {
            kind: "deal".to_owned(),
            link: link.map(str::to_owned),
            to,
        };
        comes_back(&new(None, None));
        comes_back(&new(Some("contact"), Some(7)));
        comes_back(&Route::Calls(CallQuery {
            since: Some(1),
            direction: Some(Direction::Incoming),
            outcome: Some(Outcome::NoAnswer),
            number: Some("+44 20".to_owned()),
            ..CallQuery::default()
        }));
        comes_back(&Route::Statistics { days: 7, agent: Some(3) });
        for section in Section::ALL {
            comes_back(&Route::Settings(section));
        }
    }

    #[test]
    fn an_address_that_makes_no_sense_is_no_page() {
        for path in ["/nothing", "/records", "/records/contact/x", "/settings/x", "/calls/1"] {
            assert_eq!(Route::parse(path, ""), Route::Unknown, "{path}");
        }
        assert_eq!(Route::parse("/calls", "outcome=gone"), Route::Calls(CallQuery::default()));
    }

    #[test]
    fn a_filter_is_no_other_page() {
        let filtered = Route::Calls(CallQuery { agent: Some(1), ..CallQuery::default() });
        assert!(filtered.same_page(&Route::Calls(CallQuery::default())));
        assert!(!Route::records("deal").same_page(&Route::records("case")));
    }
}
