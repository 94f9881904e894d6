//! What the server is told of calls.

use ringdock_api::call::{CallReport, Direction, Outcome};
use ringdock_crm::calls::{EndedCall, PhoneCall, Reporter, Stage, without_record};

fn call(stage: Stage, answered_at: Option<i64>) -> PhoneCall {
    PhoneCall {
        id: -1,
        direction: Direction::Incoming,
        stage,
        number: "+12025550123".into(),
        own_number: None,
        name: None,
        channel_id: "a1b2".into(),
        started_at: 1_000,
        answered_at,
    }
}

fn ended(outcome: Outcome, answered_at: Option<i64>) -> EndedCall {
    EndedCall {
        id: -1,
        direction: Direction::Incoming,
        number: "+12025550123".into(),
        name: None,
        channel_id: "a1b2".into(),
        started_at: 1_000,
        answered_at,
        ended_at: 9_000,
        outcome,
        reason: "You hung up.".into(),
        consult: false,
    }
}

fn see(reporter: &mut Reporter, call: &PhoneCall) -> Option<CallReport> {
    reporter.see(call, "1001", None)
}

#[test]
fn beginning_answer_and_end_are_told_and_nothing_twice() {
    let mut reporter = Reporter::default();
    let began = see(&mut reporter, &call(Stage::Ringing, None)).expect("news");
    assert_eq!((began.outcome, began.answered_at, began.ended_at), (Outcome::Ringing, None, None));
    assert_eq!((began.from.as_str(), began.to.as_str()), ("+12025550123", "1001"));
    assert_eq!(see(&mut reporter, &call(Stage::Ringing, None)), None);
    let answered = see(&mut reporter, &call(Stage::Active, Some(4_000))).expect("news");
    assert_eq!((answered.outcome, answered.answered_at), (Outcome::Answered, Some(4_000)));
    assert_eq!(see(&mut reporter, &call(Stage::Ending, None)), None);
    let over = reporter.end(&ended(Outcome::Answered, Some(4_000)), "1001", None).expect("news");
    assert_eq!((over.ended_at, over.reason.as_deref()), (Some(9_000), Some("You hung up.")));
}

#[test]
fn moments_stay_as_they_were_first_told() {
    let mut reporter = Reporter::default();
    see(&mut reporter, &call(Stage::Active, Some(4_000)));
    let later = PhoneCall { started_at: 1_001, ..call(Stage::Active, Some(4_002)) };
    assert_eq!(see(&mut reporter, &later), None);
    let over = EndedCall { started_at: 999, ..ended(Outcome::Answered, Some(4_003)) };
    let over = reporter.end(&over, "1001", None).expect("news");
    assert_eq!((over.started_at, over.answered_at), (1_000, Some(4_000)));
}

#[test]
fn a_call_without_a_name_of_the_channels_is_told_once_it_has_one() {
    let mut reporter = Reporter::default();
    let nameless = PhoneCall { channel_id: String::new(), ..call(Stage::Ringing, None) };
    assert_eq!(see(&mut reporter, &nameless), None);
    assert!(see(&mut reporter, &call(Stage::Ringing, None)).is_some());
}

#[test]
fn the_record_that_was_chosen_is_told_and_kept() {
    let mut reporter = Reporter::default();
    see(&mut reporter, &call(Stage::Ringing, None));
    let chosen = reporter.see(&call(Stage::Ringing, None), "1001", Some(7)).expect("news");
    assert_eq!(chosen.record, Some(7));
    let over = reporter.end(&ended(Outcome::Cancelled, None), "1001", None).expect("news");
    assert_eq!(over.record, Some(7));
}

#[test]
fn who_called_whom_is_seen_from_the_call() {
    let outgoing = PhoneCall { direction: Direction::Outgoing, ..call(Stage::Ringing, None) };
    let report = Reporter::default().see(&outgoing, "1001", None).expect("news");
    assert_eq!((report.from.as_str(), report.to.as_str()), ("1001", "+12025550123"));
}

#[test]
fn a_call_that_was_handed_on_stays_with_whom_it_began() {
    let mut reporter = Reporter::default();
    let colleague = PhoneCall { number: "1002".into(), ..call(Stage::Active, Some(4_000)) };
    assert_eq!(see(&mut reporter, &colleague).map(|report| report.from), Some("1002".into()));
    let about = reporter.see(&call(Stage::Active, Some(4_000)), "1001", Some(7)).expect("news");
    assert_eq!((about.from.as_str(), about.record), ("1002", Some(7)));
}

#[test]
fn the_number_that_was_called_is_told_to_the_end() {
    let mut reporter = Reporter::default();
    let own_number = Some("+442079460200".to_owned());
    let ringing = PhoneCall { own_number, ..call(Stage::Ringing, None) };
    assert_eq!(see(&mut reporter, &ringing).expect("news").to, "+442079460200");
    let over = reporter.end(&ended(Outcome::Cancelled, None), "1001", None).expect("news");
    assert_eq!((over.from.as_str(), over.to.as_str()), ("+12025550123", "+442079460200"));
    // What was chosen to call from is a wish.
    let outgoing =
        PhoneCall { direction: Direction::Outgoing, channel_id: "c3d4".into(), ..ringing };
    assert_eq!(see(&mut reporter, &outgoing).expect("news").from, "1001");
}

#[test]
fn a_page_that_goes_ends_its_calls() {
    let mut reporter = Reporter::default();
    see(&mut reporter, &call(Stage::Active, Some(4_000)));
    let over = reporter.close(7_000);
    assert_eq!(over.len(), 1);
    assert_eq!((over[0].ended_at, over[0].outcome), (Some(7_000), Outcome::Answered));
    assert!(reporter.close(8_000).is_empty());
}

#[test]
fn a_ringing_call_of_a_page_that_goes_is_over_too() {
    let mut reporter = Reporter::default();
    see(&mut reporter, &call(Stage::Ringing, None));
    // A clock that was set back makes no call end before it began.
    let over = reporter.close(500);
    assert_eq!((over[0].ended_at, over[0].outcome), (Some(1_000), Outcome::Failed));
}

#[test]
fn a_report_without_its_record_is_otherwise_the_same() {
    let mut reporter = Reporter::default();
    let report = reporter.see(&call(Stage::Ringing, None), "1001", Some(7)).expect("news");
    let text = serde_json::to_string(&report).expect("plain data");
    let without = without_record(&text).expect("a report with a record");
    let read: CallReport = serde_json::from_str(&without).expect("a report");
    assert_eq!(read, CallReport { record: None, ..report });
    assert_eq!((without_record(&without), without_record("{}")), (None, None));
}
