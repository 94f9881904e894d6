//! The computer sleeps. The far side knows nothing of it, and the network forgets the socket.

use crate::silent_line::Line;
use ringdock_e2e::Result;
use ringdock_e2e::stage::{DANA, TONE, run};
use ringdock_rigs::asterisk::FarEnd;
use std::time::Duration;

/// Longer than an idle dock lets an alarm wait, with what such an alarm may be late on a busy machine.
const IDLE_SLEEP: Duration = Duration::from_secs(16);

/// During a call the dock has something to do each second.
const SHORT_SLEEP: Duration = Duration::from_secs(7);

/// How long a person who opens the lid would wait.
const AWAKE: Duration = Duration::from_secs(6);

/// The network forgets the socket.
async fn forgotten(line: &Line) -> Result<()> {
    line.dies();
    Ok(())
}

#[test]
fn an_idle_dock_is_reachable_within_seconds() -> Result<()> {
    run(async |stage| {
        let line = Line::ready(stage).await?;
        line.dock.sleeps(IDLE_SLEEP, forgotten(&line)).await?;
        line.is_replaced_within(AWAKE).await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Echo).await?;
        line.dock.button("Answer").click().await?;
        line.dock.hears(TONE).await
    })
}

#[test]
fn a_call_goes_on() -> Result<()> {
    run(async |stage| {
        let line = Line::ready(stage).await?;
        line.dock.dial("600").await?;
        line.dock.hears(TONE).await?;
        line.dock.sleeps(SHORT_SLEEP, forgotten(&line)).await?;
        line.is_replaced_within(AWAKE).await?;
        line.dock.stops_saying("Reconnecting…").await?;
        line.dock.hears(TONE).await?;
        line.dock.end().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn a_call_that_ended_meanwhile_is_told() -> Result<()> {
    run(async |stage| {
        let line = Line::ready(stage).await?;
        line.dock.dial("600").await?;
        line.dock.hears(TONE).await?;
        let meanwhile = async {
            forgotten(&line).await?;
            Ok(stage.asterisk.hang_up_all().await?)
        };
        line.dock.sleeps(SHORT_SLEEP, meanwhile).await?;
        line.dock.says("The other side hung up").await?;
        line.dock.status_becomes("Connected").await?;
        line.dock.can_call(TONE).await
    })
}
