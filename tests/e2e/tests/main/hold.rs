//! Letting the other side wait.

use crate::two_windows::in_a_call;
use ringdock_e2e::Result;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{CALLER_TONE, DANA, OTHER_TONE, TONE, run};
use ringdock_e2e::wait::SOON;
use ringdock_rigs::asterisk::FarEnd;
use ringdock_rigs::hostile;
use ringdock_rigs::relay::Relay;
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

/// A call that is up hears [`TONE`] in the echo, is not put on hold by a PBX that refuses it, and by one that does not.
async fn a_refused_hold_changes_nothing(dock: &Dock, relay: &Relay) -> Result<()> {
    dock.hears(TONE).await?;
    relay.tamper(hostile::refuse_changes);
    dock.button("Hold").click().await?;
    dock.says("The other side could not be put on hold. The call goes on.").await?;
    dock.hears(TONE).await?;
    dock.button("Hold").wait_enabled().await?;
    relay.leave_alone();
    dock.button("Hold").click().await?;
    dock.says("On hold").await?;
    dock.button("Resume").click().await?;
    dock.hears(TONE).await?;
    dock.end().await
}

#[test]
fn a_refused_hold_leaves_a_call_as_it_was_and_is_told() -> Result<()> {
    run(async |stage| {
        let relay = Relay::start(stage.asterisk.url()).await?;
        let dock = stage.ready_through(relay.url()).await?;
        dock.dial("600").await?;
        a_refused_hold_changes_nothing(&dock, &relay).await?;
        stage.no_calls_left().await
    })
}

#[test]
fn a_refused_hold_leaves_a_call_that_came_as_it_was() -> Result<()> {
    run(async |stage| {
        let relay = Relay::start(stage.asterisk.url()).await?;
        let dock = stage.ready_through(relay.url()).await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Echo).await?;
        dock.button("Answer").click().await?;
        a_refused_hold_changes_nothing(&dock, &relay).await?;
        stage.no_calls_left().await
    })
}

#[test]
fn a_refused_resume_leaves_the_call_on_hold_and_is_told() -> Result<()> {
    run(async |stage| {
        let relay = Relay::start(stage.asterisk.url()).await?;
        let dock = stage.ready_through(relay.url()).await?;
        dock.dial("600").await?;
        dock.hears(TONE).await?;
        dock.button("Hold").click().await?;
        dock.says("On hold").await?;
        relay.tamper(hostile::refuse_changes);
        dock.button("Resume").click().await?;
        dock.says("The call is still on hold. Try again.").await?;
        dock.hears_nothing_for(Duration::from_secs(1)).await?;
        relay.leave_alone();
        dock.button("Resume").click().await?;
        dock.hears(TONE).await?;
        dock.end().await?;
        stage.no_calls_left().await
    })
}
