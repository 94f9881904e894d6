//! Calls that come in.

use ringdock_e2e::Result;
use ringdock_e2e::control::page_value;
use ringdock_e2e::stage::{CALLER_TONE, DANA, TONE, run};
use ringdock_e2e::wait::{SOON, until};
use ringdock_rigs::asterisk::FarEnd;
use std::time::Duration;

#[test]
fn it_rings_is_answered_and_both_sides_hear_each_other() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Echo).await?;
        dock.button("Answer").wait_enabled().await?;
        dock.says("Dana Field").await?;
        dock.says("12025550123").await?;
        dock.plays_a_sound().await?;
        dock.button("Answer").click().await?;
        dock.is_in_a_call().await?;
        // The far end sends back what it hears, so this is both ways.
        dock.hears(TONE).await?;
        dock.plays_nothing().await?;
        dock.end().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn a_title_that_the_page_sets_while_it_rings_stays() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        let title_has = async |part: &str| {
            until(&format!("“{part}” in the title"), SOON, async || {
                let title = page_value(&dock, "document.title").await?;
                Ok(title.as_str().is_some_and(|title| title.contains(part)).then_some(()))
            })
            .await
        };
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        title_has("Dana Field").await?;
        dock.eval("document.title = 'Three new tasks'").await?;
        title_has("Dana Field").await?;
        stage.asterisk.hang_up_all().await?;
        title_has("Three new tasks").await
    })
}

#[test]
fn the_page_title_tells_who_calls() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        let own = page_value(&dock, "document.title").await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        until("the caller in the title", SOON, async || {
            let title = page_value(&dock, "document.title").await?;
            Ok(title.as_str().is_some_and(|title| title.contains("Dana Field")).then_some(()))
        })
        .await?;
        dock.button("Decline").click().await?;
        until("the page's own title", SOON, async || {
            Ok((page_value(&dock, "document.title").await? == own).then_some(()))
        })
        .await
    })
}

#[test]
fn declined_frees_the_line_and_the_caller_hears_busy() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        let mut log = stage.asterisk.follow();
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Decline").click().await?;
        log.wait_for("outcome=BUSY", SOON).await?;
        dock.button("Answer").wait_gone().await?;
        dock.plays_nothing().await?;
        stage.no_calls_left().await?;
        dock.can_call(TONE).await
    })
}

#[test]
fn the_caller_hangs_up_first() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Answer").wait().await?;
        stage.asterisk.hang_up_all().await?;
        dock.button("Answer").wait_gone().await?;
        dock.says("Missed call").await?;
        dock.plays_nothing().await?;
        dock.can_call(TONE).await
    })
}

#[test]
fn the_caller_hangs_up_after_the_answer() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Answer").click().await?;
        dock.is_in_a_call().await?;
        dock.hears(CALLER_TONE).await?;
        stage.asterisk.hang_up_all().await?;
        dock.says("The other side hung up").await
    })
}

#[test]
fn a_second_caller_hears_busy_and_the_agent_is_told_the_number() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("600").await?;
        dock.is_in_a_call().await?;
        dock.hears(TONE).await?;
        let mut log = stage.asterisk.follow();
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        log.wait_for("outcome=BUSY", SOON).await?;
        dock.says("Dana Field").await?;
        dock.says("12025550123").await?;
        assert!(dock.button("Answer").look().await?.is_none(), "the second call is offered");
        dock.hears(TONE).await?;
        dock.end().await
    })
}

#[test]
fn a_call_outlasts_its_session_interval_because_it_is_refreshed() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Answer").click().await?;
        // Asterisk asks for an interval of 90 s, and hangs up in time if nobody refreshes.
        dock.timer().wait_text("01:3", Duration::from_secs(105)).await?;
        dock.hears(CALLER_TONE).await?;
        dock.end().await?;
        stage.no_calls_left().await
    })
}
