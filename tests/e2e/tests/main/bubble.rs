//! The dock collapsed to its bubble.

use ringdock_e2e::Result;
use ringdock_e2e::stage::{CALLER_TONE, DANA, TONE, run};
use ringdock_rigs::asterisk::FarEnd;
use std::time::Duration;

#[test]
fn a_call_goes_on_while_the_dock_is_collapsed() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("600").await?;
        dock.is_in_a_call().await?;
        dock.hears(TONE).await?;
        dock.button("Collapse").click().await?;
        dock.button("End").wait_gone().await?;
        dock.keeps_hearing(TONE, Duration::from_secs(2)).await?;
        dock.button("Expand").click().await?;
        dock.is_in_a_call().await?;
        dock.end().await
    })
}

#[test]
fn an_incoming_call_opens_the_bubble() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.button("Collapse").click().await?;
        dock.button("Expand").wait().await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Answer").wait_enabled().await?;
        dock.plays_a_sound().await?;
        dock.button("Answer").click().await?;
        dock.hears(CALLER_TONE).await
    })
}

#[test]
fn it_keeps_ringing_when_it_is_collapsed() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Answer").wait_enabled().await?;
        dock.button("Collapse").click().await?;
        dock.button("Answer").wait_gone().await?;
        dock.plays_nothing().await?;
        dock.plays_a_sound().await?;
        dock.button("Expand").click().await?;
        dock.button("Answer").click().await?;
        dock.hears(CALLER_TONE).await
    })
}
