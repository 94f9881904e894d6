//! Records, their types, and finding them.

use serde_json::{Value, json};

use crate::harness::{Client, Crm, ids, on_both};

on_both!(
    a_record_is_made_read_changed_and_deleted,
    a_record_sent_twice_is_one,
    refused_values_are_named,
    what_cannot_be_a_number_is_kept_and_found_by_its_digits,
    records_are_listed_in_parts_and_searched,
    a_number_finds_all_who_have_it,
    a_number_of_a_colleague_finds_the_colleague,
    types_can_be_made_and_changed,
    a_record_made_in_a_call_takes_the_call,
    suggestions_come_while_typing,
);

pub async fn contact(client: &Client, name: &str, phone: &str) -> Value {
    let body = json!({ "type": "contact", "fields": { "last_name": name, "phone": phone } });
    client.post("/api/records", &body).await.ok()
}

async fn a_record_is_made_read_changed_and_deleted(crm: Crm) {
    let anna = crm.anna().await;
    let fields = json!({ "first_name": "Ada", "last_name": "King", "phone": " (020) 7946 0999 ", "account": "1" });
    let made = anna.post("/api/records", &json!({ "type": "contact", "fields": fields })).await;
    assert_eq!(made.status, 201);
    let made = made.body;
    assert_eq!((&made["title"], &made["status"]), (&json!("Ada King"), &json!("active")));
    let phone = json!({ "field": "phone", "typed": "(020) 7946 0999", "e164": "+442079460999" });
    assert_eq!(made["phones"], json!([phone]));
    assert_eq!(made["links"][0]["record"]["title"], "Smile Dental Croydon");
    let path = format!("/api/records/{}", made["id"]);
    let changed =
        anna.patch(&path, &json!({ "fields": { "phone": "", "job": "Countess" } })).await.ok();
    assert_eq!((&changed["phones"], &changed["fields"]["job"]), (&json!([]), &json!("Countess")));
    assert_eq!(changed["fields"]["first_name"], "Ada");
    assert_eq!(anna.get(&path).await.ok(), changed);
    assert_eq!(anna.delete(&path).await.status, 204);
    for gone in [
        anna.get(&path).await,
        anna.delete(&path).await,
        anna.patch(&path, &json!({ "fields": {} })).await,
    ] {
        gone.refused(404, "not_found", None);
    }
    assert_eq!(anna.get("/api/match?number=02079460999").await.ok()["matches"], json!([]));
}

async fn a_record_sent_twice_is_one(crm: Crm) {
    let anna = crm.anna().await;
    let call = crate::calls::ringing(&anna, "once", "+442079460333").await;
    let lead = json!({
        "key": "record-key-1", "type": "lead", "call": "once",
        "fields": { "last_name": "Onceler", "phone": "020 7946 0333" },
    });
    // At once, as a browser that lost the first reply would, and again later.
    let (one, two) =
        tokio::join!(anna.post("/api/records", &lead), anna.post("/api/records", &lead));
    let statuses = [one.status, two.status];
    assert!(statuses.contains(&201), "{statuses:?}");
    let again = anna.post("/api/records", &lead).await;
    assert_eq!(again.status, 200);
    let made = [one, two].into_iter().find(|reply| reply.status == 201).unwrap();
    assert_eq!(again.body, made.body);
    let found = anna.get("/api/records?search=onceler").await.ok();
    assert_eq!(ids(&found), [made.body["id"].as_i64().unwrap()]);
    let call = anna.get(&format!("/api/calls/{}", call["id"])).await.ok();
    assert_eq!(call["records"].as_array().unwrap().len(), 1, "{call}");
    let with = |values: Value| crate::calls::with(lead.clone(), values);
    let other = with(json!({ "fields": { "last_name": "Twiceler" } }));
    anna.post("/api/records", &other).await.refused(409, "key_reused", Some("key"));
    crm.ben().await.post("/api/records", &lead).await.refused(409, "key_reused", Some("key"));
    anna.post("/api/records", &with(json!({ "key": "short" }))).await.refused(
        422,
        "invalid",
        Some("key"),
    );
    // What was refused may be sent again with the same key.
    let nameless = with(json!({ "key": "record-key-2", "fields": {} }));
    anna.post("/api/records", &nameless).await.refused(422, "required", Some("fields.last_name"));
    let named = with(json!({ "key": "record-key-2" }));
    assert_eq!(anna.post("/api/records", &named).await.status, 201);
}

async fn refused_values_are_named(crm: Crm) {
    let anna = crm.anna().await;
    let cases = [
        ("contact", json!({ "first_name": "Ada" }), "required", "fields.last_name"),
        (
            "contact",
            json!({ "last_name": "K", "status": "gone" }),
            "unknown_option",
            "fields.status",
        ),
        ("contact", json!({ "last_name": "K", "email": "k" }), "invalid", "fields.email"),
        ("contact", json!({ "last_name": "K", "shoe_size": "9" }), "invalid", "fields.shoe_size"),
        ("contact", json!({ "last_name": "K", "account": "99999" }), "invalid", "fields.account"),
        ("contact", json!({ "last_name": "K", "account": "5" }), "invalid", "fields.account"),
        (
            "contact",
            json!({ "last_name": "K", "phone": "1".repeat(65) }),
            "too_long",
            "fields.phone",
        ),
        ("contact", json!({ "last_name": "K".repeat(10_001) }), "too_long", "fields.last_name"),
        ("deal", json!({ "name": "D", "amount": "lots" }), "invalid", "fields.amount"),
        ("deal", json!({ "name": "D", "closes_on": "31.12.2026" }), "invalid", "fields.closes_on"),
        ("ghost", json!({}), "invalid", "type"),
    ];
    for (kind, fields, code, field) in cases {
        let reply = anna.post("/api/records", &json!({ "type": kind, "fields": fields })).await;
        reply.refused(422, code, Some(field));
    }
    anna.post("/api/records", &json!({ "type": "contact" })).await.refused(400, "malformed", None);
    anna.post("/api/records", &json!({ "type": "contact", "fields": { "a": 1 } })).await.refused(
        400,
        "malformed",
        None,
    );
    anna.get("/api/records?limit=0").await.refused(422, "invalid", Some("limit"));
    anna.get("/api/records?cursor=x").await.refused(422, "invalid", Some("cursor"));
    anna.get("/api/records?colour=red").await.refused(400, "malformed", None);
}

async fn what_cannot_be_a_number_is_kept_and_found_by_its_digits(crm: Crm) {
    let anna = crm.anna().await;
    let made = contact(&anna, "Odd", "ext. 12 34 5").await;
    assert_eq!(
        made["phones"][0],
        json!({ "field": "phone", "typed": "ext. 12 34 5", "e164": null })
    );
    let matches = anna.get("/api/match?number=12345").await.ok();
    assert_eq!(matches["matches"][0]["record"]["id"], made["id"]);
}

async fn records_are_listed_in_parts_and_searched(crm: Crm) {
    let anna = crm.anna().await;
    let whole = ids(&anna.get("/api/records?limit=200").await.ok());
    let (mut parts, mut cursor) = (Vec::new(), String::new());
    loop {
        let part = anna.get(&format!("/api/records?limit=4{cursor}")).await.ok();
        parts.extend(ids(&part));
        match part["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(parts, whole);
    let search = async |text: &str| {
        let found = anna.get(&format!("/api/records?search={text}")).await.ok();
        let titles = found["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["title"].as_str().unwrap().to_owned());
        titles.collect::<Vec<_>>()
    };
    assert_eq!(search("DANA%20fie").await, ["Dana Field"]);
    assert_eq!(search("da").await, ["Dana Field"]);
    assert_eq!(search("12025550123").await, ["Dana Field"]);
    assert_eq!(search("dana%20nobody").await, Vec::<String>::new());
    let won = anna.get("/api/records?type=deal&status=won").await.ok();
    assert_eq!(won["items"][0]["title"], "Starter set");
    let linked = anna.get("/api/records?linked_to=1&type=case").await.ok();
    assert_eq!(linked["items"][0]["title"], "Compressor is loud");
}

async fn a_number_finds_all_who_have_it(crm: Crm) {
    let anna = crm.anna().await;
    let known = anna.get("/api/match?number=%2B1%20202%20555%200123").await.ok();
    let known = known["matches"].as_array().unwrap();
    assert_eq!(known.len(), 1);
    assert_eq!(
        (&known[0]["record"]["title"], &known[0]["field_label"]),
        (&json!("Dana Field"), &json!("Phone"))
    );
    let related = &known[0]["related"];
    assert_eq!(related["account"]["title"], "Smile Dental Croydon");
    assert_eq!(
        related["deals"].as_array().unwrap().len(),
        1,
        "a closed deal is not open: {related}"
    );
    assert_eq!(related["deals"][0]["title"], "Chair refit, three rooms");
    assert_eq!(related["cases"][0]["title"], "Compressor is loud");
    assert_eq!(related["tasks"][0]["title"], "Send the colour chart");
    assert!(related["notes"][0]["text"].as_str().unwrap().contains("before ten"));
    let ambiguous = anna.get("/api/match?number=00442079460958").await.ok();
    let titles: Vec<&str> = ambiguous["matches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["record"]["title"].as_str().unwrap())
        .collect();
    assert_eq!(titles, ["Omar Haddad", "Smile Dental Croydon", "Chair refit, three rooms"]);
    let unknown = anna.get("/api/match?number=020%207946%200000").await.ok();
    assert_eq!(unknown, json!({ "number": "+442079460000", "matches": [] }));
    assert_eq!(anna.get("/api/match?number=").await.ok(), json!({ "number": "", "matches": [] }));
    anna.get(&format!("/api/match?number={}", "1".repeat(65))).await.refused(
        422,
        "too_long",
        Some("number"),
    );
}

async fn a_number_of_a_colleague_finds_the_colleague(crm: Crm) {
    let anna = crm.anna().await;
    for number in ["020%207946%200102", "1002"] {
        let found = anna.get(&format!("/api/match?number={number}")).await.ok();
        let record = &found["matches"][0]["record"];
        assert_eq!(
            (&record["type"], &record["title"]),
            (&json!("user"), &json!("Ben Okoro")),
            "{number}"
        );
    }
}

async fn types_can_be_made_and_changed(crm: Crm) {
    let (admin, anna) = (crm.admin().await, crm.anna().await);
    let mut kind = json!({
        "key": "patient", "name": "Patient", "plural": "Patients", "title": ["name"], "status": "stage",
        "fields": [
            { "key": "name", "label": "Name", "kind": "text", "required": true },
            { "key": "home", "label": "Home", "kind": "phone" },
            { "key": "stage", "label": "Stage", "kind": "choice",
              "options": [{ "value": "new", "label": "New" }, { "value": "done", "label": "Done", "closed": true }] },
        ],
    });
    admin.put("/api/types/patient", &kind).await.ok();
    let body = json!({ "type": "patient", "fields": { "name": "Ida", "home": "020 7946 0777" } });
    let ida = anna.post("/api/records", &body).await.ok();
    assert_eq!(ida["status"], "new");
    let found = anna.get("/api/match?number=02079460777").await.ok();
    assert_eq!(found["matches"][0]["field_label"], "Home");
    kind["title"] = json!(["name", "home"]);
    admin.put("/api/types/patient", &kind).await.ok();
    let path = format!("/api/records/{}", ida["id"]);
    assert_eq!(anna.get(&path).await.ok()["title"], "Ida 020 7946 0777");
    assert_eq!(
        anna.get("/api/match?number=%2B442079460777").await.ok()["matches"][0]["record"]["id"],
        ida["id"]
    );
    admin.delete("/api/types/patient").await.refused(409, "in_use", None);
    admin.delete("/api/types/contact").await.refused(409, "in_use", None);
    admin.delete("/api/types/ghost").await.refused(404, "not_found", None);
    for (place, value, field) in [
        ("/status", json!("name"), "status"),
        ("/title", json!(["nothing"]), "title"),
        ("/fields/1/key", json!("name"), "fields.1.key"),
        ("/fields/2/options", json!([]), "fields.2.options"),
        ("/key", json!("other"), "key"),
    ] {
        let mut wrong = kind.clone();
        *wrong.pointer_mut(place).unwrap() = value;
        admin.put("/api/types/patient", &wrong).await.refused(422, "invalid", Some(field));
    }
}

async fn a_record_made_in_a_call_takes_the_call(crm: Crm) {
    let anna = crm.anna().await;
    let call = crate::calls::ringing(&anna, "call-taken", "+442079460123").await;
    assert_eq!(call["records"], json!([]));
    let fields = json!({ "last_name": "Stranger", "phone": "020 7946 0123" });
    let body = json!({ "type": "lead", "fields": fields, "call": "call-taken" });
    let lead = anna.post("/api/records", &body).await.ok();
    let call = anna.get(&format!("/api/calls/{}", call["id"])).await.ok();
    assert_eq!(call["records"][0]["record"]["id"], lead["id"]);
    let wrong = json!({ "type": "lead", "fields": fields, "call": "no-such-call" });
    anna.post("/api/records", &wrong).await.refused(422, "invalid", Some("call"));
    let leads = anna.get("/api/records?search=stranger").await.ok();
    assert_eq!(ids(&leads).len(), 1, "what was refused left nothing behind");
}

async fn suggestions_come_while_typing(crm: Crm) {
    let anna = crm.anna().await;
    let by_name = anna.get("/api/suggestions?typed=Dan").await.ok();
    assert_eq!(by_name["items"][0]["number"], "+12025550123");
    assert_eq!(by_name["items"][1]["field_label"], "Mobile");
    let by_number = anna.get("/api/suggestions?typed=0113%20496").await.ok();
    assert_eq!(
        by_number["items"][0]["number"], "+441134960322",
        "one's own calls come first: {by_number}"
    );
    assert_eq!(by_number["items"][1]["record"]["title"], "Northgate Orthodontics");
    let recent = anna.get("/api/suggestions?typed=%2B1202").await.ok();
    assert_eq!(recent["items"][0]["record"]["title"], "Dana Field");
    assert_eq!(anna.get("/api/suggestions?typed=d").await.ok()["items"], json!([]));
}
