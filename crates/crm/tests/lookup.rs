//! With whom a call is taken to be.

use ringdock_api::matching::Match;
use ringdock_api::record::RecordBrief;
use ringdock_crm::lookup::{Found, Key, Lookup};

fn one(record_type: &str, id: i64) -> Match {
    Match {
        record: RecordBrief {
            id,
            record_type: record_type.into(),
            title: format!("{record_type} {id}"),
            status: None,
        },
        field: "phone".into(),
        field_label: "Phone".into(),
        related: Default::default(),
    }
}

fn found(matches: &[Match]) -> Lookup {
    let mut lookup = Lookup { call: Some(1), number: "+12025550123".into(), ..Lookup::default() };
    lookup.answer(Found::Matches(matches.to_vec()));
    lookup
}

fn title(lookup: &Lookup) -> Option<&str> {
    lookup.primary().map(|found| found.record.title.as_str())
}

#[test]
fn a_choice_is_kept_when_the_order_changes() {
    let mut lookup = found(&[one("contact", 1), one("contact", 2), one("user", 2)]);
    lookup.chosen = Some(Key::record(2));
    lookup.answer(Found::Matches(vec![one("user", 2), one("contact", 2), one("contact", 1)]));
    assert_eq!((title(&lookup), lookup.settled()), (Some("contact 2"), Some(2)));
    // One that is gone is not replaced by whoever has its place.
    lookup.answer(Found::Matches(vec![one("contact", 1), one("user", 2)]));
    assert_eq!((title(&lookup), lookup.settled()), (Some("contact 1"), None));
}

#[test]
fn whom_the_call_was_taken_to_be_with_stays_when_the_order_changes() {
    let mut lookup = found(&[one("contact", 1), one("contact", 2)]);
    lookup.answer(Found::Failed("The CRM server cannot be reached.".into()));
    lookup.answer(Found::Matches(vec![one("contact", 2), one("contact", 1)]));
    assert_eq!((title(&lookup), lookup.settled()), (Some("contact 1"), None));
}

#[test]
fn a_record_that_was_clicked_on_or_made_comes_before_the_best_match() {
    let mut lookup = Lookup { clicked: Some(2), ..Lookup::default() };
    lookup.answer(Found::Matches(vec![one("contact", 1), one("contact", 2)]));
    assert_eq!(title(&lookup), Some("contact 2"));
    lookup.add(one("lead", 3).record);
    assert_eq!((title(&lookup), lookup.settled()), (Some("lead 3"), Some(3)));
}

#[test]
fn a_colleague_is_no_record_to_make_tasks_for() {
    let mut lookup = found(&[one("user", 7), one("contact", 7)]);
    assert_eq!((title(&lookup), lookup.record()), (Some("user 7"), None));
    lookup.chosen = Some(Key::record(7));
    assert_eq!((title(&lookup), lookup.record()), (Some("contact 7"), Some(7)));
}

#[test]
fn a_record_that_changed_meanwhile_is_shown_as_it_is_now() {
    let mut lookup = found(&[one("user", 7), one("contact", 7)]);
    let now = RecordBrief { title: "Dana Field".into(), ..one("contact", 7).record };
    assert!(lookup.refresh(&now));
    assert!(!lookup.refresh(&now), "no news");
    let titles: Vec<&str> = lookup.matches().iter().map(|it| it.record.title.as_str()).collect();
    assert_eq!(titles, ["user 7", "Dana Field"]);
    assert!(!lookup.refresh(&one("contact", 8).record));
}
