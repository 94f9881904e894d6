//! Passing a call on, without asking and after asking.

use ringdock_e2e::Result;
use ringdock_e2e::crm::{Crm, get, send};
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{CALLER_TONE, DANA, OTHER_TONE, Stage, TONE, run};
use ringdock_e2e::tone::Recording;
use ringdock_e2e::wait::SOON;
use ringdock_rigs::asterisk::FarEnd;
use serde_json::json;
use std::path::Path;
use std::time::Duration;

/// How long Asterisk's dialplan lets the new one ring before the call goes back.
const COMES_BACK: Duration = Duration::from_secs(25);

/// 1001, who has answered Dana's call; Dana plays [`CALLER_TONE`].
async fn answered(stage: &Stage) -> Result<Dock> {
    let dock = stage.ready("1001").await?;
    stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
    dock.button("Answer").click().await?;
    dock.hears(CALLER_TONE).await?;
    Ok(dock)
}

async fn pass_on(dock: &Dock, number: &str, how: &str) -> Result<()> {
    dock.button("Transfer").click().await?;
    dock.number_field().fill(number).await?;
    dock.button(how).click().await
}

/// Dana is on the line again, perhaps in a call that has to be answered.
async fn has_dana_again(dock: &Dock) -> Result<()> {
    dock.says_within("Dana Field", COMES_BACK).await?;
    if dock.timer().look().await?.is_none() {
        dock.button("Answer").click().await?;
    }
    dock.hears(CALLER_TONE).await
}

#[test]
fn the_caller_goes_on_to_whoever_answers() -> Result<()> {
    run(async |stage| {
        let dock = answered(stage).await?;
        let mut log = stage.asterisk.follow();
        pass_on(&dock, "602", "Transfer now").await?;
        dock.says("Call transferred").await?;
        let line = log.wait_for("recording=", SOON).await?;
        dock.can_call(TONE).await?;
        stage.asterisk.hang_up_all().await?;
        stage.no_calls_left().await?;
        let path = line.split("recording=").nth(1).unwrap_or_default().trim();
        let seconds = Recording::read(Path::new(path))?.seconds_of(CALLER_TONE.into());
        assert!(seconds > 0.5, "the new one heard {seconds} s of the caller");
        Ok(())
    })
}

#[test]
fn somebody_outside_is_reached_as_the_account_dials() -> Result<()> {
    run(async |stage| {
        let more = json!({ "prefix": "9", "format": "no-plus", "defaultCountry": "GB" });
        let dock = stage.ready_with_account("1001", more).await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Answer").click().await?;
        dock.hears(CALLER_TONE).await?;
        let mut log = stage.asterisk.follow();
        pass_on(&dock, "020 7946 0958", "Ask first").await?;
        log.wait_for("dialled=9442079460958", SOON).await?;
        dock.button("Complete").wait_enabled().await?;
        dock.button("Back to caller").click().await?;
        dock.hears(CALLER_TONE).await?;
        pass_on(&dock, "+44 20 7946 0958", "Transfer now").await?;
        log.wait_for("dialled=9442079460958", SOON).await?;
        dock.says("Call transferred").await
    })
}

#[test]
fn from_the_keyboard_to_a_colleague() -> Result<()> {
    run(async |stage| {
        let dock = answered(stage).await?;
        let colleague = stage.ready_with("1002", OTHER_TONE).await?;
        dock.button("Transfer").tab_to().await?;
        dock.press("\u{e007}").await?;
        dock.number_field().wait().await?;
        dock.press("1002\u{e007}").await?;
        colleague.says("Dana Field").await?;
        colleague.button("Answer").click().await?;
        colleague.hears(CALLER_TONE).await?;
        dock.says("Call transferred").await?;
        colleague.end().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn a_busy_one_brings_the_caller_back() -> Result<()> {
    run(async |stage| {
        let dock = answered(stage).await?;
        pass_on(&dock, "486", "Transfer now").await?;
        has_dana_again(&dock).await
    })
}

#[test]
fn one_who_does_not_answer_brings_the_caller_back() -> Result<()> {
    run(async |stage| {
        let dock = answered(stage).await?;
        pass_on(&dock, "480", "Transfer now").await?;
        has_dana_again(&dock).await
    })
}

#[test]
fn asked_first_and_completed() -> Result<()> {
    run(async |stage| {
        let dock = answered(stage).await?;
        let colleague = stage.ready_with("1002", OTHER_TONE).await?;
        pass_on(&dock, "1002", "Ask first").await?;
        dock.says("On hold").await?;
        colleague.button("Answer").click().await?;
        dock.hears(OTHER_TONE).await?;
        colleague.hears(TONE).await?;
        colleague.says("Alice Moor").await?;
        dock.button("Complete").click().await?;
        colleague.hears(CALLER_TONE).await?;
        colleague.says("Dana Field").await?;
        colleague.says("+12025550123").await?;
        dock.says("Call transferred").await?;
        colleague.end().await?;
        stage.no_calls_left().await?;
        dock.can_call(TONE).await
    })
}

#[test]
fn asked_first_and_taken_back() -> Result<()> {
    run(async |stage| {
        let dock = answered(stage).await?;
        let colleague = stage.ready_with("1002", OTHER_TONE).await?;
        pass_on(&dock, "1002", "Ask first").await?;
        colleague.button("Answer").click().await?;
        dock.hears(OTHER_TONE).await?;
        dock.button("Back to caller").click().await?;
        colleague.says("The other side hung up").await?;
        dock.hears(CALLER_TONE).await?;
        dock.button("Hold").wait_enabled().await?;
        dock.end().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn a_colleague_who_is_busy_leaves_the_caller_on_hold() -> Result<()> {
    run(async |stage| {
        let dock = answered(stage).await?;
        pass_on(&dock, "486", "Ask first").await?;
        dock.says("486: Busy").await?;
        dock.says("On hold").await?;
        dock.button("Back to caller").click().await?;
        dock.hears(CALLER_TONE).await?;
        dock.end().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn a_caller_who_hangs_up_meanwhile_leaves_the_colleague() -> Result<()> {
    run(async |stage| {
        let dock = answered(stage).await?;
        pass_on(&dock, "603", "Ask first").await?;
        dock.button("Complete").wait_enabled().await?;
        let channels = stage.asterisk.cli("core show channels concise").await?;
        let caller = channels.lines().find(|line| line.contains("!tone!"));
        let caller = caller.and_then(|line| line.split('!').next()).ok_or("no caller")?;
        stage.asterisk.cli(&format!("channel request hangup {caller}")).await?;
        dock.says("Dana Field hung up").await?;
        dock.hears(CALLER_TONE).await?;
        dock.end().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn a_pbx_without_refer_is_told_by_keys() -> Result<()> {
    run(async |stage| {
        let more = json!({ "transferCodes": { "blind": "*11{number}#" } });
        let dock = stage.ready_with_account("1001", more).await?;
        let mut log = stage.asterisk.follow();
        // This number reads twelve keys.
        dock.dial("604").await?;
        dock.is_in_a_call().await?;
        pass_on(&dock, "+44 20 7946", "Transfer now").await?;
        log.wait_for("digits=*1144207946#", SOON).await?;
        dock.says("The PBX was asked to transfer the call").await
    })
}

#[test]
fn who_may_not_pass_calls_on_is_not_offered_to() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let anna = crm.window(stage, "anna").await?;
        anna.dial_with_suggestions("600").await?;
        anna.is_in_a_call().await?;
        anna.button("Transfer").click().await?;
        anna.button("Transfer now").wait().await?;
        let admin = crm.window(stage, "admin").await?;
        let roles = get(&admin, "/api/roles").await?;
        let roles = roles["items"].as_array().cloned().unwrap_or_default();
        let agent = roles.into_iter().find(|role| role["name"] == "Agent").ok_or("no Agent")?;
        let mut permissions = agent["permissions"].as_array().cloned().unwrap_or_default();
        permissions.retain(|permission| permission != "transfer");
        let role = json!({ "name": "Agent", "permissions": permissions });
        send(&admin, "PUT", &format!("/api/roles/{}", agent["id"]), &role).await?;
        anna.button("Transfer").wait_gone().await?;
        anna.button("Transfer now").wait_gone().await?;
        anna.button("End").click().await
    })
}
