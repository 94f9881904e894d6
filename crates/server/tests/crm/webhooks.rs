//! Telling other programs.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::{
    calls::{ended, report},
    harness::{Crm, on_both, until},
};

on_both!(
    webhooks_are_set_up,
    the_end_of_a_call_is_told_until_it_is_taken,
    a_webhook_that_does_not_reply_keeps_no_other_back,
);

const SECRET: &str = "a secret of a webhook";

/// HMAC-SHA256 in hexadecimal digits.
pub fn hmac(key: &str, text: &[u8]) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(text);
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn webhooks_are_set_up(crm: Crm) {
    let admin = crm.admin().await;
    let good = json!({ "url": "https://flow.example/hook", "topics": ["call.ended"], "active": true, "secret": SECRET });
    let made = admin.post("/api/webhooks", &good).await;
    assert_eq!(made.status, 201);
    assert!(!made.text.contains(SECRET));
    for (values, code, field) in [
        (json!({ "url": "ftp://flow.example" }), "invalid", "url"),
        (json!({ "url": "https://user:secret@flow.example/hook" }), "invalid", "url"),
        (json!({ "url": "https://token@flow.example/hook" }), "invalid", "url"),
        (json!({ "secret": "short" }), "invalid", "secret"),
        (json!({ "secret": null }), "required", "secret"),
        (json!({ "topics": [] }), "required", "topics"),
    ] {
        let wrong = crate::calls::with(good.clone(), values);
        admin.post("/api/webhooks", &wrong).await.refused(422, code, Some(field));
    }
    let path = format!("/api/webhooks/{}", made.body["id"]);
    let off = crate::calls::with(good.clone(), json!({ "active": false, "secret": null }));
    assert_eq!(admin.put(&path, &off).await.ok()["active"], false);
    crm.anna().await.post("/api/calls", &ended(report("untold", "+442079460555"))).await.ok();
    assert_eq!(admin.get(&format!("{path}/deliveries")).await.ok()["items"], json!([]));
    assert_eq!(admin.get("/api/webhooks").await.ok()["items"].as_array().unwrap().len(), 1);
    assert_eq!(admin.delete(&path).await.status, 204);
    admin.get(&format!("{path}/deliveries")).await.refused(404, "not_found", None);
    admin.put(&path, &good).await.refused(404, "not_found", None);
}

type Got = Arc<Mutex<Vec<(HeaderMap, String)>>>;

/// Refuses the first delivery, takes the others.
async fn take(State(got): State<Got>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let mut got = got.lock().unwrap();
    got.push((headers, String::from_utf8(body.to_vec()).unwrap()));
    if got.len() == 1 { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK }
}

async fn the_end_of_a_call_is_told_until_it_is_taken(crm: Crm) {
    let (admin, anna) = (crm.admin().await, crm.anna().await);
    let got = Got::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let other = Router::new().route("/hook", post(take)).with_state(got.clone());
    let other = tokio::spawn(async move { axum::serve(listener, other).await });
    let webhook = json!({ "url": url, "topics": ["call.ended"], "active": true, "secret": SECRET });
    let id = admin.post("/api/webhooks", &webhook).await.ok()["id"].clone();
    let call = anna.post("/api/calls", &ended(report("over", "+12025550123"))).await.ok();
    // The same end, reported again, is not another.
    anna.post("/api/calls", &ended(report("over", "+12025550123"))).await.ok();
    let background = ringdock_server::start_background(&crm.app);
    let path = format!("/api/webhooks/{id}/deliveries");
    let refused = until("the refused attempt in the log", async || {
        let log = admin.get(&path).await.ok();
        (log["items"][0]["last_status"] == 503).then_some(log)
    });
    let refused = refused.await["items"][0].clone();
    assert_eq!((&refused["state"], &refused["attempts"]), (&json!("waiting"), &json!(1)));
    assert!(refused["next_at"].is_i64() && refused["last_error"].is_string(), "{refused}");
    // The pause after the first failure is 5 s.
    crm.sql("UPDATE deliveries SET next_at = 0 WHERE state = 'waiting'").await;
    let taken = until("the delivery", async || {
        let log = admin.get(&path).await.ok();
        (log["items"][0]["state"] == "delivered").then_some(log)
    });
    assert_eq!(taken.await["items"].as_array().unwrap().len(), 1);
    let got = got.lock().unwrap().clone();
    assert_eq!(got.len(), 2);
    for (headers, body) in &got {
        let timestamp = headers["ringdock-timestamp"].to_str().unwrap();
        let signature = hmac(SECRET, format!("{timestamp}.{body}").as_bytes());
        assert_eq!(headers["ringdock-signature"].to_str().unwrap(), format!("v1={signature}"));
        assert_eq!(headers["ringdock-event"], "call.ended");
    }
    assert_eq!(got[0].1, got[1].1, "it says the same at each attempt");
    assert_eq!(got[0].0["ringdock-delivery"], got[1].0["ringdock-delivery"]);
    let body: Value = serde_json::from_str(&got[0].1).unwrap();
    assert_eq!((&body["event"], &body["call"]["id"]), (&json!("call.ended"), &call["id"]));
    assert_eq!(body["call"]["records"][0]["record"]["title"], "Dana Field");
    crm.app.end_streams();
    for task in background {
        task.await.unwrap();
    }
    other.abort();
}

async fn a_webhook_that_does_not_reply_keeps_no_other_back(crm: Crm) {
    let (admin, anna) = (crm.admin().await, crm.anna().await);
    // It takes connections, and that is all.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = |listener: &tokio::net::TcpListener| listener.local_addr().unwrap();
    let addresses = [address(&silent), address(&listener)];
    let other = Router::new().route("/hook", post(async || StatusCode::OK));
    let other = tokio::spawn(async move { axum::serve(listener, other).await });
    let mut logs = Vec::new();
    for address in addresses {
        let webhook = json!({ "url": format!("http://{address}/hook"), "topics": ["call.ended"], "active": true, "secret": SECRET });
        let id = admin.post("/api/webhooks", &webhook).await.ok()["id"].clone();
        logs.push(format!("/api/webhooks/{id}/deliveries"));
    }
    for call in ["one", "two", "three", "four"] {
        anna.post("/api/calls", &ended(report(call, "+12025550123"))).await.ok();
    }
    let background = ringdock_server::start_background(&crm.app);
    let states = async |log: &String| {
        let log = admin.get(log).await.ok();
        log["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["state"].clone())
            .collect::<Vec<_>>()
    };
    // Four times 10 s is longer than this waits.
    until("all deliveries to who replies", async || {
        states(&logs[1]).await.iter().all(|state| state == "delivered").then_some(())
    })
    .await;
    assert_eq!(states(&logs[0]).await, ["waiting"; 4]);
    crm.app.end_streams();
    for task in background {
        task.await.unwrap();
    }
    other.abort();
}
