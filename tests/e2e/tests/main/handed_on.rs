//! The PBX hands a call of the agent's on: the agent to somebody else, or somebody else to the agent.

use ringdock_e2e::Result;
use ringdock_e2e::stage::{CALLER_TONE, DANA, TONE, run};
use ringdock_e2e::wait::{SOON, until};
use ringdock_rigs::asterisk::FarEnd;

/// The frequency (Hz) that is heard before the PBX hands the agent on.
const BEFORE: u32 = 660;

#[test]
fn the_agent_is_referred_to_another_number_and_talks_to_it() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        let mut log = stage.asterisk.follow();
        dock.dial("606").await?;
        dock.hears(BEFORE).await?;
        // The echo of the other number: it is heard, and hears the agent.
        dock.hears(TONE).await?;
        dock.says("600").await?;
        log.wait_for("referred=SUCCESS", SOON).await?;
        until("the first call to be gone", SOON, async || {
            Ok((stage.asterisk.channels().await? == 1).then_some(()))
        })
        .await?;
        dock.is_in_a_call().await?;
        dock.end().await?;
        stage.no_calls_left().await?;
        dock.can_call(TONE).await
    })
}

#[test]
fn a_referral_to_somebody_busy_leaves_the_call_as_it_was() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        let mut log = stage.asterisk.follow();
        dock.dial("607").await?;
        dock.hears(BEFORE).await?;
        log.wait_for("referred=FAILURE", SOON).await?;
        // The echo, which goes both ways.
        dock.hears(TONE).await?;
        dock.says("607").await?;
        dock.button("Hold").wait_enabled().await?;
        dock.end().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn a_call_that_is_ended_while_its_successor_rings_leaves_nobody_on_the_line() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("609").await?;
        dock.hears(BEFORE).await?;
        until("the second call", SOON, async || {
            // Besides the dock's own two: both ends of the way to the telephone.
            Ok((stage.asterisk.channels().await? == 4).then_some(()))
        })
        .await?;
        dock.end().await?;
        stage.no_calls_left().await?;
        until("the microphone to be free", SOON, async || {
            Ok((dock.open_things().await?["microphones"] == 0).then_some(()))
        })
        .await?;
        dock.can_call(TONE).await
    })
}

#[test]
fn a_caller_takes_the_place_of_the_call_that_is_up() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("608").await?;
        dock.hears(CALLER_TONE).await?;
        stage.asterisk.call_in_place("1001", &DANA, FarEnd::Echo).await?;
        dock.hears(TONE).await?;
        dock.says("Dana Field").await?;
        dock.stops_saying("608").await?;
        assert!(dock.button("Answer").look().await?.is_none(), "the new call asks to be answered");
        dock.plays_nothing().await?;
        dock.end().await?;
        // The old one has ended as well.
        stage.no_calls_left().await?;
        dock.can_call(TONE).await
    })
}
