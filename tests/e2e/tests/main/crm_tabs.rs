//! Several tabs of one agent.

use ringdock_e2e::Result;
use ringdock_e2e::control::Control;
use ringdock_e2e::crm::{Crm, call_on_timeline};
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{DANA, run};
use ringdock_rigs::asterisk::FarEnd;
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
