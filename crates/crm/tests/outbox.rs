//! Nothing is lost between the browser and the server.

use ringdock_crm::outbox::{Letter, Outbox};

fn names(kept: &[Letter]) -> Vec<&str> {
    kept.iter().map(|letter| letter.name.as_str()).collect()
}

fn next(outbox: &mut Outbox, now: i64) -> Option<String> {
    outbox.next(now).map(|letter| letter.body)
}

#[test]
fn letters_leave_one_after_the_other_in_their_order() {
    let mut outbox = Outbox::default();
    outbox.put("report.a", "/api/calls", "1".into(), 100);
    outbox.put("note.a", "/api/notes", "2".into(), 100);
    assert_eq!(next(&mut outbox, 100).as_deref(), Some("1"));
    assert_eq!(next(&mut outbox, 100), None, "the first is still on its way");
    assert_eq!(outbox.taken().as_deref(), Some("report.a"));
    assert_eq!(next(&mut outbox, 100).as_deref(), Some("2"));
    outbox.taken();
    assert_eq!((outbox.due(), next(&mut outbox, 100)), (None, None));
}

#[test]
fn a_newer_report_takes_the_place_of_one_that_waits() {
    let mut outbox = Outbox::default();
    outbox.put("report.a", "/api/calls", "ringing".into(), 100);
    outbox.put("report.a", "/api/calls", "answered".into(), 101);
    assert_eq!(next(&mut outbox, 101).as_deref(), Some("answered"));
    outbox.taken();
    assert_eq!(outbox.due(), None);
}

#[test]
fn a_report_that_changed_on_its_way_is_sent_again_and_kept_until_then() {
    let mut outbox = Outbox::default();
    outbox.put("report.a", "/api/calls", "ringing".into(), 100);
    outbox.next(100);
    outbox.put("report.a", "/api/calls", "answered".into(), 101);
    assert_eq!(outbox.taken(), None, "what is kept is not what the server has");
    assert_eq!(next(&mut outbox, 102).as_deref(), Some("answered"));
    assert_eq!(outbox.taken().as_deref(), Some("report.a"));
}

#[test]
fn waits_grow_to_half_a_minute_and_end_with_the_first_success() {
    let mut outbox = Outbox::default();
    outbox.put("report.a", "/api/calls", "1".into(), 0);
    let (mut now, mut waits) = (0, Vec::new());
    for _ in 0..7 {
        assert!(outbox.next(now).is_some());
        outbox.failed(now, 0.0);
        let due = outbox.due().unwrap_or_default();
        assert_eq!(outbox.next(due - 1), None, "too early");
        waits.push(due - now);
        now = due;
    }
    assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    assert!(outbox.is_stuck());
    outbox.next(now);
    outbox.taken();
    assert!(!outbox.is_stuck());
    outbox.put("report.b", "/api/calls", "1".into(), now);
    assert!(outbox.next(now).is_some());
}

#[test]
fn a_network_that_is_back_ends_the_wait() {
    let mut outbox = Outbox::default();
    outbox.put("report.a", "/api/calls", "1".into(), 0);
    outbox.next(0);
    outbox.failed(0, 1.0);
    assert_eq!(outbox.due(), Some(750), "spread by a quarter");
    outbox.hurry();
    assert!(outbox.next(1).is_some());
}

#[test]
fn one_that_is_refused_does_not_hold_up_the_others() {
    let mut outbox = Outbox::default();
    outbox.put("report.a", "/api/calls", "1".into(), 0);
    outbox.put("report.b", "/api/calls", "2".into(), 0);
    outbox.next(0);
    assert_eq!(outbox.refused().as_deref(), Some("report.a"));
    assert_eq!(next(&mut outbox, 0).as_deref(), Some("2"));
}

#[test]
fn what_was_kept_leaves_before_what_is_new_and_in_its_order() {
    let mut before = Outbox::default();
    let kept = ["report.a", "note.a"].map(|name| before.put(name, "/", name.into(), 5));
    let [report, note] = kept;
    let mut outbox = Outbox::default();
    outbox.put("report.b", "/", "report.b".into(), 50);
    // Storage tells what it has in any order.
    outbox.restore(vec![note, report]);
    let mut left = Vec::new();
    while let Some(letter) = outbox.next(100) {
        left.push(letter);
        outbox.taken();
    }
    assert_eq!(names(&left), ["report.a", "note.a", "report.b"]);
}

#[test]
fn a_reload_does_not_bring_back_an_older_text_of_the_same_letter() {
    let mut outbox = Outbox::default();
    let old = outbox.put("report.a", "/", "old".into(), 1);
    let mut outbox = Outbox::default();
    outbox.put("report.a", "/", "new".into(), 2);
    outbox.restore(vec![old]);
    assert_eq!(next(&mut outbox, 2).as_deref(), Some("new"));
    outbox.taken();
    assert_eq!(outbox.due(), None);
}

#[test]
fn a_letter_in_other_words_keeps_its_place() {
    let mut outbox = Outbox::default();
    outbox.put("report.a", "/api/calls", "with".into(), 1);
    outbox.put("note.a", "/api/notes", "note".into(), 2);
    outbox.next(3);
    let kept = outbox.reword("without".into());
    assert_eq!(
        kept.as_ref().map(|letter| (letter.body.as_str(), letter.order)),
        Some(("without", 1))
    );
    assert_eq!(next(&mut outbox, 4).as_deref(), Some("without"));
    assert_eq!(outbox.taken().as_deref(), Some("report.a"));
    assert_eq!(next(&mut outbox, 5).as_deref(), Some("note"));
}

#[test]
fn other_words_do_not_take_the_place_of_something_newer() {
    let mut outbox = Outbox::default();
    outbox.put("report.a", "/api/calls", "ringing, with".into(), 1);
    outbox.next(2);
    outbox.put("report.a", "/api/calls", "answered, with".into(), 3);
    assert_eq!(outbox.reword("ringing, without".into()), None);
    assert_eq!(next(&mut outbox, 4).as_deref(), Some("answered, with"));
}
