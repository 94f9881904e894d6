//! Two agents call each other.

use ringdock_e2e::Result;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{OTHER_TONE, Stage, TONE, run};
use ringdock_e2e::tone::Recording;
use ringdock_e2e::wait::SOON;
use std::path::Path;
use std::time::Duration;

/// 1001, whose microphone hears [`TONE`], in a call with 1002, whose microphone hears [`OTHER_TONE`].
pub async fn in_a_call(stage: &Stage) -> Result<(Dock, Dock)> {
    let caller = stage.ready("1001").await?;
    let callee = stage.ready_with("1002", OTHER_TONE).await?;
    caller.dial("1002").await?;
    callee.says("1001").await?;
    callee.button("Answer").click().await?;
    caller.is_in_a_call().await?;
    callee.is_in_a_call().await?;
    Ok((caller, callee))
}

#[test]
fn both_hear_each_other() -> Result<()> {
    run(async |stage| {
        let (caller, callee) = in_a_call(stage).await?;
        caller.hears(OTHER_TONE).await?;
        callee.hears(TONE).await?;
        callee.end().await?;
        caller.says("The other side hung up").await?;
        stage.no_calls_left().await
    })
}

#[test]
fn a_colleague_who_declines_sounds_busy() -> Result<()> {
    run(async |stage| {
        let caller = stage.ready("1001").await?;
        let callee = stage.ready_with("1002", OTHER_TONE).await?;
        caller.dial("1002").await?;
        callee.button("Decline").click().await?;
        caller.says("Busy").await
    })
}

#[test]
fn mute_silences_the_far_end_and_unmute_restores_it() -> Result<()> {
    run(async |stage| {
        let (caller, callee) = in_a_call(stage).await?;
        callee.hears(TONE).await?;
        caller.button("Mute").wait_pressed(false).await?;
        caller.button("Mute").click().await?;
        caller.button("Mute").wait_pressed(true).await?;
        callee.hears_nothing_for(Duration::from_secs(1)).await?;
        caller.hears(OTHER_TONE).await?;
        caller.button("Mute").click().await?;
        caller.button("Mute").wait_pressed(false).await?;
        callee.hears(TONE).await?;
        caller.end().await
    })
}

#[test]
fn the_pbx_records_the_agents_own_voice() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        let mut log = stage.asterisk.follow();
        dock.dial("602").await?;
        let line = log.wait_for("recording=", SOON).await?;
        dock.timer().wait_text("00:03", SOON).await?;
        dock.end().await?;
        stage.no_calls_left().await?;
        let path = line.split("recording=").nth(1).unwrap_or_default().trim();
        let seconds = Recording::read(Path::new(path))?.seconds_of(TONE.into());
        assert!(seconds > 2.0, "the recording holds {seconds} s of the agent's tone");
        Ok(())
    })
}
