//! Letting the other side wait.

use crate::two_windows::in_a_call;
use ringdock_e2e::Result;
use ringdock_e2e::stage::{CALLER_TONE, OTHER_TONE, TONE, run};
use ringdock_e2e::wait::SOON;
use std::time::Duration;

#[test]
fn who_is_held_hears_nothing_of_the_agent_until_resumed() -> Result<()> {
    run(async |stage| {
        let (agent, customer) = in_a_call(stage).await?;
        customer.hears(TONE).await?;
        agent.button("Hold").click().await?;
        agent.says("On hold").await?;
        customer.hears_nothing_for(Duration::from_secs(2)).await?;
        agent.hears_nothing_for(Duration::from_secs(1)).await?;
        agent.button("Resume").click().await?;
        customer.hears(TONE).await?;
        agent.hears(OTHER_TONE).await?;
        agent.button("Hold").wait_enabled().await?;
        agent.end().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn holding_again_and_again_leaves_the_call_as_it_was() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("603").await?;
        dock.hears(CALLER_TONE).await?;
        for _ in 0..5 {
            dock.button("Hold").click().await?;
            dock.button("Resume").click().await?;
        }
        dock.button("Hold").wait_enabled().await?;
        dock.hears(CALLER_TONE).await?;
        dock.end().await
    })
}

#[test]
fn a_held_call_can_be_ended_and_its_tones_are_locked() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("600").await?;
        dock.is_in_a_call().await?;
        dock.button("Hold").click().await?;
        dock.says("On hold").await?;
        dock.button("Keypad").wait_disabled().await?;
        dock.end().await?;
        stage.no_calls_left().await?;
        dock.can_call(TONE).await
    })
}

#[test]
fn focus_stays_on_the_button_that_holds_and_resumes() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("600").await?;
        dock.is_in_a_call().await?;
        dock.button("Hold").tab_to().await?;
        dock.press("\u{e007}").await?;
        dock.button("Resume").wait_enabled().await?;
        dock.press("\u{e007}").await?;
        dock.button("Hold").wait_enabled().await?;
        dock.timer().wait_text("00:0", SOON).await
    })
}
