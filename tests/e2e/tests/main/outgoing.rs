//! Calls that the agent places.

use ringdock_e2e::Result;
use ringdock_e2e::stage::{TONE, run};
use ringdock_e2e::wait::SOON;
use serde_json::json;
use std::time::Duration;

#[test]
fn the_agents_voice_comes_back_from_the_echo() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("600").await?;
        dock.is_in_a_call().await?;
        dock.says("600").await?;
        dock.hears(TONE).await?;
        dock.timer().wait_text("00:02", Duration::from_secs(5)).await?;
        dock.end().await?;
        dock.says("You hung up").await?;
        stage.no_calls_left().await
    })
}

#[test]
fn while_it_rings_the_agent_hears_ringing_and_may_give_up() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("480").await?;
        dock.says("Ringing…").await?;
        dock.plays_a_sound().await?;
        assert!(dock.timer().look().await?.is_none(), "the clock runs before the answer");
        dock.end().await?;
        dock.says("You hung up before anybody answered").await?;
        dock.plays_nothing().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn the_networks_own_sound_is_heard_before_the_answer() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("183").await?;
        dock.hears(440).await?;
        assert!(dock.timer().look().await?.is_none(), "the clock runs before the answer");
        dock.is_in_a_call().await?;
        dock.hears(TONE).await?;
        dock.end().await
    })
}

#[test]
fn the_far_end_hangs_up() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("605").await?;
        dock.is_in_a_call().await?;
        dock.says("The other side hung up").await?;
        dock.button("End").wait_gone().await?;
        dock.can_call(TONE).await
    })
}

#[test]
fn busy_is_said_and_heard() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("486").await?;
        dock.says("Busy").await?;
        dock.plays_a_sound().await?;
        dock.can_call(TONE).await
    })
}

#[test]
fn nobody_answers() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("408").await?;
        dock.says("Ringing…").await?;
        dock.says("No answer").await?;
        dock.can_call(TONE).await
    })
}

#[test]
fn each_refusal_has_its_own_sentence() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("404").await?;
        dock.says("The number does not exist").await?;
        dock.dial("403").await?;
        dock.says("You may not call this number").await?;
        dock.dial("452").await?;
        dock.says("The number is barred").await?;
        dock.dial("453").await?;
        dock.says("No route to the number").await?;
        dock.dial("503").await?;
        dock.says("The PBX could not place the call").await?;
        dock.can_call(TONE).await
    })
}

#[test]
fn an_external_number_is_dialled_as_the_account_wants_it() -> Result<()> {
    run(async |stage| {
        let more = json!({ "prefix": "9", "format": "no-plus", "defaultCountry": "GB" });
        let dock = stage.ready_with_account("1001", more).await?;
        let mut log = stage.asterisk.follow();
        for number in ["+442079460958", "02079460958"] {
            dock.dial(number).await?;
            log.wait_for("dialled=9442079460958", SOON).await?;
            dock.is_in_a_call().await?;
            dock.says(number).await?;
            dock.end().await?;
        }
        dock.can_call(TONE).await
    })
}

#[test]
fn an_account_with_the_newer_digest_calls_as_well() -> Result<()> {
    run(async |stage| stage.ready("1003").await?.can_call(TONE).await)
}
