//! The microphone: refused, missing, allowed later.

use ringdock_e2e::Result;
use ringdock_e2e::browser::Microphone;
use ringdock_e2e::stage::{DANA, TONE, run};
use ringdock_rigs::asterisk::FarEnd;
use ringdock_rigs::page::INSECURE;
use std::time::Duration;

#[test]
fn refused_shows_the_banner_and_nothing_can_be_dialled() -> Result<()> {
    run(async |stage| {
        let dock = stage.window("1001", Microphone::Refused(TONE)).await?;
        dock.part("heading", "No microphone access").wait().await?;
        dock.alert().wait_text("address bar", Duration::from_secs(1)).await?;
        assert_ne!(dock.status().await?, "Connected", "green without a microphone");
        dock.open_dial_pad().await?;
        dock.number_field().fill("600").await?;
        dock.button("Call").wait_disabled().await?;
        dock.says("Calls need the microphone").await?;
        dock.press("\u{e007}").await?;
        assert!(dock.button("End").look().await?.is_none(), "Enter dials without a microphone");
        assert_eq!(stage.asterisk.channels().await?, 0);
        Ok(())
    })
}

#[test]
fn refused_lets_nothing_be_answered() -> Result<()> {
    run(async |stage| {
        let dock = stage.window("1001", Microphone::Refused(TONE)).await?;
        dock.part("heading", "No microphone access").wait().await?;
        stage.until_registered("1001").await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Answer").wait_disabled().await?;
        dock.says("Calls need the microphone").await?;
        dock.button("Decline").click().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn allowed_later_the_banner_goes_by_itself() -> Result<()> {
    run(async |stage| {
        let dock = stage.window("1001", Microphone::Refused(TONE)).await?;
        let banner = dock.part("heading", "No microphone access");
        banner.wait().await?;
        dock.allow_microphone().await?;
        banner.wait_gone().await?;
        dock.status_becomes("Connected").await?;
        dock.can_call(TONE).await
    })
}

#[test]
fn missing_has_a_banner_of_its_own() -> Result<()> {
    run(async |stage| {
        let dock = stage.window("1001", Microphone::Missing).await?;
        dock.part("heading", "No microphone found").wait().await?;
        dock.open_dial_pad().await?;
        dock.number_field().fill("600").await?;
        dock.button("Call").wait_disabled().await.map(drop)
    })
}

#[test]
fn a_page_that_is_not_secure_says_so() -> Result<()> {
    run(async |stage| {
        let rule = format!("--host-resolver-rules=MAP {INSECURE} 127.0.0.1");
        let dock = stage.window_with("none", Microphone::Allowed(TONE), &[&rule]).await?;
        let origin = dock.eval("return location.origin").await?;
        let origin = origin.as_str().unwrap_or_default().replace("localhost", INSECURE);
        dock.open(&format!("{origin}/?as=1001")).await?;
        dock.part("heading", "This page is not secure").wait().await?;
        dock.alert().wait_text("begins with https", Duration::from_secs(1)).await?;
        dock.status_becomes("Disconnected").await?;
        dock.open_dial_pad().await?;
        dock.number_field().fill("600").await?;
        dock.button("Call").wait_disabled().await.map(drop)
    })
}

#[test]
fn one_that_cannot_be_opened_has_a_banner_of_its_own() -> Result<()> {
    run(async |stage| {
        // As if another program had it: the device is there, and opening it fails.
        let flags = ["--fail-audio-stream-creation"];
        let dock = stage.window_with("1001", Microphone::Allowed(TONE), &flags).await?;
        dock.status_becomes("Connected").await?;
        dock.dial("600").await?;
        dock.part("heading", "The microphone is taken").wait().await?;
        dock.button("Call").wait_disabled().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn taken_away_in_mid_call_and_given_back() -> Result<()> {
    run(async |stage| {
        let dock = stage.window("1001", Microphone::Refused(TONE)).await?;
        dock.allow_microphone().await?;
        dock.status_becomes("Connected").await?;
        dock.dial("600").await?;
        dock.hears(TONE).await?;
        dock.refuse_microphone().await?;
        let banner = dock.part("heading", "No microphone access");
        banner.wait().await?;
        dock.hears_nothing_for(Duration::from_secs(1)).await?;
        dock.is_in_a_call().await?;
        dock.allow_microphone().await?;
        banner.wait_gone().await?;
        dock.hears(TONE).await?;
        dock.end().await
    })
}
