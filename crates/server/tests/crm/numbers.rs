//! The numbers of the business, and which of them a call is placed from.

use serde_json::{Value, json};

use crate::{
    calls::with,
    harness::{Client, Crm, ids, on_both},
    live::{listen, next},
};

on_both!(
    numbers_are_set_up,
    numbers_are_checked,
    everybody_sees_the_profiles_and_what_they_may_call_from,
    the_pbx_is_told_what_to_present,
    a_number_that_is_not_the_users_is_never_presented,
    the_customers_number_comes_before_the_usual_one,
    the_choice_is_remembered,
    a_call_names_the_profile,
    on_a_line_of_all_the_callers_dock_says_who_calls,
);

const LONDON: &str = "+442079460200";
const LEEDS: &str = "+441134960200";
/// A customer who never called.
const STRANGER: &str = "+442079460777";

fn number(values: Value) -> Value {
    let base = json!({ "number": "0117 496 0200", "name": "Hartley & Moor Bristol", "users": [1] });
    with(base, values)
}

async fn numbers_are_set_up(crm: Crm) {
    let (admin, anna) = (crm.admin().await, crm.anna().await);
    let made = admin.post("/api/numbers", &number(json!({ "users": [2, 1, 2] }))).await;
    assert_eq!(made.status, 201);
    let path = format!("/api/numbers/{}", made.body["id"]);
    let told = json!({ "id": made.body["id"], "number": "+441174960200", "typed": "0117 496 0200",
        "name": "Hartley & Moor Bristol", "users": [1, 2] });
    assert_eq!(made.body, told);
    assert_eq!(admin.get(&path).await.ok(), told);
    assert_eq!(admin.get("/api/numbers").await.ok()["items"].as_array().unwrap().len(), 3);
    assert_eq!(own(&anna).await, [LONDON, LEEDS, "+441174960200"]);
    let changed = number(json!({ "name": "", "users": [2] }));
    assert_eq!(admin.put(&path, &changed).await.ok()["users"], json!([2]));
    assert_eq!(own(&anna).await, [LONDON, LEEDS]);
    assert_eq!(admin.delete(&path).await.status, 204);
    admin.get(&path).await.refused(404, "not_found", None);
    admin.put(&path, &changed).await.refused(404, "not_found", None);
    admin.delete(&path).await.refused(404, "not_found", None);
    assert_eq!(ids(&admin.get("/api/numbers").await.ok()).len(), 2);
}

async fn numbers_are_checked(crm: Crm) {
    let admin = crm.admin().await;
    for (values, status, code, field) in [
        (json!({ "number": " " }), 422, "required", "number"),
        (json!({ "number": "1001" }), 422, "invalid", "number"),
        (json!({ "number": "call me" }), 422, "invalid", "number"),
        (json!({ "number": "020 7946 0200" }), 409, "taken", "number"),
        (json!({ "name": "x".repeat(201) }), 422, "too_long", "name"),
        (json!({ "users": [1, 99] }), 422, "invalid", "users"),
    ] {
        admin.post("/api/numbers", &number(values)).await.refused(status, code, Some(field));
    }
    let leeds = json!({ "number": LONDON });
    admin.put("/api/numbers/2", &leeds).await.refused(409, "taken", Some("number"));
    // A user who is deleted takes the right along.
    let dora = json!({ "login": "dora", "name": "Dora", "role": 2, "active": true, "password": "a good password" });
    let dora = admin.post("/api/users", &dora).await.ok()["id"].clone();
    let made = admin.post("/api/numbers", &number(json!({ "users": [dora] }))).await.ok();
    assert_eq!(admin.delete(&format!("/api/users/{dora}")).await.status, 204);
    let path = format!("/api/numbers/{}", made["id"]);
    assert_eq!(admin.get(&path).await.ok()["users"], json!([]));
}

/// The numbers that one may call from.
async fn own(client: &Client) -> Vec<String> {
    let page = client.get("/api/line/numbers").await.ok();
    let own = page["items"].as_array().unwrap().iter().filter(|n| n["may_call_from"] == true);
    own.map(|number| number["number"].as_str().unwrap().to_owned()).collect()
}

async fn everybody_sees_the_profiles_and_what_they_may_call_from(crm: Crm) {
    let (admin, ben) = (crm.admin().await, crm.ben().await);
    let line = |number: &str, name: &str, may: bool| json!({ "number": number, "name": name, "may_call_from": may });
    let all = json!([
        line(LONDON, "Hartley & Moor London", true),
        line(LEEDS, "Hartley & Moor Leeds", false)
    ]);
    assert_eq!(ben.get("/api/line/numbers").await.ok()["items"], all);
    assert_eq!(own(&admin).await, Vec::<String>::new());
    assert_eq!(admin.get("/api/line/call-from").await.ok()["number"], json!(null));
    let mut events = listen(&ben).await;
    admin.post("/api/numbers", &number(json!({ "users": [2] }))).await.ok();
    assert_eq!(next(&mut events).await, json!({ "event": "numbers" }));
    assert_eq!(own(&ben).await, [LONDON, "+441174960200"]);
}

/// What the PBX is told to present when this extension calls, and the call's record.
async fn present(crm: &Crm, extension: &str, preferred: &str, to: &str) -> (Value, Value) {
    let admin = crm.admin().await;
    let hook = admin.get("/api/pbx-webhooks").await.ok()["outbound"].as_str().unwrap().to_owned();
    let id = format!("{extension} {preferred} {to}");
    let report = json!({ "call_id": id, "from": extension, "to": to, "extension": extension, "preferred": preferred });
    let answer = crm.nobody().post(&hook, &report).await.ok();
    let call = admin.get(&format!("/api/calls/{}", answer["call"])).await.ok();
    (answer["present"].clone(), call)
}

async fn the_pbx_is_told_what_to_present(crm: Crm) {
    for preferred in [
        "<sip:+441134960200@127.0.0.1>",
        "\"Leeds\" <sip:+441134960200@127.0.0.1;user=phone>",
        "<tel:+441134960200>",
        "sip:+441134960200@127.0.0.1",
        "0113 496 0200",
    ] {
        let (told, call) = present(&crm, "1001", preferred, STRANGER).await;
        let leeds = json!({ "number": LEEDS, "name": "Hartley & Moor Leeds" });
        assert_eq!(told, leeds, "{preferred}");
        assert_eq!(
            (&call["from"], &call["business"], &call["line"]),
            (&json!(LEEDS), &leeds, &json!("1001"))
        );
    }
    // The final log knows the extension alone, and does not take that back; nor does a report in another order.
    let admin = crm.admin().await;
    let hooks = admin.get("/api/pbx-webhooks").await.ok();
    let log = json!({ "call_id": "late", "from": "1001", "to": STRANGER, "extension": "1001",
        "direction": "outbound", "status": "ANSWER", "ended": "1732189000" });
    let log = crm.nobody().post(hooks["log"].as_str().unwrap(), &log).await.ok();
    assert_eq!(log["present"], json!(null));
    let report = json!({ "call_id": "late", "from": "1001", "to": STRANGER, "extension": "1001", "preferred": LEEDS });
    crm.nobody().post(hooks["outbound"].as_str().unwrap(), &report).await.ok();
    let call = admin.get(&format!("/api/calls/{}", log["call"])).await.ok();
    assert_eq!((&call["from"], &call["outcome"]), (&json!(LEEDS), &json!("answered")));
}

async fn a_number_that_is_not_the_users_is_never_presented(crm: Crm) {
    for forged in [LEEDS, "<sip:+442079460777@127.0.0.1>", "anonymous", "<sip:>", "1002"] {
        let (told, call) = present(&crm, "1002", forged, "+442079460779").await;
        assert_eq!(told["number"], LONDON, "{forged}");
        assert_eq!(call["from"], LONDON, "{forged}");
    }
    // Nobody's extension, and that of somebody who has no number.
    for extension in ["1009", ""] {
        assert_eq!(present(&crm, extension, LEEDS, STRANGER).await.0, json!(null), "{extension}");
    }
    let admin = crm.admin().await;
    admin.put("/api/numbers/1", &number(json!({ "number": LONDON, "users": [1] }))).await.ok();
    let (told, call) = present(&crm, "1002", LONDON, "+442079460778").await;
    assert_eq!((told, &call["from"]), (json!(null), &json!("1002")));
}

/// What a call of theirs to this number is placed from.
async fn usual(client: &Client, number: &str) -> Value {
    let path =
        format!("/api/line/call-from?number={}", number.replace('+', "%2B").replace(' ', "%20"));
    client.get(&path).await.ok()["number"].clone()
}

async fn the_customers_number_comes_before_the_usual_one(crm: Crm) {
    let anna = crm.anna().await;
    assert_eq!(usual(&anna, STRANGER).await, LONDON);
    // She called Leeds, a day ago.
    assert_eq!(usual(&anna, "0113 496 0322").await, LEEDS);
    assert_eq!(present(&crm, "1001", "", "+441134960322").await.0["number"], LEEDS);
    // A wish comes before it, and is what was last then.
    assert_eq!(present(&crm, "1001", LONDON, "+441134960322").await.0["number"], LONDON);
    assert_eq!(usual(&anna, "+441134960322").await, LONDON);
    // Whoever calls in through Leeds is called back from there.
    let hooks = crm.admin().await.get("/api/pbx-webhooks").await.ok();
    let came =
        json!({ "call_id": "in", "from": STRANGER, "to": "0113 496 0200", "extension": "1002" });
    crm.nobody().post(hooks["inbound"].as_str().unwrap(), &came).await.ok();
    assert_eq!(usual(&anna, STRANGER).await, LEEDS);
    // Ben may not call from there.
    assert_eq!(usual(&crm.ben().await, STRANGER).await, LONDON);
    let offered = anna.get("/api/suggestions?typed=grace").await.ok()["items"].clone();
    let grace = offered.as_array().unwrap().iter().find(|s| s["number"] == "+441134960322");
    assert_eq!(grace.unwrap()["call_from"], LONDON, "{offered}");
}

async fn the_choice_is_remembered(crm: Crm) {
    let anna = crm.anna().await;
    let choose = json!({ "number": LEEDS });
    assert_eq!(anna.put("/api/line/call-from", &choose).await.status, 204);
    assert_eq!(usual(&anna, "").await, LEEDS);
    assert_eq!(present(&crm, "1001", "", STRANGER).await.0["number"], LEEDS);
    // It is Anna's choice alone, and stays when the number is edited.
    assert_eq!(usual(&crm.ben().await, "").await, LONDON);
    let edited = number(json!({ "number": LEEDS, "users": [1, 2] }));
    crm.admin().await.put("/api/numbers/2", &edited).await.ok();
    assert_eq!(usual(&anna, "").await, LEEDS);
    assert_eq!(usual(&crm.ben().await, "").await, LONDON);
    anna.put("/api/line/call-from", &json!({ "number": STRANGER })).await.refused(
        422,
        "invalid",
        Some("number"),
    );
    anna.put("/api/line/call-from", &json!({ "number": null })).await.refused(
        422,
        "required",
        Some("number"),
    );
}

async fn a_call_names_the_profile(crm: Crm) {
    let anna = crm.anna().await;
    let report = json!({ "channel": "pbx", "call_id": "c1", "direction": "incoming", "from": STRANGER,
        "to": "020 7946 0200", "outcome": "ringing", "started_at": 1_732_189_000_000_i64, "line": "1001" });
    let call = anna.post("/api/calls", &report).await.ok();
    assert_eq!(call["to"], LONDON);
    assert_eq!(call["business"], json!({ "number": LONDON, "name": "Hartley & Moor London" }));
    let call = anna.get("/api/calls?number=%2B447700900321").await.ok()["items"][0].clone();
    assert_eq!((&call["direction"], &call["from"]), (&json!("outgoing"), &json!(LONDON)));
    let own = json!({ "channel": "pbx", "call_id": "c2", "direction": "incoming", "from": "1002", "to": "1001",
        "outcome": "ringing", "started_at": 1_732_189_000_000_i64 });
    assert_eq!(anna.post("/api/calls", &own).await.ok()["business"], json!(null));
}

async fn on_a_line_of_all_the_callers_dock_says_who_calls(crm: Crm) {
    let (admin, anna, ben) = (crm.admin().await, crm.anna().await, crm.ben().await);
    let account = json!({ "shared": true, "username": "hall", "identity": "1100@127.0.0.1",
        "password": "a sip secret", "server": "pbx.example.com" });
    admin.post("/api/voip-accounts", &account).await.ok();
    let hooks = admin.get("/api/pbx-webhooks").await.ok();
    let asks = async |id: &str| {
        let report = json!({ "call_id": format!("of {id}"), "sip_call_id": id, "from": "1100", "to": STRANGER,
            "extension": "1100", "preferred": LEEDS });
        let answer = crm.nobody().post(hooks["outbound"].as_str().unwrap(), &report).await.ok();
        let call = admin.get(&format!("/api/calls/{}", answer["call"])).await.ok();
        (answer["present"]["number"].clone(), call["agent"]["name"].clone(), call["from"].clone())
    };
    let tells = async |client: &Client, id: &str| {
        let report = json!({ "channel": "pbx", "call_id": id, "direction": "outgoing", "from": "1100",
            "to": STRANGER, "outcome": "ringing", "started_at": 1_732_189_000_000_i64, "line": "1100" });
        client.post("/api/calls", &report).await.ok()
    };
    let leeds = (json!(LEEDS), json!("Anna Moor"), json!(LEEDS));
    tells(&anna, "before").await;
    assert_eq!(asks("before").await, leeds);
    let later = async {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        tells(&anna, "later").await
    };
    assert_eq!(tokio::join!(asks("later"), later).0, leeds);
    // Ben may not call from Leeds.
    tells(&ben, "bens").await;
    assert_eq!(asks("bens").await, (json!(LONDON), json!("Ben Okoro"), json!(LONDON)));
    assert_eq!(asks("never").await, (json!(null), json!(null), json!("1100")));
    assert_eq!(asks("").await.0, json!(null));
}
