//! What several sources report becomes one call, in whatever order it comes.

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};

use crate::{
    calls::{answered, ended, report, with},
    harness::{Client, Crm, on_both},
};

on_both!(
    reports_in_any_order_make_the_same_record,
    the_pbx_alone_makes_a_record,
    forged_and_malformed_reports_are_refused,
    addresses_are_renewed_and_reports_signed,
    what_a_pbx_knows_of_an_agent_grows,
    a_number_that_was_not_it_takes_its_links_along,
    a_final_log_ends_a_call_whatever_it_leaves_out,
);

/// So many orders are tried.
const ORDERS: usize = 12;

/// A report on its way: from the dock of Anna, or to one of the three addresses.
#[derive(Debug, Clone)]
enum Sent {
    Dock(Value),
    Pbx(&'static str, Value),
}

/// One answered call, as its sources tell it. `mark` keeps the calls of different orders apart.
fn story(mark: usize) -> Vec<Sent> {
    let (sip, own, number) =
        (format!("sip-{mark}"), format!("1795.{mark}"), format!("+44207946{:04}", 1000 + mark));
    let dock = report(&sip, &number);
    let pbx = |values: Value| {
        let base = json!({ "call_id": own, "from": number, "to": "02079460000", "started": "1795175999.5" });
        crate::calls::with(base, values)
    };
    vec![
        // It was taken to Ben's extension, and Anna answered.
        Sent::Pbx("inbound", pbx(json!({ "extension": "1002" }))),
        Sent::Pbx("inbound", pbx(json!({ "sip_call_id": sip }))),
        Sent::Dock(dock.clone()),
        Sent::Dock(answered(dock.clone())),
        Sent::Dock(ended(dock)),
        Sent::Pbx(
            "log",
            pbx(json!({
                "direction": "inbound", "answered": "1795176004", "ended": "1795176064", "status": "ANSWER",
                "extension": "1002", "recording": "https://pbx.example/call.wav",
            })),
        ),
    ]
}

async fn send(crm: &Crm, anna: &Client, hooks: &Value, sent: &Sent) {
    match sent {
        Sent::Dock(report) => anna.post("/api/calls", report).await.ok(),
        Sent::Pbx(kind, report) => {
            crm.nobody().post(hooks[*kind].as_str().unwrap(), report).await.ok()
        }
    };
}

/// All calls with the other side's number, without what is theirs alone.
async fn calls(client: &Client, mark: usize) -> Vec<Value> {
    let found = client.get(&format!("/api/calls?number=%2B44207946{:04}", 1000 + mark)).await.ok();
    let mut calls = found["items"].as_array().unwrap().clone();
    for call in &mut calls {
        for own in ["id", "call_ids", "from"] {
            call.as_object_mut().unwrap().remove(own);
        }
    }
    calls
}

async fn reports_in_any_order_make_the_same_record(crm: Crm) {
    let (anna, admin) = (crm.anna().await, crm.admin().await);
    let hooks = admin.get("/api/pbx-webhooks").await.ok();
    for sent in story(0) {
        send(&crm, &anna, &hooks, &sent).await;
    }
    let in_order = calls(&admin, 0).await;
    assert_eq!(in_order.len(), 1);
    assert_eq!(
        (&in_order[0]["outcome"], &in_order[0]["talk_seconds"]),
        (&json!("answered"), &json!(60))
    );
    assert_eq!(
        (&in_order[0]["to"], &in_order[0]["agent"]["name"], &in_order[0]["line"]),
        (&json!("+442079460000"), &json!("Anna Moor"), &json!("1001"))
    );
    let mut runner = TestRunner::new(Config::default());
    for mark in 1..=ORDERS {
        // Each report at least once, some twice, in any order.
        let twice = proptest::sample::subsequence(story(mark), 0..=6);
        let orders =
            twice.prop_flat_map(move |twice| Just([story(mark), twice].concat()).prop_shuffle());
        let order = orders.new_tree(&mut runner).unwrap().current();
        if mark % 3 == 0 {
            let all = order.iter().map(|sent| send(&crm, &anna, &hooks, sent));
            futures_util::future::join_all(all).await;
        } else {
            for sent in &order {
                send(&crm, &anna, &hooks, sent).await;
            }
        }
        assert_eq!(calls(&admin, mark).await, in_order, "{order:#?}");
    }
}

async fn the_pbx_alone_makes_a_record(crm: Crm) {
    let admin = crm.admin().await;
    let hooks = admin.get("/api/pbx-webhooks").await.ok();
    let form =
        "call_id=77.1&from=1002&to=00442079460958&extension=1002&started=1795176000&unknown=x";
    let hook = crm.nobody().without("x-ringdock");
    let address = hooks["outbound"].as_str().unwrap();
    let kind = "application/x-www-form-urlencoded";
    let made = hook.send_text(axum::http::Method::POST, address, Some((kind, form))).await.ok();
    let path = format!("/api/calls/{}", made["call"]);
    let live = admin.get(&path).await.ok();
    assert_eq!((&live["outcome"], &live["direction"]), (&json!("ringing"), &json!("outgoing")));
    assert_eq!(
        (&live["agent"]["name"], &live["to"]),
        (&json!("Ben Okoro"), &json!("+442079460958"))
    );
    let log = json!({ "call_id": "77.1", "status": "NOANSWER", "ended": "1795176030" });
    hook.post(hooks["log"].as_str().unwrap(), &log).await.ok();
    let over = admin.get(&path).await.ok();
    assert_eq!(
        (&over["outcome"], &over["ended_at"]),
        (&json!("no_answer"), &json!(1_795_176_030_000_i64))
    );
    assert_eq!(over["records"].as_array().unwrap().len(), 3);
}

async fn forged_and_malformed_reports_are_refused(crm: Crm) {
    let admin = crm.admin().await;
    let hooks = admin.get("/api/pbx-webhooks").await.ok();
    let log = hooks["log"].as_str().unwrap();
    let secret = log.rsplit('/').next().unwrap();
    let nobody = crm.nobody();
    let good = json!({ "call_id": "1.1", "status": "BUSY" });
    for forged in [
        format!("/hooks/pbx/log/{}", "0".repeat(64)),
        format!("/hooks/pbx/inbound/{secret}"),
        format!("/hooks/pbx/x/{secret}"),
    ] {
        nobody.post(&forged, &good).await.refused(404, "not_found", None);
    }
    for (values, code, field) in [
        (json!({ "call_id": "" }), "required", "call_id"),
        (json!({ "status": "HAPPY" }), "invalid", "status"),
        (json!({ "started": "yesterday" }), "invalid", "started"),
        (json!({ "ended": "-5" }), "invalid", "ended"),
        (json!({ "direction": "sideways" }), "invalid", "direction"),
        (json!({ "recording": "javascript:alert(1)" }), "invalid", "recording"),
        (json!({ "from": "1".repeat(65) }), "too_long", "from"),
    ] {
        let report = crate::calls::with(good.clone(), values);
        nobody.post(log, &report).await.refused(422, code, Some(field));
    }
    nobody.post(log, &json!({ "call_id": [5] })).await.refused(400, "malformed", None);
    let post = axum::http::Method::POST;
    nobody.send_text(post.clone(), log, Some(("application/json", "nonsense"))).await.refused(
        400,
        "malformed",
        None,
    );
    nobody.send_text(post, log, Some(("text/xml", "<a/>"))).await.refused(415, "media_type", None);
    assert_eq!(
        admin.get("/api/calls?outcome=busy").await.ok()["items"].as_array().unwrap().len(),
        1
    );
}

async fn addresses_are_renewed_and_reports_signed(crm: Crm) {
    let admin = crm.admin().await;
    let old = admin.get("/api/pbx-webhooks").await.ok();
    let new = admin.post("/api/pbx-webhooks/renew", &json!({})).await.ok();
    let report = json!({ "call_id": "9.9", "status": "BUSY" });
    crm.nobody().post(old["log"].as_str().unwrap(), &report).await.refused(404, "not_found", None);
    let short = admin.put("/api/pbx-webhooks", &json!({ "hmac_key": "short" })).await;
    short.refused(422, "invalid", Some("hmac_key"));
    let signed = admin.put("/api/pbx-webhooks", &json!({ "hmac_key": "sixteen characters" })).await;
    assert!(!signed.text.contains("sixteen characters"));
    assert_eq!(signed.ok()["signed"], true);
    let log = new["log"].as_str().unwrap();
    crm.nobody().post(log, &report).await.refused(403, "bad_signature", None);
    let signature = crate::webhooks::hmac("sixteen characters", report.to_string().as_bytes());
    let signed = crm.nobody().with("x-ringdock-signature", &format!("sha256={signature}"));
    signed.post(log, &report).await.ok();
    let other = json!({ "call_id": "9.9", "status": "CANCEL" });
    signed.post(log, &other).await.refused(403, "bad_signature", None);
}

async fn what_a_pbx_knows_of_an_agent_grows(crm: Crm) {
    let admin = crm.admin().await;
    let hooks = admin.get("/api/pbx-webhooks").await.ok();
    let told = async |kind: &str, values: Value| {
        let base = json!({ "call_id": "desk", "from": "+442079460555", "to": "02079460000" });
        let sent = crm.nobody().post(hooks[kind].as_str().unwrap(), &with(base, values)).await.ok();
        let call = admin.get(&format!("/api/calls/{}", sent["call"])).await.ok();
        (call["agent"]["name"].clone(), call["line"].clone(), call["outcome"].clone())
    };
    let (anna, ben) = (json!("Anna Moor"), json!("Ben Okoro"));
    let rang = told("inbound", json!({ "extension": "1002", "answered": "0.000000" })).await;
    assert_eq!(rang, (ben, json!("1002"), json!("ringing")));
    // No dock is there; who took it, the PBX knows at the end.
    let log = json!({ "extension": "1001", "status": "ANSWER", "direction": "inbound", "answered": "1795176004" });
    let taken = (anna, json!("1001"), json!("answered"));
    assert_eq!(told("log", log).await, taken);
    assert_eq!(told("inbound", json!({ "extension": "1002" })).await, taken);
}

async fn a_final_log_ends_a_call_whatever_it_leaves_out(crm: Crm) {
    let admin = crm.admin().await;
    let hooks = admin.get("/api/pbx-webhooks").await.ok();
    let told = async |kind: &str, report: Value| {
        let sent = crm.nobody().post(hooks[kind].as_str().unwrap(), &report).await.ok();
        admin.get(&format!("/api/calls/{}", sent["call"])).await.ok()
    };
    for (kind, id) in [("inbound", 7.1), ("outbound", 7.2)] {
        let begun = json!({ "call_id": id, "from": 1001, "to": "02079460000", "started": 1_795_176_000, "answered": 0, "recording": null });
        assert_eq!(told(kind, begun).await["outcome"], "ringing");
        let over = told("log", json!({ "call_id": id })).await;
        assert_eq!(over["outcome"], "no_answer", "{kind}");
        assert!(over["ended_at"].as_i64().unwrap() > 1_795_176_000_000, "{over}");
        assert_eq!(told("log", json!({ "call_id": id })).await, over, "sent again");
        let answered = told("log", json!({ "call_id": id, "answered": 1_795_176_005 })).await;
        assert_eq!(answered["outcome"], "answered");
    }
}

async fn a_number_that_was_not_it_takes_its_links_along(crm: Crm) {
    let anna = crm.anna().await;
    let linked = async |call: &Value| {
        let call = anna.get(&format!("/api/calls/{}", call["id"])).await.ok();
        let links = call["records"].as_array().unwrap().clone();
        let mut ids: Vec<i64> =
            links.iter().map(|link| link["record"]["id"].as_i64().unwrap()).collect();
        ids.sort_unstable();
        ids
    };
    // Chosen while it rang: a record with the number, and one without.
    let rings = with(report("withheld", "020 7946 0958"), json!({ "record": 6 }));
    let call = anna.post("/api/calls", &rings).await.ok();
    anna.put(&format!("/api/calls/{}/records/7", call["id"]), &json!({})).await.ok();
    let matched = linked(&call).await;
    assert_eq!(matched.len(), 4, "{matched:?}");
    let lost = *matched.iter().find(|id| ![6, 7].contains(*id)).unwrap();
    let hooks = crm.admin().await.get("/api/pbx-webhooks").await.ok();
    let known = json!({ "call_id": "w1", "sip_call_id": "withheld", "from": "+12025550123" });
    crm.nobody().post(hooks["inbound"].as_str().unwrap(), &known).await.ok();
    assert_eq!(linked(&call).await, [5, 6, 7]);
    let on_timeline = async |record: i64| {
        let timeline = anna.get(&format!("/api/records/{record}/timeline")).await.ok();
        let mut entries = timeline["items"].as_array().unwrap().iter();
        entries.any(|entry| entry["what"]["call"]["id"] == call["id"])
    };
    assert!(on_timeline(5).await && on_timeline(6).await && on_timeline(7).await);
    assert!(!on_timeline(lost).await);
    // The same of two calls that turn out to be one: what was chosen in either stays.
    let first = json!({ "call_id": "w2", "from": "+12025550123" });
    let first =
        crm.nobody().post(hooks["inbound"].as_str().unwrap(), &first).await.ok()["call"].clone();
    let by_dock = with(report("late-id", "020 7946 0958"), json!({ "record": 5 }));
    anna.post("/api/calls", &by_dock).await.ok();
    let both = json!({ "call_id": "w2", "sip_call_id": "late-id" });
    let both = crm.nobody().post(hooks["inbound"].as_str().unwrap(), &both).await.ok();
    assert_eq!(both["call"], first);
    let call = anna.get(&format!("/api/calls/{first}")).await.ok();
    let links = json!([{ "id": 5, "field": null }]);
    let told = call["records"].as_array().unwrap().iter();
    let told: Vec<Value> =
        told.map(|link| json!({ "id": link["record"]["id"], "field": link["field"] })).collect();
    assert_eq!(json!(told), links);
}
