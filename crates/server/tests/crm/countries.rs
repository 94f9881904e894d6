//! A number without a country code is one of the country of whoever typed it, and stays that number.

use serde_json::{Value, json};

use crate::{
    harness::{Client, Crm, on_both},
    records::contact,
};

on_both!(
    an_edit_leaves_the_numbers_of_others_alone,
    a_text_that_becomes_a_number_is_of_the_workspaces_country,
    what_the_pbx_heard_dialled_is_of_the_agents_country,
);

/// A user whose numbers are American, in a workspace whose are British.
async fn american(crm: &Crm) -> Client {
    let anna = crm.anna().await;
    anna.put("/api/me", &json!({ "note_dialog": true, "country": "US" })).await.ok();
    anna
}

fn numbers(record: &Value) -> Vec<(&str, &str)> {
    let phones = record["phones"].as_array().unwrap().iter();
    let text = |value: &'static str| move |phone: &&Value| phone[value].is_string();
    let told = phones.filter(text("e164")).map(|phone| (&phone["field"], &phone["e164"]));
    told.map(|(field, e164)| (field.as_str().unwrap(), e164.as_str().unwrap())).collect()
}

async fn an_edit_leaves_the_numbers_of_others_alone(crm: Crm) {
    let (anna, ben) = (american(&crm).await, crm.ben().await);
    let made = contact(&ben, "Abroad", "020 7946 0999").await;
    let path = format!("/api/records/{}", made["id"]);
    let london = ("phone", "+442079460999");
    let edited = anna.patch(&path, &json!({ "fields": { "job": "Buyer" } })).await.ok();
    assert_eq!(numbers(&edited), [london]);
    let note =
        json!({ "key": "abroad-note-1", "record": made["id"], "text": "", "status": "call_again" });
    anna.post("/api/notes", &note).await.ok();
    assert_eq!(numbers(&anna.get(&path).await.ok()), [london]);
    // A form sends what did not change as well.
    let fields = json!({ "phone": "020 7946 0999", "mobile": "(202) 555-0199" });
    let edited = anna.patch(&path, &json!({ "fields": fields })).await.ok();
    assert_eq!(numbers(&edited), [london, ("mobile", "+12025550199")]);
    let edited = ben.patch(&path, &json!({ "fields": { "job": "Owner" } })).await.ok();
    assert_eq!(numbers(&edited), [london, ("mobile", "+12025550199")]);
    assert_eq!(
        ben.get("/api/match?number=02079460999").await.ok()["matches"][0]["record"]["id"],
        made["id"]
    );
}

async fn a_text_that_becomes_a_number_is_of_the_workspaces_country(crm: Crm) {
    let (admin, anna) = (crm.admin().await, american(&crm).await);
    let mut kind = json!({
        "key": "site", "name": "Site", "plural": "Sites", "title": ["name"],
        "fields": [
            { "key": "name", "label": "Name", "kind": "text" },
            { "key": "gate", "label": "Gate", "kind": "text" },
            { "key": "office", "label": "Office", "kind": "phone" },
        ],
    });
    admin.put("/api/types/site", &kind).await.ok();
    let fields = json!({ "name": "Docks", "gate": "020 7946 0666", "office": "(202) 555-0166" });
    let made = anna.post("/api/records", &json!({ "type": "site", "fields": fields })).await.ok();
    kind["fields"][1]["kind"] = json!("phone");
    admin.put("/api/types/site", &kind).await.ok();
    let read = anna.get(&format!("/api/records/{}", made["id"])).await.ok();
    assert_eq!(numbers(&read), [("gate", "+442079460666"), ("office", "+12025550166")]);
}

async fn what_the_pbx_heard_dialled_is_of_the_agents_country(crm: Crm) {
    american(&crm).await;
    let admin = crm.admin().await;
    let hooks = admin.get("/api/pbx-webhooks").await.ok();
    for (extension, number) in [("1001", "+12025550177"), ("1002", "+442025550177")] {
        let report = json!({ "call_id": extension, "from": extension, "extension": extension, "to": "2025550177" });
        let told = crm.nobody().post(hooks["outbound"].as_str().unwrap(), &report).await.ok();
        let call = admin.get(&format!("/api/calls/{}", told["call"])).await.ok();
        assert_eq!(call["to"], number, "{extension}");
    }
}
