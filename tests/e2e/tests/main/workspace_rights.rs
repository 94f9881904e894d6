//! What an agent may do and prefers.

use ringdock_e2e::Result;
use ringdock_e2e::crm::{call_on_timeline, get, send};
use ringdock_e2e::stage::{ANNA, CHLOE, DANA, run};
use ringdock_e2e::wait::{SOON, until};
use ringdock_rigs::asterisk::FarEnd;
use serde_json::{Value, json};
use std::time::Duration;

#[test]
fn who_may_not_dial_by_hand_has_no_dial_pad_and_still_calls_by_a_click() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/records/contact").await?;
        desk.status_becomes("Connected").await?;
        desk.button("Dial pad").wait().await?;
        let admin = stage.workspace(CHLOE, "/").await?;
        let roles = get(&admin, "/api/roles").await?;
        let roles = roles["items"].as_array().cloned().unwrap_or_default();
        let agent = roles.into_iter().find(|role| role["name"] == "Agent").ok_or("no Agent")?;
        let mut permissions = agent["permissions"].as_array().cloned().unwrap_or_default();
        permissions.retain(|permission| permission != "dial");
        let role = json!({ "name": "Agent", "permissions": permissions });
        send(&admin, "PUT", &format!("/api/roles/{}", agent["id"]), &role).await?;
        // An open page is told.
        desk.button("Dial pad").wait_gone().await?;
        let refused = get(&desk, "/api/suggestions?typed=da").await?;
        assert_eq!((&refused["status"], &refused["code"]), (&json!(403), &json!("forbidden")));
        desk.control("link", "Dana Field").click().await?;
        desk.control("button", "Call +1 202 555 0123").click().await?;
        desk.is_in_a_call().await?;
        desk.end().await
    })
}

#[test]
fn who_does_not_want_to_be_asked_is_not_and_what_was_written_is_saved() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/settings/preferences").await?;
        desk.status_becomes("Connected").await?;
        desk.control("checkbox", "Ask for a note after each answered call").click().await?;
        desk.control("button", "Save").click().await?;
        until("the preference to be saved", SOON, async || {
            let session = get(&desk, "/api/session").await?;
            Ok((session["preferences"]["note_dialog"] == false).then_some(()))
        })
        .await?;
        for text in [None, Some("Wants grey chairs")] {
            stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
            desk.button("Answer").click().await?;
            desk.is_in_a_call().await?;
            desk.says("Matched on Phone").await?;
            if let Some(text) = text {
                desk.button("Add note").click().await?;
                desk.part("textbox", "Notes").fill(text).await?;
            }
            desk.end().await?;
            desk.part("dialog", "Call note").stays_away(Duration::from_secs(1)).await?;
            let note = text.map_or(Value::Null, Value::from);
            call_on_timeline(&desk, "Dana Field", |call| {
                call["ended_at"].is_number() && call["notes"][0]["text"] == note
            })
            .await?;
            stage.no_calls_left().await?;
        }
        Ok(())
    })
}
