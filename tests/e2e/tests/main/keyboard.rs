//! The dock without a mouse.

use ringdock_e2e::Result;
use ringdock_e2e::stage::{DANA, TONE, run};
use ringdock_rigs::asterisk::FarEnd;

const ENTER: &str = "\u{e007}";

#[test]
fn a_call_is_dialled_muted_and_ended_from_the_keyboard() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.button("Dial pad").tab_to().await?;
        dock.press(ENTER).await?;
        // The field has the keyboard at once.
        dock.number_field().wait().await?;
        dock.press("600").await?;
        dock.number_field().wait_value("600").await?;
        dock.press(ENTER).await?;
        dock.is_in_a_call().await?;
        dock.hears(TONE).await?;
        dock.button("Mute").tab_to().await?;
        dock.press(" ").await?;
        dock.button("Mute").wait_pressed(true).await?;
        dock.button("End").tab_to().await?;
        dock.press(ENTER).await?;
        dock.button("End").wait_gone().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn a_call_is_answered_from_the_bubble_with_the_keyboard() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.button("Collapse").tab_to().await?;
        dock.press(ENTER).await?;
        dock.button("Expand").wait().await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Echo).await?;
        dock.button("Answer").tab_to().await?;
        dock.press(ENTER).await?;
        dock.is_in_a_call().await?;
        dock.hears(TONE).await
    })
}
