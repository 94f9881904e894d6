//! Notes, tasks, requests to call back.

use serde_json::{Value, json};

use crate::{
    calls::{ended, report},
    harness::{Crm, ids, on_both},
};

on_both!(
    a_note_saved_twice_is_one,
    a_note_stands_with_its_call_and_changes_the_status,
    refused_notes_leave_nothing_behind,
    a_note_outlives_its_record_with_its_call,
    only_the_author_deletes_a_note,
    tasks_are_made_once_and_done,
    call_backs_are_left_and_seen_to,
    a_timeline_comes_in_parts,
    many_notes_at_once_are_all_saved,
);

async fn a_note_saved_twice_is_one(crm: Crm) {
    let anna = crm.anna().await;
    let note = json!({ "key": "note-key-1", "record": 5, "text": "Called about the chairs." });
    // At once, as a browser that lost the first reply would, and again later.
    let (one, two) = tokio::join!(anna.post("/api/notes", &note), anna.post("/api/notes", &note));
    let statuses = [one.status, two.status];
    assert!(statuses.contains(&201), "{statuses:?}");
    let again = anna.post("/api/notes", &note).await;
    assert_eq!(again.status, 200);
    let timeline = anna.get("/api/records/5/timeline").await.ok();
    let texts = timeline["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|e| e["what"]["note"]["text"] == note["text"]);
    assert_eq!(texts.count(), 1);
    let other = json!({ "key": "note-key-1", "record": 5, "text": "Something else." });
    anna.post("/api/notes", &other).await.refused(409, "key_reused", Some("key"));
    crm.ben().await.post("/api/notes", &note).await.refused(409, "key_reused", Some("key"));
}

async fn a_note_stands_with_its_call_and_changes_the_status(crm: Crm) {
    let anna = crm.anna().await;
    let call = anna.post("/api/calls", &ended(report("noted", "+12025550123"))).await.ok();
    let note = json!({ "key": "note-key-2", "record": 5, "call": "noted", "text": "Will decide soon.", "status": "call_again" });
    let saved = anna.post("/api/notes", &note).await.ok();
    assert_eq!(saved["status"], json!({ "from": "active", "to": "call_again" }));
    assert_eq!((&saved["call"], &saved["author"]["name"]), (&call["id"], &json!("Anna Moor")));
    assert_eq!(anna.get("/api/records/5").await.ok()["status"], "call_again");
    let timeline = anna.get("/api/records/5/timeline").await.ok();
    let entries = timeline["items"].as_array().unwrap();
    let of_call = entries.iter().find(|entry| entry["what"]["call"]["id"] == call["id"]).unwrap();
    assert_eq!(of_call["what"]["call"]["notes"][0]["text"], "Will decide soon.");
    assert!(
        !entries.iter().any(|entry| entry["what"]["note"]["id"] == saved["id"]),
        "it is there once"
    );
    // A note of a call links the call to the record that it is about.
    let stranger = json!({ "key": "note-key-3", "record": 6, "call": "noted", "text": "Omar was there, too." });
    anna.post("/api/notes", &stranger).await.ok();
    let call = anna.get(&format!("/api/calls/{}", call["id"])).await.ok();
    assert_eq!(call["notes"].as_array().unwrap().len(), 2);
    assert!(
        call["records"].as_array().unwrap().iter().any(|link| link["record"]["id"] == 6),
        "{call}"
    );
    let ben = crm.ben().await;
    let path = format!("/api/notes/{}", saved["id"]);
    assert_eq!(anna.get(&path).await.status, 200);
    ben.get(&path).await.refused(404, "not_found", None);
}

async fn refused_notes_leave_nothing_behind(crm: Crm) {
    let anna = crm.anna().await;
    anna.delete("/api/records/6").await;
    let good = json!({ "key": "note-key-4", "record": 5, "text": "Text." });
    for (values, code, field) in [
        (json!({ "key": "short" }), "invalid", "key"),
        (json!({ "key": "with a blank" }), "invalid", "key"),
        (json!({ "text": "  " }), "required", "text"),
        (json!({ "text": "x".repeat(1 << 20) }), "too_long", "text"),
        (json!({ "record": 99999 }), "invalid", "record"),
        (json!({ "record": 6 }), "deleted", "record"),
        (json!({ "call": "no-such-call" }), "invalid", "call"),
        (json!({ "status": "married" }), "unknown_option", "status"),
        (json!({ "record": null, "status": "active" }), "invalid", "record"),
    ] {
        let note = crate::calls::with(good.clone(), values);
        anna.post("/api/notes", &note).await.refused(422, code, Some(field));
    }
    assert_eq!(anna.get("/api/records/5").await.ok()["status"], "active");
    assert_eq!(anna.post("/api/notes", &good).await.status, 201, "the key is still free");
}

async fn a_note_outlives_its_record_with_its_call(crm: Crm) {
    let anna = crm.anna().await;
    let call = anna.post("/api/calls", &ended(report("outlived", "+12025550123"))).await.ok();
    anna.delete("/api/records/5").await;
    let note = json!({ "key": "note-outlives", "record": 5, "call": "outlived", "text": "Kept.", "status": "call_again" });
    let saved = anna.post("/api/notes", &note).await;
    assert_eq!(saved.status, 201, "{}", saved.text);
    let saved = saved.body;
    assert_eq!((&saved["record"], &saved["status"]), (&json!(null), &json!(null)));
    assert_eq!((&saved["call"], &saved["text"]), (&call["id"], &json!("Kept.")));
    let again = anna.post("/api/notes", &note).await;
    assert_eq!((again.status, again.body), (200, saved.clone()));
    let call = anna.get(&format!("/api/calls/{}", call["id"])).await.ok();
    assert_eq!(call["notes"], json!([saved]));
    // Without a call or a text there is nothing that could be kept.
    for values in [json!({ "call": null }), json!({ "text": "" })] {
        let other = crate::calls::with(
            crate::calls::with(note.clone(), values),
            json!({ "key": "note-refused" }),
        );
        anna.post("/api/notes", &other).await.refused(422, "deleted", Some("record"));
    }
}

async fn only_the_author_deletes_a_note(crm: Crm) {
    let (anna, ben) = (crm.anna().await, crm.ben().await);
    let note = json!({ "key": "note-key-5", "record": 5, "text": "Mine." });
    let path = format!("/api/notes/{}", anna.post("/api/notes", &note).await.ok()["id"]);
    ben.delete(&path).await.refused(403, "forbidden", None);
    assert_eq!(anna.delete(&path).await.status, 204);
    anna.get(&path).await.refused(404, "not_found", None);
}

async fn tasks_are_made_once_and_done(crm: Crm) {
    let (anna, ben) = (crm.anna().await, crm.ben().await);
    let task = json!({ "key": "task-key-1", "record": 5, "title": "Send the offer", "due_at": 1_795_176_000_000_i64, "assignee": 2 });
    let made = anna.post("/api/tasks", &task).await;
    assert_eq!((made.status, anna.post("/api/tasks", &task).await.status), (201, 200));
    let made = made.body;
    assert_eq!(
        (&made["assignee"]["name"], &made["record"]["title"]),
        (&json!("Ben Okoro"), &json!("Dana Field"))
    );
    let open = "/api/tasks?assignee=2&done=false";
    assert_eq!(ids(&ben.get(open).await.ok()), [made["id"].as_i64().unwrap()]);
    let path = format!("/api/tasks/{}", made["id"]);
    let done = json!({ "title": "Send the offer", "assignee": 2, "done": true });
    assert!(ben.put(&path, &done).await.ok()["done_at"].is_i64());
    assert_eq!(ben.get(open).await.ok()["items"], json!([]));
    let timeline = anna.get("/api/records/5/timeline").await.ok();
    assert!(
        timeline["items"].as_array().unwrap().iter().any(|e| e["what"]["task"]["id"] == made["id"])
    );
    let wrong =
        |values: Value| crate::calls::with(json!({ "key": "task-key-2", "title": "T" }), values);
    anna.post("/api/tasks", &wrong(json!({ "title": "" }))).await.refused(
        422,
        "required",
        Some("title"),
    );
    anna.post("/api/tasks", &wrong(json!({ "assignee": 99 }))).await.refused(
        422,
        "invalid",
        Some("assignee"),
    );
    anna.post("/api/tasks", &wrong(json!({ "record": 99999 }))).await.refused(
        422,
        "invalid",
        Some("record"),
    );
    anna.post("/api/tasks", &wrong(json!({ "due_at": -5 }))).await.refused(
        422,
        "invalid",
        Some("due_at"),
    );
    anna.put("/api/tasks/99999", &done).await.refused(404, "not_found", None);
}

async fn call_backs_are_left_and_seen_to(crm: Crm) {
    let anna = crm.anna().await;
    let request =
        json!({ "key": "call-back-1", "record": 5, "reason": "Asked by mail to be called." });
    let left = anna.post("/api/call-backs", &request).await;
    assert_eq!((left.status, anna.post("/api/call-backs", &request).await.status), (201, 200));
    assert_eq!(left.body["number"], "+12025550123");
    assert_eq!(
        anna.get("/api/records/5/related").await.ok()["call_backs"][0]["id"],
        left.body["id"]
    );
    let done =
        anna.post(&format!("/api/call-backs/{}/done", left.body["id"]), &json!({})).await.ok();
    assert!(done["done_at"].is_i64());
    assert_eq!(anna.get("/api/call-backs?record=5&done=false").await.ok()["items"], json!([]));
    let wrong = json!({ "key": "call-back-2", "record": 5, "reason": "x", "number": "nobody" });
    anna.post("/api/call-backs", &wrong).await.refused(422, "invalid", Some("number"));
    let wrong = json!({ "key": "call-back-2", "record": 99999, "reason": "x" });
    anna.post("/api/call-backs", &wrong).await.refused(422, "invalid", Some("record"));
    anna.post("/api/call-backs/99999/done", &json!({})).await.refused(404, "not_found", None);
}

async fn a_timeline_comes_in_parts(crm: Crm) {
    let anna = crm.anna().await;
    for number in 0..7 {
        let note = json!({ "key": format!("timeline-{number}"), "record": 7, "text": format!("Note {number}") });
        anna.post("/api/notes", &note).await.ok();
    }
    let whole = anna.get("/api/records/7/timeline").await.ok();
    let (mut parts, mut cursor) = (Vec::new(), String::new());
    loop {
        let part = anna.get(&format!("/api/records/7/timeline?limit=3{cursor}")).await.ok();
        parts.extend(part["items"].as_array().unwrap().clone());
        let Some(next) = part["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(json!(parts), whole["items"]);
    let times: Vec<i64> = parts.iter().map(|entry| entry["at"].as_i64().unwrap()).collect();
    assert!(times.is_sorted_by(|a, b| a >= b), "{times:?}");
    anna.get("/api/records/99999/timeline").await.refused(404, "not_found", None);
}

async fn many_notes_at_once_are_all_saved(crm: Crm) {
    let anna = crm.anna().await;
    // More than there are connections to the database.
    let saved = (0..40).map(async |number| {
        let note = json!({ "key": format!("at-once-{number}"), "record": 5 + number % 5, "text": "At once." });
        let status = if number % 5 == 4 { "active" } else { "call_again" };
        anna.post("/api/notes", &crate::calls::with(note, json!({ "status": status }))).await
    });
    for reply in futures_util::future::join_all(saved).await {
        assert_eq!(reply.status, 201, "{}", reply.text);
    }
}
