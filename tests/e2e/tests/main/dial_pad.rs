//! Dialling by hand.

use ringdock_e2e::Result;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{TONE, run};
use ringdock_e2e::wait::{SOON, until};

const CONTROL: char = '\u{e009}';
const BACKSPACE: &str = "\u{e003}";
const END: &str = "\u{e010}";
const ENTER: &str = "\u{e007}";

/// The field's number without the blanks that only help to read it.
async fn number_becomes(dock: &Dock, number: &str) -> Result<()> {
    let mut last = String::new();
    let what = format!("the number {number}");
    let held = until(&what, SOON, async || {
        let field = dock.number_field().wait().await?;
        last = field.value.chars().filter(|sign| !sign.is_whitespace()).collect();
        Ok((last == number).then_some(()))
    });
    held.await.map_err(|error| format!("{error}; the field holds {last:?}").into())
}

#[test]
fn keys_typing_numpad_and_backspace_all_write_the_number() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.open_dial_pad().await?;
        for key in ["6", "0", "*"] {
            dock.button(key).click().await?;
        }
        number_becomes(&dock, "60*").await?;
        dock.number_field().click().await?;
        dock.press(END).await?;
        dock.press(BACKSPACE).await?;
        // The numpad's 0, then one 9 too many.
        dock.press("\u{e01a}9").await?;
        number_becomes(&dock, "6009").await?;
        dock.press(BACKSPACE).await?;
        dock.press(ENTER).await?;
        dock.is_in_a_call().await?;
        dock.hears(TONE).await?;
        dock.end().await
    })
}

#[test]
fn pasted_junk_is_cleaned_and_enter_dials_and_redial_brings_it_back() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        let script = "document.body.insertAdjacentHTML('afterbegin',
            '<input aria-label=Scratch value=\"tel:+44 (20) 7946-0958\">')";
        dock.eval(script).await?;
        dock.control("textbox", "Scratch").click().await?;
        dock.press_with(CONTROL, 'a').await?;
        dock.press_with(CONTROL, 'c').await?;
        dock.open_dial_pad().await?;
        dock.number_field().click().await?;
        dock.press_with(CONTROL, 'v').await?;
        number_becomes(&dock, "+442079460958").await?;
        dock.press(ENTER).await?;
        dock.is_in_a_call().await?;
        dock.hears(TONE).await?;
        dock.end().await?;
        dock.open_dial_pad().await?;
        number_becomes(&dock, "").await?;
        dock.button("Call").click().await?;
        number_becomes(&dock, "+442079460958").await?;
        assert!(dock.button("End").look().await?.is_none(), "redial dials before it is asked to");
        dock.button("Call").click().await?;
        dock.is_in_a_call().await?;
        dock.end().await
    })
}

#[test]
fn what_cannot_be_a_number_is_said_before_dialling() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.open_dial_pad().await?;
        dock.number_field().fill("12+3").await?;
        dock.press(ENTER).await?;
        dock.says("Use digits").await?;
        assert!(dock.button("End").look().await?.is_none(), "it was dialled all the same");
        Ok(())
    })
}
