//! Several tabs of one agent.

use ringdock_e2e::Result;
use ringdock_e2e::control::Control;
use ringdock_e2e::crm::{Crm, call_on_timeline, get, record, send};
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{ANNA, DANA, run};
use ringdock_e2e::wait::{SOON, until};
use ringdock_rigs::asterisk::FarEnd;
use serde_json::json;
use std::time::Duration;

fn dialog(dock: &Dock) -> Control<'_> {
    dock.part("dialog", "Call note")
}

fn notes(dock: &Dock) -> Control<'_> {
    dock.part("textbox", "Notes")
}

/// Waits until the CRM's side of this tab knows who is signed in, and looks for the dialog that must not be there.
async fn does_not_ask(dock: &Dock) -> Result<()> {
    dock.status_becomes("Connected").await?;
    dock.button("Dial pad").click().await?;
    dock.part("combobox", "Phone number").fill("har").await?;
    dock.part("option", "Harriet Cole +441214960654 Phone").wait().await?;
    dialog(dock).stays_away(Duration::from_secs(1)).await?;
    dock.button("Dial pad").click().await
}

#[test]
fn the_note_is_asked_for_where_the_call_was_and_is_not_lost_with_that_tab() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        let first = dock.tab().await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Answer").click().await?;
        dock.is_in_a_call().await?;
        dock.says("Matched on Phone").await?;
        dock.button("Add note").click().await?;
        notes(&dock).fill("Wants grey chairs").await?;

        let second = dock.open_tab(&crm.page("anna")).await?;
        does_not_ask(&dock).await?;
        dock.show_tab(&first).await?;
        dock.end().await?;
        dialog(&dock).wait().await?;
        notes(&dock).wait_value("Wants grey chairs").await?;
        dock.show_tab(&second).await?;
        dock.eval("location.reload()").await?;
        does_not_ask(&dock).await?;

        dock.show_tab(&first).await?;
        dock.close_tab().await?;
        dock.show_tab(&second).await?;
        dock.eval("location.reload()").await?;
        dialog(&dock).wait().await?;
        notes(&dock).wait_value("Wants grey chairs").await?;
        dock.button("Save").click().await?;
        dialog(&dock).wait_gone().await?;
        let call = call_on_timeline(&dock, "Dana Field", |call| {
            call["notes"][0]["text"] == "Wants grey chairs"
        })
        .await?;
        assert_eq!(call["notes"].as_array().map(Vec::len), Some(1), "{call}");
        Ok(())
    })
}

/// A browser opens six connections to a host at most.
const MANY: usize = 7;

/// A call from the tab that is shown, and the note about it.
async fn call_and_write(dock: &Dock, text: &str) -> Result<()> {
    dock.status_becomes("Connected").await?;
    dock.dial_with_suggestions("600").await?;
    dock.is_in_a_call().await?;
    dock.end().await?;
    notes(dock).fill(text).await?;
    dock.button("Save").click().await?;
    dialog(dock).wait_gone().await?;
    until(&format!("the note “{text}”"), SOON, async || {
        let calls = get(dock, "/api/calls?limit=1").await?;
        Ok((calls["items"][0]["notes"][0]["text"] == text).then_some(()))
    })
    .await
}

#[test]
fn more_tabs_than_a_browser_has_connections_all_work() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        let first = dock.tab().await?;
        for _ in 1..MANY {
            dock.open_tab(&crm.page("anna")).await?;
            dock.status_becomes("Connected").await?;
        }
        call_and_write(&dock, "from the last tab").await?;
        dock.show_tab(&first).await?;
        call_and_write(&dock, "from the first tab").await
    })
}

#[test]
fn a_tab_that_is_closed_in_a_call_leaves_the_agent_idle_on_the_others() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        let ben = crm.window(stage, "ben").await?;
        let first = ben.tab().await?;
        ben.open_tab(&crm.page("ben")).await?;
        ben.status_becomes("Connected").await?;
        ben.dial_with_suggestions("600").await?;
        ben.is_in_a_call().await?;
        let is = async |state: &str| {
            until(&format!("Ben to be {state}"), SOON, async || {
                let agents = get(&dock, "/api/agents").await?["items"].clone();
                let mut all = agents.as_array().into_iter().flatten();
                Ok(all.any(|it| it["name"] == "Ben Okoro" && it["state"] == state).then_some(()))
            })
            .await
        };
        is("on_call").await?;
        ben.close_tab().await?;
        ben.show_tab(&first).await?;
        is("idle").await
    })
}

#[test]
fn as_many_tabs_of_the_workspace_follow_what_happens() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/records/contact").await?;
        let first = desk.tab().await?;
        let address = desk.eval("return location.href").await?;
        let address = address.as_str().ok_or("the page has no address")?;
        for _ in 1..MANY {
            desk.open_tab(address).await?;
            desk.status_becomes("Connected").await?;
            desk.control("link", "Dana Field").wait().await?;
        }
        let dana = record(&desk, "Dana Field").await?["id"].to_string();
        let renamed = json!({ "fields": { "last_name": "Fielding" } });
        send(&desk, "PATCH", &format!("/api/records/{dana}"), &renamed).await?;
        desk.control("link", "Dana Fielding").wait().await?;
        desk.show_tab(&first).await?;
        desk.control("link", "Dana Fielding").wait().await.map(drop)
    })
}
