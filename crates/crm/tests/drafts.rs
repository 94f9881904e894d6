//! The note of a call, from its beginning until it is saved or not wanted.

use ringdock_api::record::RecordBrief;
use ringdock_crm::drafts::{AfterCall, Draft, Drafts, Phase};

fn record(status: &str) -> RecordBrief {
    RecordBrief {
        id: 7,
        record_type: "contact".into(),
        title: "Dana Field".into(),
        status: Some(status.into()),
    }
}

fn draft(call: &str, began_at: i64) -> Draft {
    Draft {
        key: format!("key-{call}-0"),
        call: call.into(),
        who: "Dana Field".into(),
        record: Some(record("active")),
        text: String::new(),
        status: None,
        began_at,
        answered: true,
        phase: Phase::Call,
        quiet: false,
    }
}

fn one(draft: Draft) -> Drafts {
    let mut drafts = Drafts::default();
    drafts.begin(draft);
    drafts
}

fn shown(drafts: &Drafts) -> Option<&str> {
    drafts.shown().map(|draft| draft.call.as_str())
}

#[test]
fn an_answered_call_is_followed_by_the_dialog_with_what_was_typed() {
    let mut drafts = one(Draft { text: "Wants grey".into(), ..draft("a", 1) });
    assert_eq!(shown(&drafts), None, "not while the call goes on");
    assert_eq!(drafts.end("a", true), AfterCall::Ask);
    assert_eq!(drafts.shown().map(|draft| draft.text.as_str()), Some("Wants grey"));
}

#[test]
fn what_follows_a_call_depends_on_answer_preference_and_text() {
    for (answered, asks, text, after) in [
        (true, true, "", AfterCall::Ask),
        (true, false, "", AfterCall::Drop),
        (true, false, "text", AfterCall::Save),
        (false, true, "", AfterCall::Drop),
        (false, true, "text", AfterCall::Ask),
        (false, false, "text", AfterCall::Save),
    ] {
        let mut drafts = one(Draft { answered, text: text.into(), ..draft("a", 1) });
        assert_eq!(drafts.end("a", asks), after, "{answered} {asks} {text:?}");
        assert_eq!(drafts.all().is_empty(), after == AfterCall::Drop);
        assert_eq!(shown(&drafts).is_some(), after == AfterCall::Ask, "nobody is asked unawares");
    }
}

#[test]
fn the_end_of_a_call_does_not_take_a_note_back_that_is_being_saved() {
    let mut drafts = one(Draft { phase: Phase::Saving, ..draft("a", 1) });
    assert_eq!(drafts.end("a", true), AfterCall::Drop);
    assert_eq!(drafts.of("a").map(|draft| &draft.phase), Some(&Phase::Saving));
}

#[test]
fn the_newest_call_is_asked_about_first() {
    let mut drafts = Drafts::default();
    for (call, began_at) in [("a", 1), ("b", 2)] {
        drafts.begin(draft(call, began_at));
        drafts.end(call, true);
    }
    assert_eq!(shown(&drafts), Some("b"));
    drafts.remove("b");
    assert_eq!(shown(&drafts), Some("a"));
}

#[test]
fn one_that_is_put_aside_waits_to_be_taken_up() {
    let mut drafts = one(Draft { phase: Phase::Aside, ..draft("a", 1) });
    assert_eq!((shown(&drafts), drafts.aside().count()), (None, 1));
    if let Some(draft) = drafts.of_mut("a") {
        draft.phase = Phase::Open;
    }
    assert_eq!((shown(&drafts), drafts.aside().count()), (Some("a"), 0));
}

#[test]
fn a_reload_ends_the_calls_and_keeps_the_notes() {
    let kept = vec![
        Draft { phase: Phase::Call, text: "half a sen".into(), ..draft("b", 2) },
        Draft { phase: Phase::Saving, ..draft("a", 1) },
        Draft { answered: false, ..draft("c", 3) },
    ];
    let text = serde_json::to_string(&kept).expect("plain data");
    let drafts = Drafts::restored(serde_json::from_str(&text).expect("what was written"));
    assert_eq!(shown(&drafts), Some("b"));
    assert_eq!(drafts.of("a").map(|draft| &draft.phase), Some(&Phase::Saving));
    assert_eq!(drafts.of("c"), None, "nobody answered, and nothing was written");
}

#[test]
fn a_status_counts_only_if_it_is_another() {
    let same = Draft { status: Some("active".into()), ..draft("a", 1) };
    assert!(!same.is_worth_saving());
    assert_eq!(same.note().status, None);
    let other = Draft { status: Some("inactive".into()), ..draft("a", 1) };
    assert!(other.is_worth_saving());
    assert_eq!(other.note().status.as_deref(), Some("inactive"));
    let nobody = Draft { record: None, ..other };
    assert_eq!((nobody.is_worth_saving(), nobody.note().status), (false, None));
}

#[test]
fn a_note_sent_again_is_the_same_note() {
    let draft = Draft { text: "x".into(), ..draft("a", 1) };
    assert_eq!(draft.note(), draft.clone().note());
    assert_eq!(draft.note().key, draft.key);
}

#[test]
fn a_colleague_is_no_record_to_write_about() {
    let colleague = RecordBrief { record_type: "user".into(), ..record("active") };
    let draft = Draft { record: Some(colleague), text: "x".into(), ..draft("a", 1) };
    assert_eq!((draft.note().record, draft.note().call.as_deref()), (None, Some("a")));
}

#[test]
fn a_record_that_changed_meanwhile_has_its_new_status_and_a_choice_stays() {
    let mut drafts = one(Draft { status: Some("inactive".into()), ..draft("a", 1) });
    drafts.begin(Draft { phase: Phase::Saving, ..draft("b", 2) });
    let now = RecordBrief { title: "Dana Fields".into(), ..record("inactive") };
    assert_eq!(drafts.records().collect::<Vec<_>>(), [7]);
    assert_eq!(drafts.refresh(&now), ["a"]);
    assert_eq!(drafts.refresh(&now), [""; 0], "no news");
    let a = drafts.of("a").expect("a draft");
    assert_eq!((a.who.as_str(), a.new_status()), ("Dana Fields", None), "it has it already");
    let sent = drafts.of("b").and_then(|draft| draft.record.clone());
    assert_eq!(sent, Some(record("active")), "what is on its way is as it left");
}

#[test]
fn a_colleague_is_not_mistaken_for_the_record_of_the_same_id() {
    let colleague = RecordBrief { record_type: "user".into(), ..record("active") };
    let mut drafts = one(Draft { record: Some(colleague), ..draft("a", 1) });
    assert_eq!(drafts.records().count(), 0);
    assert_eq!(drafts.refresh(&record("inactive")), [""; 0]);
}

#[test]
fn a_call_that_is_handed_back_goes_on_with_its_note() {
    let mut drafts = one(Draft { text: "x".into(), phase: Phase::Open, ..draft("a", 1) });
    drafts.begin(Draft { text: String::new(), ..draft("b", 2) });
    assert!(drafts.carry_on("a", "b"));
    let b = drafts.of("b").expect("a draft");
    assert_eq!(
        (b.text.as_str(), &b.phase, b.key.as_str()),
        ("x", &Phase::Call, draft("a", 1).key.as_str())
    );
    assert_eq!(drafts.all().len(), 1);
    for phase in [Phase::Saving, Phase::Aside, Phase::Call] {
        let mut drafts = one(Draft { phase, ..draft("a", 1) });
        assert!(!drafts.carry_on("a", "b"));
        assert!(drafts.of("a").is_some(), "it stays as it is");
    }
}
