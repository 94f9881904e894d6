//! A browser that lets a page be heard only after a click on it.

use ringdock_e2e::Result;
use ringdock_e2e::browser::Microphone;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{DANA, Stage, TONE, run};
use ringdock_rigs::asterisk::FarEnd;

async fn ready(stage: &Stage) -> Result<Dock> {
    let flags = ["--autoplay-policy=document-user-activation-required"];
    let dock = stage.window_with("1001", Microphone::Allowed(TONE), &flags).await?;
    dock.status_becomes("Connected").await?;
    Ok(dock)
}

#[test]
fn it_is_said_in_advance_and_one_click_lets_calls_ring() -> Result<()> {
    run(async |stage| {
        let dock = ready(stage).await?;
        let offer = dock.part("heading", "Sound is off until you click");
        offer.wait().await?;
        dock.button("Turn on sound").click().await?;
        offer.wait_gone().await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Echo).await?;
        dock.plays_a_sound().await?;
        dock.button("Answer").click().await?;
        dock.hears(TONE).await
    })
}

#[test]
fn a_call_that_rings_in_silence_is_heard_after_the_click() -> Result<()> {
    run(async |stage| {
        let dock = ready(stage).await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Echo).await?;
        dock.button("Answer").wait_enabled().await?;
        dock.plays_nothing().await?;
        dock.button("Turn on sound").click().await?;
        dock.plays_a_sound().await
    })
}
