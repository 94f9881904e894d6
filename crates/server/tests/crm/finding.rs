//! Finding records by numbers and words, and what was left to do.

use serde_json::json;

use crate::{
    calls::{ended, report},
    harness::{Crm, ids, on_both},
    records::contact,
};

on_both!(
    a_number_is_searched_for_in_any_way_of_writing,
    suggestions_look_at_all_words_before_they_choose,
    all_who_have_a_number_are_suggested_people_first,
    call_backs_come_in_parts_without_deleted_records,
    a_record_saved_later_is_offered_the_call,
    a_call_whose_record_was_deleted_is_offered_again,
);

async fn a_number_is_searched_for_in_any_way_of_writing(crm: Crm) {
    let anna = crm.anna().await;
    let national = contact(&anna, "National", "020 7946 0888").await["id"].as_i64().unwrap();
    let foreign = contact(&anna, "Foreign", "+1 (202) 555-0188").await["id"].as_i64().unwrap();
    let numbered = contact(&anna, "Order 2026/118", "").await["id"].as_i64().unwrap();
    for (typed, found) in [
        ("020 7946 0888", national),
        ("(020) 7946-0888", national),
        ("+44 20 7946 0888", national),
        ("00442079460888", national),
        ("020 7946 088", national),
        ("+1 202 555 0188", foreign),
        ("1 202 555 0188", foreign),
        ("2026/118", numbered),
        ("118", numbered),
    ] {
        let search: String = typed.replace('+', "%2B").replace(' ', "%20");
        let page = anna.get(&format!("/api/records?search={search}")).await.ok();
        assert_eq!(ids(&page), [found], "{typed}");
    }
    for typed in ["020%207946%200889", "...", "("] {
        let page = anna.get(&format!("/api/records?search={typed}&type=lead")).await;
        assert_eq!(page.status, 200, "{typed}");
    }
    assert_eq!(anna.get("/api/records?search=020%207946%200889").await.ok()["items"], json!([]));
}

async fn suggestions_look_at_all_words_before_they_choose(crm: Crm) {
    let anna = crm.anna().await;
    for number in 0..60 {
        contact(&anna, "Smith", &format!("020 7946 01{number:02}")).await;
    }
    let fields = json!({ "first_name": "Zoe", "last_name": "Smithson", "phone": "020 7946 0299" });
    anna.post("/api/records", &json!({ "type": "contact", "fields": fields })).await.ok();
    for typed in ["smith%20zo", "zoe%20SMI", "Smithson,%20Zoe"] {
        let found = anna.get(&format!("/api/suggestions?typed={typed}")).await.ok();
        assert_eq!(found["items"].as_array().unwrap().len(), 1, "{typed}: {found}");
        assert_eq!(found["items"][0]["number"], "+442079460299", "{typed}");
    }
    let nobody = anna.get("/api/suggestions?typed=smith%20zy").await.ok();
    assert_eq!(nobody["items"], json!([]));
}

async fn all_who_have_a_number_are_suggested_people_first(crm: Crm) {
    // Ben has called neither.
    let ben = crm.ben().await;
    let suggested = async |typed: &str| {
        let typed = typed.replace('+', "%2B").replace(' ', "%20");
        let found = ben.get(&format!("/api/suggestions?typed={typed}")).await.ok();
        let items = found["items"].as_array().unwrap().iter();
        items.map(|item| item["record"]["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let three = ["Omar Haddad", "Smile Dental Croydon", "Chair refit, three rooms"];
    for typed in
        ["02079460958", "020 7946 0958", "+442079460958", "0044 20 7946 0958", "0207946095"]
    {
        assert_eq!(suggested(typed).await, three, "{typed}");
    }
    assert_eq!(suggested("+12025550123").await, ["Dana Field"]);
    // Saved in E.164, typed as at home.
    let new = contact(&ben, "Abroad", "+44 161 496 0111").await;
    assert_eq!(new["title"], "Abroad");
    assert_eq!(suggested("0161 496 01").await, ["Abroad"]);
    ben.put("/api/me", &json!({ "note_dialog": true, "country": "US" })).await.ok();
    assert_eq!(suggested("202-555-01").await, ["Dana Field"]);
    assert_eq!(suggested("02079460958").await, three, "as it was saved");
    // A call to a number is to the person who has it, and each of the others is offered as well.
    let call = ended(report("suggested", "+442079460958"));
    ben.post("/api/calls", &call).await.ok();
    assert_eq!(suggested("+442079460958").await, three);
}

async fn call_backs_come_in_parts_without_deleted_records(crm: Crm) {
    let anna = crm.anna().await;
    let gone = contact(&anna, "Gone", "020 7946 0777").await["id"].clone();
    let silent = contact(&anna, "Silent", "").await["id"].clone();
    let (dana, mut left) = (json!(5), Vec::new());
    for number in 0..9 {
        let record = [&gone, &dana, &silent][number % 3];
        let request =
            json!({ "key": format!("call-back-{number}"), "record": record, "reason": "Asked." });
        let made = anna.post("/api/call-backs", &request).await.ok();
        if *record != gone {
            left.push(made["id"].as_i64().unwrap());
        }
    }
    anna.delete(&format!("/api/records/{gone}")).await;
    let (mut parts, mut numbers, mut cursor) = (Vec::new(), Vec::new(), String::new());
    loop {
        let part = anna.get(&format!("/api/call-backs?done=false&limit=4{cursor}")).await.ok();
        parts.push(ids(&part));
        let items = part["items"].as_array().unwrap().iter();
        numbers.extend(items.map(|item| item["number"].as_str().unwrap().to_owned()));
        let Some(next) = part["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    let demo = parts.concat().len() - left.len();
    assert_eq!(parts.concat()[demo..], left, "oldest first: {parts:?}");
    assert!(parts.iter().all(|part| part.len() <= 4), "{parts:?}");
    assert_eq!(numbers[demo..], ["+12025550123", "", "+12025550123", "", "+12025550123", ""]);
}

async fn a_record_saved_later_is_offered_the_call(crm: Crm) {
    let anna = crm.anna().await;
    let call = anna.post("/api/calls", &ended(report("unlinked", "+442079460321"))).await.ok();
    let made = contact(&anna, "Latecomer", "020 7946 0321").await;
    let offered = anna.get(&format!("/api/records/{}/offered-calls", made["id"])).await.ok();
    assert_eq!(ids(&offered), [call["id"].as_i64().unwrap()]);
    let path = format!("/api/calls/{}/records/{}", call["id"], made["id"]);
    let linked = anna.put(&path, &json!({})).await.ok();
    assert_eq!(linked["records"][0]["record"]["id"], made["id"]);
    assert_eq!(
        anna.get(&format!("/api/records/{}/offered-calls", made["id"])).await.ok()["items"],
        json!([])
    );
    anna.put(&format!("/api/calls/{}/records/99999", call["id"]), &json!({})).await.refused(
        404,
        "not_found",
        None,
    );
}

async fn a_call_whose_record_was_deleted_is_offered_again(crm: Crm) {
    let anna = crm.anna().await;
    let first = contact(&anna, "First", "020 7946 0321").await;
    let call = anna.post("/api/calls", &ended(report("left", "+442079460321"))).await.ok();
    assert_eq!(call["records"][0]["record"]["id"], first["id"]);
    let second = contact(&anna, "Second", "020 7946 0321").await;
    let path = format!("/api/records/{}/offered-calls", second["id"]);
    assert_eq!(anna.get(&path).await.ok()["items"], json!([]));
    anna.delete(&format!("/api/records/{}", first["id"])).await;
    assert_eq!(ids(&anna.get(&path).await.ok()), [call["id"].as_i64().unwrap()]);
}
