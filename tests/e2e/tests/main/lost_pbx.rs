//! The PBX is killed and started again.

use ringdock_e2e::Result;
use ringdock_e2e::stage::{DANA, TONE, run};
use ringdock_rigs::asterisk::FarEnd;
use std::time::Duration;

const RECONNECTED: Duration = Duration::from_secs(40);

/// It has forgotten the call.
#[test]
fn in_the_middle_of_a_call() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("600").await?;
        dock.is_in_a_call().await?;
        dock.hears(TONE).await?;
        stage.asterisk.stop();
        dock.says("Reconnecting…").await?;
        stage.asterisk.start_again().await?;
        dock.status_becomes_within("Connected", RECONNECTED).await?;
        dock.button("End").wait_gone_within(RECONNECTED).await?;
        dock.can_call(TONE).await
    })
}

#[test]
fn while_a_caller_rings() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Echo).await?;
        dock.button("Answer").wait_enabled().await?;
        stage.asterisk.stop();
        dock.button("Answer").wait_gone().await?;
        dock.plays_nothing().await?;
        stage.asterisk.start_again().await?;
        dock.status_becomes_within("Connected", RECONNECTED).await?;
        dock.can_call(TONE).await
    })
}
