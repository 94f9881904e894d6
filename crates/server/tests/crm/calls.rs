//! Calls: what docks report, and what is told of it.

use serde_json::{Value, json};

use crate::harness::{Client, Crm, ids, on_both};

on_both!(
    a_call_is_one_record_from_ringing_to_its_end,
    a_call_is_linked_to_all_who_have_its_number,
    refused_reports_name_the_field,
    agents_see_their_own_calls_and_the_administrator_all,
    the_history_is_filtered_and_exported,
    a_part_of_a_number_finds_its_calls,
    statistics_count_what_happened,
    an_abandoned_call_is_closed_with_what_is_known,
    a_call_that_was_taken_for_over_goes_on,
    a_recording_is_for_those_who_may_hear_it,
);

/// 2026-11-20 12:00 UTC.
const NOON: i64 = 1_795_176_000_000;

/// What a dock says of a call that comes in.
pub fn report(id: &str, number: &str) -> Value {
    json!({
        "channel": "pbx", "call_id": id, "direction": "incoming", "from": number, "to": "1001",
        "outcome": "ringing", "started_at": NOON,
    })
}

pub async fn ringing(client: &Client, id: &str, number: &str) -> Value {
    client.post("/api/calls", &report(id, number)).await.ok()
}

/// The report with these values over it.
pub fn with(mut report: Value, values: Value) -> Value {
    for (key, value) in values.as_object().unwrap() {
        report[key] = value.clone();
    }
    report
}

pub fn answered(report: Value) -> Value {
    with(report, json!({ "outcome": "answered", "answered_at": NOON + 5_000 }))
}

pub fn ended(report: Value) -> Value {
    with(answered(report), json!({ "ended_at": NOON + 65_000 }))
}

async fn a_call_is_one_record_from_ringing_to_its_end(crm: Crm) {
    let anna = crm.anna().await;
    let rings = report("one", "020 7946 0555");
    let first = anna.post("/api/calls", &rings).await.ok();
    assert_eq!(
        (&first["outcome"], &first["from"], &first["to"]),
        (&json!("ringing"), &json!("+442079460555"), &json!("1001"))
    );
    let second = anna.post("/api/calls", &answered(rings.clone())).await.ok();
    assert_eq!((&second["id"], &second["outcome"]), (&first["id"], &json!("answered")));
    let third = anna.post("/api/calls", &ended(rings.clone())).await.ok();
    assert_eq!((&third["talk_seconds"], &third["ended_at"]), (&json!(60), &json!(NOON + 65_000)));
    assert_eq!((&third["agent"]["name"], &third["line"]), (&json!("Anna Moor"), &json!("1001")));
    let late = anna.post("/api/calls", &rings).await.ok();
    assert_eq!(late, third, "a late report takes nothing back");
    assert_eq!(anna.get(&format!("/api/calls/{}", first["id"])).await.ok(), third);
    let missed = with(
        report("two", "+442079460555"),
        json!({ "outcome": "cancelled", "ended_at": NOON + 9_000 }),
    );
    let missed = anna.post("/api/calls", &missed).await.ok();
    assert_eq!((&missed["outcome"], &missed["talk_seconds"]), (&json!("cancelled"), &json!(0)));
}

async fn a_call_is_linked_to_all_who_have_its_number(crm: Crm) {
    let anna = crm.anna().await;
    let call = ringing(&anna, "ambiguous", "020 7946 0958").await;
    let titles: Vec<&str> = call["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|link| link["record"]["title"].as_str().unwrap())
        .collect();
    assert_eq!(titles, ["Smile Dental Croydon", "Omar Haddad", "Chair refit, three rooms"]);
    assert!(
        call["records"].as_array().unwrap().iter().all(|link| link["field"] == "phone"),
        "{call}"
    );
    let clicked = with(
        report("clicked", "+442079460111"),
        json!({ "record": 5, "direction": "outgoing", "from": "1001", "to": "0044 20 7946 0111" }),
    );
    let clicked = anna.post("/api/calls", &clicked).await.ok();
    assert_eq!(clicked["to"], "+442079460111");
    assert_eq!(
        (&clicked["records"][0]["record"]["id"], &clicked["records"][0]["field"]),
        (&json!(5), &json!(null))
    );
    let timeline = anna.get("/api/records/5/timeline").await.ok();
    let calls = timeline["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|entry| entry["what"]["call"]["id"].as_i64());
    assert!(calls.collect::<Vec<_>>().contains(&clicked["id"].as_i64().unwrap()), "{timeline}");
    assert_eq!(anna.delete("/api/records/5").await.status, 204);
    let again = with(report("clicked-again", "+442079460111"), json!({ "record": 5 }));
    let again = anna.post("/api/calls", &again).await.ok();
    assert_eq!(again["records"], json!([]), "the call is filed without the record");
    let never = with(report("clicked-nowhere", "+442079460111"), json!({ "record": 99999 }));
    assert_eq!(anna.post("/api/calls", &never).await.ok()["records"], json!([]));
    assert_eq!(ids(&anna.get("/api/calls?number=02079460111").await.ok()).len(), 3);
    assert_eq!(anna.get(&format!("/api/calls/{}", clicked["id"])).await.ok()["records"], json!([]));
}

async fn refused_reports_name_the_field(crm: Crm) {
    let anna = crm.anna().await;
    let good = report("refused", "+442079460555");
    for (values, code, field) in [
        (json!({ "call_id": "" }), "required", "call_id"),
        (json!({ "call_id": "x".repeat(256) }), "too_long", "call_id"),
        (json!({ "from": "1".repeat(65) }), "too_long", "from"),
        (json!({ "started_at": -1 }), "invalid", "started_at"),
        (json!({ "started_at": i64::MAX }), "invalid", "started_at"),
        (json!({ "outcome": "busy" }), "required", "ended_at"),
        (json!({ "outcome": "answered", "answered_at": NOON - 1 }), "invalid", "answered_at"),
        (json!({ "ended_at": NOON }), "invalid", "outcome"),
    ] {
        anna.post("/api/calls", &with(good.clone(), values)).await.refused(422, code, Some(field));
    }
    anna.post("/api/calls", &with(good.clone(), json!({ "outcome": "lost" }))).await.refused(
        400,
        "malformed",
        None,
    );
    assert_eq!(
        anna.get("/api/calls?number=%2B442079460555").await.ok()["items"],
        json!([]),
        "nothing was half-written"
    );
}

async fn agents_see_their_own_calls_and_the_administrator_all(crm: Crm) {
    let (anna, ben, admin) = (crm.anna().await, crm.ben().await, crm.admin().await);
    let call = anna.post("/api/calls", &ended(report("annas", "+12025550123"))).await.ok();
    let path = format!("/api/calls/{}", call["id"]);
    assert_eq!((anna.get(&path).await.status, admin.get(&path).await.status), (200, 200));
    ben.get(&path).await.refused(404, "not_found", None);
    ben.put(&format!("{path}/records/5"), &json!({})).await.refused(404, "not_found", None);
    ben.get(&format!("{path}/recording")).await.refused(404, "not_found", None);
    let listed = |page: &Value| ids(page).contains(&call["id"].as_i64().unwrap());
    assert!(
        listed(&anna.get("/api/calls").await.ok()) && listed(&admin.get("/api/calls").await.ok())
    );
    assert!(!listed(&ben.get("/api/calls").await.ok()));
    assert!(!ben.get("/api/calls.csv").await.text.contains("Anna Moor"));
    let on_timeline = |timeline: Value| {
        timeline["items"]
            .as_array()
            .unwrap()
            .iter()
            .any(|entry| entry["what"]["call"]["id"] == call["id"])
    };
    assert!(on_timeline(anna.get("/api/records/5/timeline").await.ok()));
    assert!(!on_timeline(ben.get("/api/records/5/timeline").await.ok()));
}

async fn the_history_is_filtered_and_exported(crm: Crm) {
    let admin = crm.admin().await;
    let count = async |query: &str| {
        ids(&admin.get(&format!("/api/calls?limit=200{query}")).await.ok()).len()
    };
    assert_eq!(count("").await, 14);
    assert_eq!(count("&agent=1").await, 7);
    assert_eq!(count("&outcome=busy").await, 1);
    assert_eq!(count("&direction=incoming").await, 7);
    assert_eq!(count("&number=%2B12025550123").await, 2);
    assert_eq!(count("&record=5").await, 3);
    assert_eq!(count("&until=1").await, 0);
    assert_eq!(count("&agent=1&outcome=answered&direction=outgoing").await, 2);
    let (mut parts, mut cursor) = (Vec::new(), String::new());
    loop {
        let part = admin.get(&format!("/api/calls?limit=5{cursor}")).await.ok();
        parts.extend(ids(&part));
        let Some(next) = part["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(parts, ids(&admin.get("/api/calls?limit=200").await.ok()));
    let csv = admin.get("/api/calls.csv?outcome=answered&agent=1").await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8; header=present");
    let lines: Vec<&str> = csv.text.lines().collect();
    assert!(lines[0].starts_with("id,direction,outcome,from,to,agent"), "{}", csv.text);
    assert_eq!(lines.len(), 5);
    let formula =
        with(report("formula", "=HYPERLINK(1)"), json!({ "to": "@SUM(1)", "line": "+1+2" }));
    crm.anna().await.post("/api/calls", &ended(formula)).await.ok();
    let csv = admin.get("/api/calls.csv").await.text;
    assert!(csv.contains(",'=HYPERLINK(1),'@SUM(1),Anna Moor,'+1+2,"), "{csv}");
    let newest = "outgoing,answered,+442079460200,+12025550123,Anna Moor,1001";
    assert!(lines[1].contains(newest), "{}", lines[1]);
}

async fn a_part_of_a_number_finds_its_calls(crm: Crm) {
    let (anna, admin) = (crm.anna().await, crm.admin().await);
    for (id, number) in [
        ("part-1", "07700 900 555"),
        ("part-2", "+44 7700 900 556"),
        ("part-3", "+49 30 0770123"),
        ("part-4", "1001"),
        ("part-5", "+49 30 4567890"),
        ("part-6", "+49 30 456789"),
    ] {
        anna.post("/api/calls", &ended(report(id, number))).await.ok();
    }
    let others = async |typed: &str| {
        let typed = typed.replace('+', "%2B").replace(' ', "%20");
        let path = format!("?since={NOON}&until={}&number={typed}", NOON + 1);
        let page = admin.get(&format!("/api/calls{path}")).await.ok();
        let mut found: Vec<String> = page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|call| call["from"].as_str().unwrap().to_owned())
            .collect();
        found.sort();
        let csv = admin.get(&format!("/api/calls.csv{path}")).await.text;
        assert_eq!(csv.lines().count(), found.len() + 1, "{csv}");
        found
    };
    let (one, two) = ("+447700900555", "+447700900556");
    for (typed, found) in [
        ("0770", vec![one, two]),
        ("+44 7700", vec![one, two]),
        ("0044 7700", vec![one, two]),
        ("900555", vec![one]),
        ("(07700) 900-556", vec![two]),
        ("+447700900556", vec![two]),
        ("0123", vec!["+49300770123"]),
        ("1001", vec!["1001"]),
        ("01", vec![]),
        ("+1 7700", vec![]),
        // A whole number is no part of another.
        ("+49 30 456789", vec!["+4930456789"]),
        ("+49 30 45678", vec!["+4930456789", "+49304567890"]),
    ] {
        assert_eq!(others(typed).await, found, "{typed}");
    }
    // What fits very many numbers is found in another way.
    for round in 1..=5 {
        crm.sql(&format!(
            "INSERT INTO calls (facts, channel, direction, caller, callee, other, outcome, started_at, talk_seconds, heard_at) \
             SELECT facts, channel, direction, caller, callee, '+443{round}' || (10000000 + id), outcome, started_at, 0, 0 FROM calls"
        ))
        .await;
    }
    let count = async |typed: &str| {
        let page = admin.get(&format!("/api/calls?limit=200&number={typed}")).await.ok();
        ids(&page).len()
    };
    assert_eq!((count("%2B443").await, count("03110000").await, count("+33").await), (200, 20, 0));
    let backwards = format!("since={NOON}&until={}", NOON - 1);
    for path in ["/api/calls", "/api/calls.csv"] {
        let refused = admin.get(&format!("{path}?{backwards}")).await;
        refused.refused(422, "invalid", Some("until"));
    }
}

async fn statistics_count_what_happened(crm: Crm) {
    let admin = crm.admin().await;
    let anna = crm.anna().await;
    let day = 86_400_000;
    let old = json!({ "started_at": 10 * day + 3_600_000, "answered_at": 10 * day + 3_601_000, "ended_at": 10 * day + 3_631_000 });
    anna.post("/api/calls", &with(ended(report("old", "+442079460555")), old)).await.ok();
    let busy = json!({ "outcome": "busy", "started_at": 11 * day, "ended_at": 11 * day + 1_000, "direction": "outgoing" });
    anna.post("/api/calls", &with(report("busy", "+442079460555"), busy)).await.ok();
    let path = format!("/api/statistics?since={}&until={}", 10 * day, 12 * day);
    let told = admin.get(&path).await.ok();
    assert_eq!(
        told["total"],
        json!({ "calls": 2, "incoming": 1, "answered": 1, "talk_seconds": 30 })
    );
    assert_eq!(told["days"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&told["days"][0]["at"], &told["days"][1]["tally"]["calls"]),
        (&json!(10 * day), &json!(1))
    );
    assert_eq!(told["agents"][0]["agent"]["name"], "Anna Moor");
    assert_eq!(
        told["outcomes"],
        json!([{ "outcome": "answered", "calls": 1 }, { "outcome": "busy", "calls": 1 }])
    );
    // An hour and a half after midnight in London is the day before in New York.
    let new_york = admin.get(&format!("{path}&utc_offset=-300")).await.ok();
    assert_eq!(new_york["days"][0]["at"], json!(9 * day + 5 * 3_600_000));
    assert_eq!(new_york["days"][0]["tally"]["calls"], 1);
    assert_eq!(admin.get(&format!("{path}&agent=2")).await.ok()["total"]["calls"], 0);
    admin.get("/api/statistics?since=5&until=5").await.refused(422, "invalid", Some("until"));
    admin.get("/api/statistics?since=5&until=99999999999").await.refused(
        422,
        "invalid",
        Some("until"),
    );
}

async fn an_abandoned_call_is_closed_with_what_is_known(crm: Crm) {
    let anna = crm.anna().await;
    let talking = anna.post("/api/calls", &answered(report("talking", "+442079460555"))).await.ok();
    let rang = ringing(&anna, "rang", "+442079460556").await;
    let hooks = crm.admin().await.get("/api/pbx-webhooks").await.ok();
    let by_pbx = json!({ "call_id": "long", "from": "+442079460557" });
    let by_pbx = crm.nobody().post(hooks["inbound"].as_str().unwrap(), &by_pbx).await.ok();
    let told = format!("/api/calls/{}", by_pbx["call"]);
    crm.sql("UPDATE calls SET heard_at = 1795176030000 WHERE ended_at IS NULL AND agent_id = 1")
        .await;
    crm.sql(
        "UPDATE calls SET heard_at = heard_at - 600000 WHERE ended_at IS NULL AND agent_id IS NULL",
    )
    .await;
    ringdock_server::close_abandoned_calls(&crm.app).await.unwrap();
    let closed = anna.get(&format!("/api/calls/{}", talking["id"])).await.ok();
    assert_eq!((&closed["outcome"], &closed["talk_seconds"]), (&json!("answered"), &json!(25)));
    let rang = anna.get(&format!("/api/calls/{}", rang["id"])).await.ok();
    assert_eq!(rang["outcome"], "no_answer");
    assert_eq!(
        crm.admin().await.get(&told).await.ok()["ended_at"],
        json!(null),
        "a PBX is silent in mid-call"
    );
    // The dock lives after all, and knows better.
    let late = anna.post("/api/calls", &ended(report("talking", "+442079460555"))).await.ok();
    assert_eq!(late["talk_seconds"], 60);
}

/// After an outage all calls are old. Whose dock is heard of again goes on, and no other program hears of a wrong end.
async fn a_call_that_was_taken_for_over_goes_on(crm: Crm) {
    let (anna, admin) = (crm.anna().await, crm.admin().await);
    let webhook = json!({ "url": "http://127.0.0.1:9/", "topics": ["call.ended"], "active": true, "secret": "a secret of a webhook" });
    let webhook = admin.post("/api/webhooks", &webhook).await.ok()["id"].clone();
    let log = format!("/api/webhooks/{webhook}/deliveries");
    let deliveries = async || admin.get(&log).await.ok()["items"].as_array().unwrap().clone();
    let rings = ringing(&anna, "goes-on", "+442079460555").await;
    let path = format!("/api/calls/{}", rings["id"]);
    let fall_silent = async || {
        crm.sql("UPDATE calls SET heard_at = 1795176030000 WHERE ended_at IS NULL").await;
        ringdock_server::close_abandoned_calls(&crm.app).await.unwrap();
        assert_eq!(anna.get(&path).await.ok()["outcome"], "no_answer");
    };

    fall_silent().await;
    let held_back = deliveries().await;
    let wait =
        held_back[0]["next_at"].as_i64().unwrap() - held_back[0]["created_at"].as_i64().unwrap();
    assert!(held_back.len() == 1 && wait > 600_000, "{held_back:?}");
    let in_call = json!({ "state": "on_call", "call": "goes-on" });
    crm.ben().await.post("/api/presence", &in_call).await;
    assert_eq!(anna.get(&path).await.ok()["outcome"], "no_answer", "he is not in this call");
    assert_eq!(anna.post("/api/presence", &in_call).await.status, 204);
    assert_eq!(anna.get(&path).await.ok(), rings);
    assert_eq!(deliveries().await, Vec::<Value>::new());

    // The end that somebody states is told at once, in place of a guess or after it.
    fall_silent().await;
    let over = anna.post("/api/calls", &ended(report("goes-on", "+442079460555"))).await.ok();
    assert_eq!(over["talk_seconds"], 60);
    let told = deliveries().await;
    assert!(told.len() == 1 && told[0]["next_at"] == told[0]["created_at"], "{told:?}");
    anna.post("/api/presence", &in_call).await;
    assert_eq!(anna.get(&path).await.ok(), over, "a keep-alive that is late takes nothing back");
}

async fn a_recording_is_for_those_who_may_hear_it(crm: Crm) {
    let (anna, admin) = (crm.anna().await, crm.admin().await);
    let call = anna.post("/api/calls", &ended(report("recorded", "+442079460555"))).await.ok();
    let recording = format!("/api/calls/{}/recording", call["id"]);
    anna.get(&recording).await.refused(404, "not_found", None);
    let hooks = admin.get("/api/pbx-webhooks").await.ok();
    let log = json!({ "call_id": "r1", "sip_call_id": "recorded", "recording": "https://pbx.example/r1.wav", "direction": "inbound" });
    crm.nobody().post(hooks["log"].as_str().unwrap(), &log).await.ok();
    assert_eq!(anna.get(&format!("/api/calls/{}", call["id"])).await.ok()["recording"], true);
    let reply = anna.get(&recording).await;
    assert_eq!(
        (reply.status, reply.headers["location"].to_str().unwrap()),
        (302, "https://pbx.example/r1.wav")
    );
    let deaf = json!({ "name": "Agent", "permissions": ["call", "see_own_calls"] });
    admin.put("/api/roles/2", &deaf).await.ok();
    anna.get(&recording).await.refused(403, "forbidden", None);
    assert_eq!(anna.get(&format!("/api/calls/{}", call["id"])).await.ok()["recording"], false);
}
