//! Secrets and whole numbers are in no log, at its most talkative.

use std::{fs, thread, time::Duration};

use reqwest::Method;
use serde_json::json;

use crate::program::{Folder, Program};

#[tokio::test(flavor = "multi_thread")]
async fn neither_secrets_nor_numbers_are_logged() {
    let folder = Folder::new();
    let program = Program::start(&folder, &folder.path().join("crm.db").display().to_string());
    let admin = program.client("admin").await;
    let mut canaries =
        vec![admin.headers["cookie"].to_str().unwrap().split_once('=').unwrap().1.to_owned()];
    let mut canary = |name: &str| {
        let text = format!("canary-{name}-7c1d");
        canaries.push(text.clone());
        text
    };
    let (password, sip, hmac, hook, text) = (
        canary("password"),
        canary("sip-password"),
        canary("hmac-key"),
        canary("webhook"),
        canary("note"),
    );
    let user =
        json!({ "login": "dora", "name": "Dora", "role": 1, "active": true, "password": password });
    assert_eq!(admin.post("/api/users", &user).await.0, 201);
    assert_eq!(
        admin.post("/api/session", &json!({ "login": "dora", "password": password })).await.0,
        200
    );
    assert_eq!(
        admin.post("/api/session", &json!({ "login": "anna", "password": password })).await.0,
        401
    );
    let account = json!({ "owner": 3, "username": "1003", "identity": "1003@127.0.0.1", "password": sip, "server": "127.0.0.1" });
    assert_eq!(admin.post("/api/voip-accounts", &account).await.0, 201);
    assert_eq!(admin.get("/api/line").await["account"]["password"], sip.as_str());
    assert_eq!(admin.put("/api/pbx-webhooks", &json!({ "hmac_key": hmac })).await.0, 200);
    assert_eq!(admin.put("/api/pbx-webhooks", &json!({ "hmac_key": null })).await.0, 200);
    // Nobody listens there: the failed attempts are logged, too.
    let webhook = json!({ "url": "http://127.0.0.1:9/hook", "topics": ["call.ended"], "active": true, "secret": hook });
    assert_eq!(admin.post("/api/webhooks", &webhook).await.0, 201);
    let (_, key) = admin.post("/api/keys", &json!({ "name": "Flow", "role": 1 })).await;
    let key = key["secret"].as_str().unwrap().to_owned();
    let mut program_client = admin.clone();
    program_client.headers.insert("authorization", format!("Bearer {key}").parse().unwrap());
    program_client.get("/api/session").await;
    let number = "+442079461234";
    let call = json!({
        "channel": "pbx", "call_id": "c1", "direction": "incoming", "from": number, "to": "1001", "outcome": "busy",
        "started_at": 1_795_176_000_000_i64, "ended_at": 1_795_176_001_000_i64,
    });
    assert_eq!(admin.post("/api/calls", &call).await.0, 200);
    admin.get("/api/match?number=%2B442079461234").await;
    admin.get("/api/calls?number=%2B442079461234").await;
    let hooks = admin.get("/api/pbx-webhooks").await;
    let log = hooks["log"].as_str().unwrap();
    let report = json!({ "call_id": "p1", "from": number, "status": "BUSY" });
    assert_eq!(admin.post(log, &report).await.0, 200);
    assert_eq!(admin.post(log, &json!({ "call_id": [number] })).await.0, 400);
    let note = json!({ "key": "canary-note", "record": 5, "text": text });
    assert_eq!(admin.post("/api/notes", &note).await.0, 201);
    let person =
        json!({ "type": "contact", "fields": { "last_name": "C", "phone": "020 7946 1234" } });
    assert_eq!(admin.post("/api/records", &person).await.0, 201);
    admin.send(Method::GET, "/api/nothing?number=%2B442079461234", None).await.unwrap();
    canaries.extend([key, log.rsplit('/').next().unwrap().to_owned()]);
    canaries.extend([number, "442079461234", "020 7946 1234", "02079461234"].map(str::to_owned));
    wait_for_delivery(&admin).await;
    let path = program.log.clone();
    program.kill();
    let log = fs::read_to_string(path).unwrap();
    assert!(
        log.contains("a call was reported") && log.contains("+4…34"),
        "the log says what happened"
    );
    for canary in canaries {
        let line = log.lines().find(|line| line.contains(&canary));
        assert_eq!(line, None, "{canary} is in the log");
    }
}

async fn wait_for_delivery(admin: &crate::program::Client) {
    for _ in 0..400 {
        let deliveries = admin.get("/api/webhooks/1/deliveries").await;
        if deliveries["items"][0]["attempts"].as_i64().is_some_and(|attempts| attempts > 0) {
            return;
        }
        tokio::task::yield_now().await;
        thread::sleep(Duration::from_millis(50));
    }
    panic!("no delivery was tried");
}
