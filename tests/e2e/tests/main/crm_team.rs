//! The colleagues in the dock: who is there, and who is asked before a call is passed on.

use ringdock_e2e::Result;
use ringdock_e2e::control::Control;
use ringdock_e2e::crm::Crm;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{CALLER_TONE, DANA, Stage, run};
use ringdock_e2e::wait::{SOON, until};
use ringdock_rigs::asterisk::FarEnd;

/// Anna, in a call with Dana, before the list of her colleagues.
async fn before_the_list(stage: &Stage, crm: &Crm) -> Result<Dock> {
    let dock = crm.window(stage, "anna").await?;
    stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
    dock.button("Answer").click().await?;
    dock.is_in_a_call().await?;
    dock.button("Transfer").click().await?;
    dock.part("option", "Ben Okoro 1002").wait().await?;
    Ok(dock)
}

#[test]
fn one_whose_window_is_closed_goes_from_the_list_by_itself() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let ben = crm.window(stage, "ben").await?;
        let dock = before_the_list(stage, &crm).await?;
        ben.close_tab().await?;
        dock.says("No colleague is free right now").await?;
        dock.end().await
    })
}

#[test]
fn one_is_asked_first_and_then_has_the_caller() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let ben = crm.window(stage, "ben").await?;
        let dock = before_the_list(stage, &crm).await?;
        dock.button("Ask first: Ben Okoro").click().await?;
        dock.says("On hold").await?;
        ben.button("Answer").click().await?;
        ben.is_in_a_call().await?;
        dock.button("Complete").click().await?;
        dock.says("Call transferred").await?;
        ben.hears(CALLER_TONE).await?;
        ben.end().await?;
        stage.no_calls_left().await
    })
}

async fn has_keyboard(control: &Control<'_>) -> Result<()> {
    until(&format!("the keyboard on {control}"), SOON, async || {
        Ok(control.look().await?.filter(|node| node.is_focused()).map(drop))
    })
    .await
}

#[test]
fn a_call_is_passed_on_with_the_keyboard_from_a_search_that_begins_anew_each_time() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let ben = crm.window(stage, "ben").await?;
        let dock = before_the_list(stage, &crm).await?;
        let search = dock.part("combobox", "Search colleagues");
        has_keyboard(&search).await?;
        dock.press("x").await?;
        dock.says("No free colleague has this name").await?;
        dock.button("Transfer").click().await?;
        search.wait_gone().await?;
        dock.button("Transfer").click().await?;
        has_keyboard(&search).await?;
        search.wait_value("").await?;
        // Nobody is meant before somebody is highlighted: Enter, Down, Enter.
        dock.press("\u{e007}").await?;
        assert!(dock.part("option", "Ben Okoro 1002").look().await?.is_some());
        dock.press("\u{e015}\u{e007}").await?;
        ben.button("Answer").click().await?;
        ben.is_in_a_call().await?;
        ben.says("Dana Field").await
    })
}
