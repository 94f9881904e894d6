//! What belongs to a colleague's call is neither seen nor taken.

use serde_json::{Value, json};

use crate::{
    calls::{answered, ended, report, ringing, with},
    harness::{Client, Crm, on_both},
    records::contact,
};

on_both!(
    what_is_of_a_call_is_told_to_those_who_may_see_it,
    a_call_is_not_taken_over_by_its_id,
    those_at_whom_it_rang_may_write_about_it,
);

/// Dana Field.
const DANA: &str = "+12025550123";

async fn what_is_of_a_call_is_told_to_those_who_may_see_it(crm: Crm) {
    let (anna, ben, admin) = (crm.anna().await, crm.ben().await, crm.admin().await);
    let call = anna.post("/api/calls", &ended(report("annas", DANA))).await.ok();
    let words = "Between the two of us.";
    let note = json!({ "key": "annas-note-1", "record": 5, "call": "annas", "text": words });
    let note = anna.post("/api/notes", &note).await.ok();
    let hooks = admin.get("/api/pbx-webhooks").await.ok();
    let log = json!({ "call_id": "9.9", "sip_call_id": "annas", "recording": "https://pbx.example/annas.wav" });
    crm.nobody().post(hooks["log"].as_str().unwrap(), &log).await.ok();
    let unlinked = anna.post("/api/calls", &ended(report("unlinked", "+442079460321"))).await.ok();
    let later = contact(&anna, "Latecomer", "020 7946 0321").await["id"].clone();
    let by_id = |id: &Value| format!("\"id\":{id},\"channel\"");
    let (of_call, of_unlinked) = (by_id(&call["id"]), by_id(&unlinked["id"]));
    // Path, what it tells those who may see the call, and how it answers the others.
    let told: [(String, &str, u16); 9] = [
        (format!("/api/calls/{}", call["id"]), &of_call, 404),
        (format!("/api/notes/{}", note["id"]), words, 404),
        (format!("/api/calls/{}/recording", call["id"]), "", 404),
        ("/api/calls?limit=200".to_owned(), words, 200),
        ("/api/calls.csv".to_owned(), words, 200),
        ("/api/records/5/timeline".to_owned(), words, 200),
        ("/api/records/5/related".to_owned(), words, 200),
        ("/api/match?number=%2B12025550123".to_owned(), words, 200),
        (format!("/api/records/{later}/offered-calls"), &of_unlinked, 200),
    ];
    for (path, mark, status) in &told {
        for client in [&anna, &admin] {
            let reply = client.get(path).await;
            assert!(reply.status == 200 || reply.status == 302, "{path}: {}", reply.status);
            assert!(reply.text.contains(mark), "{path}: {}", reply.text);
        }
        let reply = ben.get(path).await;
        assert_eq!(reply.status, *status, "{path}");
        assert!(*status == 404 || !reply.text.contains(mark), "{path}: {}", reply.text);
    }
    // Whoever sees no calls at all sees what was written outside of them, and what they wrote.
    let role = json!({ "name": "Visitor", "permissions": ["dial"] });
    let role = admin.post("/api/roles", &role).await.ok()["id"].clone();
    let user = json!({ "login": "vera", "name": "Vera", "role": role, "active": true, "password": "a good password" });
    admin.post("/api/users", &user).await.ok();
    let vera = crm.with_password("vera", "a good password").await;
    let open = json!({ "key": "open-note-1", "record": 5, "text": "For everybody." });
    anna.post("/api/notes", &open).await.ok();
    for client in [&vera, &ben] {
        let related = client.get("/api/records/5/related").await;
        assert!(related.text.contains("For everybody."), "{}", related.text);
        assert!(!related.text.contains(words), "{}", related.text);
    }
}

async fn a_call_is_not_taken_over_by_its_id(crm: Crm) {
    let (anna, ben, admin) = (crm.anna().await, crm.ben().await, crm.admin().await);
    let call = anna.post("/api/calls", &answered(report("annas", DANA))).await.ok();
    let path = format!("/api/calls/{}", call["id"]);
    // Nobody but the PBX speaks in its name.
    let forged = with(ended(report("annas", DANA)), json!({ "call_id": "pbx/7.7" }));
    ben.post("/api/calls", &forged).await.refused(422, "invalid", Some("call_id"));
    let foreign = json!({ "key": "annas-note-3", "record": 5, "call": "annas", "text": "Anna's." });
    let foreign = anna.post("/api/notes", &foreign).await.ok();
    let delete = ben.delete(&format!("/api/notes/{}", foreign["id"])).await;
    delete.refused(404, "not_found", None);
    let call = anna.get(&path).await.ok();
    let note = json!({ "key": "bens-note-1", "record": 6, "call": "annas", "text": "Mine now." });
    ben.post("/api/notes", &note).await.refused(422, "invalid", Some("call"));
    let lead = json!({ "type": "lead", "fields": { "last_name": "Taken" }, "call": "annas" });
    ben.post("/api/records", &lead).await.refused(422, "invalid", Some("call"));
    assert_eq!(admin.get(&path).await.ok(), call);
    // One call is answered by one dock.
    let late = ben.post("/api/calls", &ended(report("annas", DANA))).await;
    assert_eq!((late.status, late.text.as_str()), (204, ""));
    ben.get(&path).await.refused(404, "not_found", None);
    assert_eq!(anna.get(&path).await.ok()["agent"]["name"], "Anna Moor");
    // A program without the right to see calls is no agent either.
    let key = json!({ "name": "Importer", "role": role_without_calls(&admin).await });
    let key = admin.post("/api/keys", &key).await.ok()["secret"].as_str().unwrap().to_owned();
    let importer = crm.nobody().with("authorization", &format!("Bearer {key}"));
    importer.post("/api/notes", &note).await.refused(422, "invalid", Some("call"));
    let own = json!({ "key": "annas-note-2", "record": 6, "call": "annas", "text": "Mine." });
    assert_eq!(anna.post("/api/notes", &own).await.status, 201);
}

async fn role_without_calls(admin: &Client) -> Value {
    let role = json!({ "name": "Program", "permissions": ["dial"] });
    admin.post("/api/roles", &role).await.ok()["id"].clone()
}

async fn those_at_whom_it_rang_may_write_about_it(crm: Crm) {
    let (anna, ben) = (crm.anna().await, crm.ben().await);
    ringing(&anna, "both", DANA).await;
    let rang = ben.post("/api/calls", &report("both", DANA)).await;
    let call = anna.post("/api/calls", &answered(report("both", DANA))).await.ok();
    assert_eq!(call["agent"]["name"], "Anna Moor");
    // The call is filed, and is Anna's from now on: Ben is told nothing of it, whichever way his reports come.
    for values in [json!({}), json!({ "outcome": "cancelled", "ended_at": call["answered_at"] })] {
        let told = ben.post("/api/calls", &with(report("both", DANA), values)).await;
        assert_eq!((told.status, told.text.as_str()), (204, ""));
    }
    assert!([200, 204].contains(&rang.status), "{}", rang.status);
    let path = format!("/api/calls/{}", call["id"]);
    ben.get(&path).await.refused(404, "not_found", None);
    let note =
        json!({ "key": "bens-note-2", "record": 5, "call": "both", "text": "Anna took it." });
    let note = ben.post("/api/notes", &note).await;
    assert_eq!(note.status, 201, "{}", note.text);
    assert_eq!(ben.get(&format!("/api/notes/{}", note.body["id"])).await.status, 200);
    assert_eq!(anna.get(&path).await.ok()["notes"][0]["text"], "Anna took it.");
}
