//! After the call: the note that stays.

use ringdock_e2e::Result;
use ringdock_e2e::control::Control;
use ringdock_e2e::crm::{Crm, call_on_timeline, get, is_joined, record, send};
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{DANA, Stage, run};
use ringdock_e2e::wait::{SOON, until};
use ringdock_rigs::asterisk::FarEnd;
use serde_json::{Value, json};
use std::time::Duration;

fn notes(dock: &Dock) -> Control<'_> {
    dock.part("textbox", "Notes")
}

/// An answered call from Dana, up to its end.
async fn talk(stage: &Stage, dock: &Dock) -> Result<()> {
    stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
    dock.button("Answer").click().await?;
    dock.is_in_a_call().await?;
    dock.says("Matched on Phone").await?;
    dock.end().await?;
    dock.part("dialog", "Call note").wait().await.map(drop)
}

fn note_of(call: &Value) -> Option<&str> {
    call["notes"][0]["text"].as_str()
}

#[test]
fn what_was_typed_in_the_call_is_in_the_dialog_and_saved_with_a_new_status() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Answer").click().await?;
        dock.is_in_a_call().await?;
        dock.button("Add note").click().await?;
        notes(&dock).fill("Wants grey chairs").await?;
        let (x, y) = dock.button("End").middle().await?;
        dock.click_at(x, y).await?;
        // Of a double click, the second click is where the dialog has its buttons.
        dock.click_at(x, y).await?;
        dock.part("dialog", "Call note").wait().await?;
        notes(&dock).wait_value("Wants grey chairs").await?;
        let status = dock.part("combobox", "Status");
        status.wait_value("Active").await?;
        status.tab_to().await?;
        dock.press("Call").await?;
        status.wait_value("Call again").await?;
        dock.button("Save").click().await?;
        dock.part("dialog", "Call note").wait_gone().await?;
        let call = call_on_timeline(&dock, "Dana Field", |call| {
            note_of(call) == Some("Wants grey chairs")
        })
        .await?;
        assert_eq!(call["notes"][0]["status"]["to"], "call_again");
        assert_eq!(call["outcome"], "answered");
        assert_eq!(record(&dock, "Dana Field").await?["status"], "call_again");
        Ok(())
    })
}

#[test]
fn skipping_logs_the_call_all_the_same() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        talk(stage, &dock).await?;
        notes(&dock).fill("nothing to keep").await?;
        dock.button("Skip").click().await?;
        dock.part("dialog", "Call note").wait_gone().await?;
        let calls = get(&dock, "/api/calls?limit=1").await?["items"][0].clone();
        let newest = calls["id"].clone();
        let call = call_on_timeline(&dock, "Dana Field", |call| {
            call["id"] == newest && call["ended_at"].is_number()
        })
        .await?;
        assert_eq!((note_of(&call), &call["outcome"]), (None, &"answered".into()));
        Ok(())
    })
}

#[test]
fn a_draft_survives_a_reload_and_a_server_that_was_killed_and_is_one_note() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        talk(stage, &dock).await?;
        notes(&dock).fill("Call back on Friday").await?;
        dock.eval("location.reload()").await?;
        dock.status_becomes("Connected").await?;
        is_joined(&dock).await?;
        dock.part("dialog", "Call note").wait().await?;
        notes(&dock).wait_value("Call back on Friday").await?;
        crm.server.stop();
        dock.button("Save").click().await?;
        dock.says("cannot be reached").await?;
        dock.says("sent again by itself").await?;
        crm.server.start_again()?;
        dock.part("dialog", "Call note").wait_gone_within(Duration::from_secs(45)).await?;
        let call = call_on_timeline(&dock, "Dana Field", |call| {
            note_of(call).is_some_and(|it| it.contains("Friday"))
        })
        .await?;
        assert_eq!(call["notes"].as_array().map(Vec::len), Some(1), "{call}");
        until("nothing to be kept any longer", SOON, async || {
            let left = "return Object.keys(localStorage).filter((key) => /\\.(letter|draft)\\./.test(key)).length";
            Ok((dock.eval(left).await? == 0).then_some(()))
        })
        .await
    })
}

#[test]
fn a_report_that_the_server_could_not_take_is_sent_when_it_is_back() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        let before = get(&dock, "/api/calls").await?["items"].as_array().map(Vec::len);
        crm.server.stop();
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Answer").click().await?;
        dock.is_in_a_call().await?;
        dock.says("The CRM server cannot be reached").await?;
        dock.end().await?;
        dock.button("Skip").click().await?;
        crm.server.start_again()?;
        until("the call at the server", Duration::from_secs(45), async || {
            let page = get(&dock, "/api/calls").await?;
            let newest = &page["items"][0];
            let more = page["items"].as_array().map(Vec::len) > before;
            Ok((more && newest["ended_at"].is_number() && newest["outcome"] == "answered")
                .then_some(()))
        })
        .await
    })
}

#[test]
fn the_status_in_the_dialog_is_the_one_that_the_record_has_now() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        talk(stage, &dock).await?;
        let status = dock.part("combobox", "Status");
        status.wait_value("Active").await?;
        let dana = format!("/api/records/{}", record(&dock, "Dana Field").await?["id"]);
        send(&dock, "PATCH", &dana, &json!({ "fields": { "status": "call_again" } })).await?;
        status.wait_value("Call again").await?;
        notes(&dock).fill("Wants grey chairs").await?;
        dock.button("Save").click().await?;
        let call = call_on_timeline(&dock, "Dana Field", |call| note_of(call).is_some()).await?;
        assert!(call["notes"][0]["status"].is_null(), "{call}");
        Ok(())
    })
}
