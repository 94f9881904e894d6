//! Nothing that was typed, and no call, is lost without a question.

use ringdock_e2e::Result;
use ringdock_e2e::crm::{get, record, send};
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{ANNA, CHLOE, TONE, run};
use ringdock_e2e::wait::{SOON, until};
use serde_json::json;
use std::time::Duration;

const LEAVE: &str = "Leave without saving?";

/// Opens the page of this contact.
async fn open(desk: &Dock, name: &str) -> Result<()> {
    desk.control("link", name).click().await?;
    desk.control("heading", name).wait().await?;
    desk.control("heading", "Timeline").wait().await.map(drop)
}

/// Answers the open question with the button of this word.
async fn answer(desk: &Dock, question: &str, word: &str) -> Result<()> {
    desk.control("dialog", question).wait().await?;
    let click = "[...document.querySelectorAll('dialog[open] button')]
        .find((button) => button.textContent === arguments[0]).click()";
    desk.eval_with(click, vec![word.into()]).await?;
    desk.control("dialog", question).wait_gone().await
}

async fn address_becomes(desk: &Dock, part: &str) -> Result<()> {
    until(&format!("an address with {part}"), SOON, async || {
        let address = desk.eval("return location.pathname").await?;
        let fits = address.as_str().is_some_and(|address| address.contains(part));
        if fits { Ok(Some(())) } else { Err(format!("it is {address}").into()) }
    })
    .await
}

#[test]
fn a_note_half_written_is_not_left_without_a_question() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/records/contact").await?;
        open(&desk, "Dana Field").await?;
        let note = desk.control("textbox", "Note");
        desk.control("button", "Add note").click().await?;
        note.fill("Wants grey chairs").await?;
        // What is opened beside it takes nothing away.
        desk.control("button", "Add task").click().await?;
        note.wait_gone().await?;
        desk.control("button", "Add note").click().await?;
        note.wait_value("Wants grey chairs").await?;

        desk.control("link", "Deals").click().await?;
        answer(&desk, LEAVE, "Cancel").await?;
        note.wait_value("Wants grey chairs").await?;
        desk.eval("history.back()").await?;
        answer(&desk, LEAVE, "Cancel").await?;
        address_becomes(&desk, "/records/contact/").await?;
        note.wait_value("Wants grey chairs").await?;
        desk.eval("history.back()").await?;
        answer(&desk, LEAVE, "Leave").await?;
        desk.control("heading", "Contacts").wait().await?;

        // What is saved is left freely.
        open(&desk, "Dana Field").await?;
        desk.control("button", "Add note").click().await?;
        note.fill("Wants grey chairs").await?;
        desk.control("button", "Save").click().await?;
        note.wait_gone().await?;
        desk.control("link", "Deals").click().await?;
        desk.control("heading", "Deals").wait().await.map(drop)
    })
}

#[test]
fn what_is_typed_outlives_the_record_it_is_about() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/records/contact").await?;
        let id = record(&desk, "Mei Tan").await?["id"].clone();
        open(&desk, "Mei Tan").await?;
        desk.control("button", "Add note").click().await?;
        desk.control("textbox", "Note").fill("Prefers mornings").await?;
        let delete =
            "return fetch(arguments[0], { method: 'DELETE', headers: { 'x-ringdock': '1' } })
          .then((answer) => answer.status)";
        let deleted = desk.eval_with(delete, vec![format!("/api/records/{id}").into()]).await?;
        assert_eq!(deleted, 204);
        until("the word of it", SOON, async || {
            let text = desk.eval("return document.body.innerText").await?;
            Ok(text.as_str().is_some_and(|text| text.contains("was deleted")).then_some(()))
        })
        .await?;
        desk.control("textbox", "Note").wait_value("Prefers mornings").await?;
        desk.control("heading", "Mei Tan").wait().await.map(drop)
    })
}

#[test]
fn nobody_signs_out_of_a_call_by_mistake() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/records/contact").await?;
        desk.status_becomes("Connected").await?;
        open(&desk, "Dana Field").await?;
        desk.control("button", "Call +1 202 555 0123").click().await?;
        desk.is_in_a_call().await?;
        let question = "Sign out and end the call?";
        desk.control("button", "Sign out").click().await?;
        answer(&desk, question, "Cancel").await?;
        desk.keeps_hearing(TONE, Duration::from_secs(1)).await?;
        desk.control("button", "Sign out").click().await?;
        answer(&desk, question, "Sign out").await?;
        desk.control("button", "Sign in as Anna Moor Agent").wait().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn a_changed_type_is_there_at_once_on_open_pages() -> Result<()> {
    run(async |stage| {
        let anna = stage.workspace(ANNA, "/records/contact").await?;
        anna.control("link", "Deals").wait().await?;
        let admin = stage.workspace(CHLOE, "/").await?;
        let types = get(&admin, "/api/types").await?;
        let types = types["items"].as_array().cloned().unwrap_or_default();
        let mut deal = types.into_iter().find(|kind| kind["key"] == "deal").ok_or("no deals")?;
        deal["plural"] = json!("Opportunities");
        send(&admin, "PUT", "/api/types/deal", &deal).await?;
        anna.control("link", "Opportunities").wait().await.map(drop)
    })
}
