//! Calls that begin and end on the CRM's pages: from a record's number, from a request to call back, and what is left of
//! them afterwards.

use ringdock_e2e::Result;
use ringdock_e2e::crm::{call_on_timeline, get, record, send};
use ringdock_e2e::dock::Dock;
use ringdock_e2e::recorded;
use ringdock_e2e::stage::{ANNA, CHLOE, run};
use ringdock_e2e::wait::SOON;
use ringdock_rigs::asterisk::{Caller, FarEnd};
use serde_json::json;

/// Type, title, the number as it stands on the record's page, what is dialled.
const RECORDS: [(&str, &str, &str, &str); 5] = [
    ("lead", "Harriet Cole", "0121 496 0654", "+441214960654"),
    ("contact", "Dana Field", "+1 202 555 0123", "+12025550123"),
    ("account", "Smile Dental Croydon", "020 7946 0958", "+442079460958"),
    ("deal", "Chair refit, three rooms", "020 7946 0958", "+442079460958"),
    ("case", "Compressor is loud", "07700 900 123", "+447700900123"),
];

/// Goes to a page of the workspace, as the browser's own buttons do.
async fn go(desk: &Dock, path: &str) -> Result<()> {
    let go =
        "history.pushState(null, '', arguments[0]); dispatchEvent(new PopStateEvent('popstate'))";
    desk.eval_with(go, vec![path.into()]).await.map(drop)
}

async fn open(desk: &Dock, title: &str) -> Result<()> {
    let record = record(desk, title).await?;
    let kind = record["type"].as_str().unwrap_or_default();
    go(desk, &format!("/records/{kind}/{}", record["id"])).await?;
    desk.control("heading", "Timeline").wait().await.map(drop)
}

#[test]
fn one_click_calls_from_each_type_of_record_and_the_call_is_the_records() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/").await?;
        desk.status_becomes("Connected").await?;
        for (kind, title, shown, dialled) in RECORDS {
            open(&desk, title).await?;
            desk.control("button", &format!("Call {shown}")).click().await?;
            desk.is_in_a_call().await?;
            desk.part("heading", title).wait().await?;
            desk.button(&format!("Open {kind}")).wait().await?;
            let team = desk.control("region", "Team");
            team.wait_text("On a call", SOON).await?;
            desk.end().await?;
            desk.button("Skip").click().await?;
            team.wait_text("Available", SOON).await?;
            let call = call_on_timeline(&desk, title, |call| call["ended_at"].is_number()).await?;
            assert_eq!(
                (&call["direction"], &call["to"], &call["outcome"]),
                (&json!("outgoing"), &json!(dialled), &json!("answered")),
                "{title}"
            );
        }
        stage.no_calls_left().await
    })
}

#[test]
fn a_click_during_a_call_says_nothing_of_the_next_one() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/").await?;
        desk.status_becomes("Connected").await?;
        open(&desk, "Harriet Cole").await?;
        desk.control("button", "Call 0121 496 0654").click().await?;
        desk.is_in_a_call().await?;
        open(&desk, "Dana Field").await?;
        desk.control("button", "Call +1 202 555 0123").click().await?;
        desk.says("End the present call first").await?;
        desk.end().await?;
        desk.button("Skip").click().await?;
        desk.dial_with_suggestions("600").await?;
        desk.is_in_a_call().await?;
        desk.says("No record has this number").await?;
        desk.end().await
    })
}

#[test]
fn a_request_to_call_back_is_called_and_done_in_the_dock_and_on_the_page() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/").await?;
        desk.status_becomes("Connected").await?;
        open(&desk, "Harriet Cole").await?;
        let reason = "Filled in the form on the website and asked for a price list.";
        desk.control("region", "Please call back").wait_text(reason, SOON).await?;
        desk.control("button", "Call +441214960654").click().await?;
        desk.is_in_a_call().await?;
        desk.button(&format!("Done: {reason}")).click().await?;
        desk.button(&format!("Done: {reason}")).wait_disabled().await?;
        // The page hears of it by itself.
        desk.control("region", "Please call back").wait_gone().await?;
        desk.end().await?;
        desk.button("Skip").click().await?;

        let lead = record(&desk, "Harriet Cole").await?["id"].clone();
        let request = json!({ "key": "second-call-back", "record": lead, "reason": "Once more." });
        send(&desk, "POST", "/api/call-backs", &request).await?;
        desk.control("region", "Please call back").wait_text("Once more.", SOON).await?;
        desk.control("button", "Mark as done: Once more.").click().await?;
        desk.control("region", "Please call back").wait_gone().await?;
        let open = get(&desk, &format!("/api/call-backs?record={lead}&done=false")).await?;
        assert_eq!(open["items"], json!([]));
        Ok(())
    })
}

#[test]
fn a_record_that_is_given_the_number_of_an_unlinked_call_offers_to_take_it() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/").await?;
        desk.status_becomes("Connected").await?;
        let stranger = Caller { name: "", number: "+442079460777" };
        stage.asterisk.call_in("1001", &stranger, FarEnd::Echo).await?;
        desk.says("No record has this number").await?;
        desk.button("Answer").click().await?;
        desk.is_in_a_call().await?;
        desk.end().await?;
        desk.button("Skip").click().await?;
        go(&desk, "/records/contact/new").await?;
        desk.control("textbox", "Last name").fill("Novak").await?;
        desk.control("textbox", "Phone").fill("020 7946 0777").await?;
        desk.control("button", "Create").click().await?;
        desk.control("heading", "Novak").wait().await?;
        desk.control("heading", "Calls from this number").wait().await?;
        // Its name has the time of the call.
        desk.eval("document.querySelector('.offers button').click()").await?;
        desk.control("heading", "Calls from this number").wait_gone().await?;
        let call = call_on_timeline(&desk, "Novak", |call| call["outcome"] == "answered").await?;
        assert_eq!(call["from"], stranger.number);
        Ok(())
    })
}

#[test]
fn the_recording_of_a_call_plays_on_the_timeline() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(CHLOE, "/").await?;
        let _recordings = recorded::report(&desk, &json!({})).await?;
        open(&desk, "Dana Field").await?;
        // The record goes on living while it plays.
        recorded::plays(&desk, async || {
            let dana = record(&desk, "Dana Field").await?["id"].clone();
            let note =
                json!({ "key": "while-it-plays", "record": dana, "text": "Asks for a catalogue" });
            send(&desk, "POST", "/api/notes", &note).await?;
            desk.control("region", "Timeline").wait_text("Asks for a catalogue", SOON).await
        })
        .await
    })
}
