//! Tones that are sent during a call, and keys that are not tones.

use ringdock_e2e::Result;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{Stage, run};
use ringdock_e2e::wait::{SOON, until};
use ringdock_rigs::asterisk::Follow;
use serde_json::json;
use std::time::Duration;

/// The order in which the keys are pressed: each once.
const KEYS: &str = "1234567890*#";

/// Calls the number that reads twelve digits and logs them.
async fn calls_the_reader(stage: &Stage) -> Result<(Dock, Follow)> {
    let dock = stage.ready("1001").await?;
    let log = stage.asterisk.follow();
    dock.dial("604").await?;
    dock.is_in_a_call().await?;
    Ok((dock, log))
}

#[test]
fn the_keys_on_screen_arrive_exactly() -> Result<()> {
    run(async |stage| {
        let (dock, mut log) = calls_the_reader(stage).await?;
        dock.button("Keypad").click().await?;
        for key in KEYS.chars() {
            dock.button(&key.to_string()).click().await?;
        }
        log.wait_for(&format!("digits={KEYS}"), SOON).await?;
        dock.says(KEYS).await
    })
}

#[test]
fn the_keyboard_arrives_exactly() -> Result<()> {
    run(async |stage| {
        let (dock, mut log) = calls_the_reader(stage).await?;
        dock.press(KEYS).await?;
        log.wait_for(&format!("digits={KEYS}"), SOON).await?;
        dock.says(&format!("Digits sent: {KEYS}")).await
    })
}

#[test]
fn the_numpad_arrives_exactly() -> Result<()> {
    run(async |stage| {
        let (dock, mut log) = calls_the_reader(stage).await?;
        // WebDriver's numpad: 1 to 9, 0, multiply. A numpad has no #, so that key is the keyboard's.
        let numpad: String =
            ('\u{e01b}'..='\u{e023}').chain(['\u{e01a}', '\u{e024}', '#']).collect();
        dock.press(&numpad).await?;
        log.wait_for(&format!("digits={KEYS}"), SOON).await.map(drop).map_err(Into::into)
    })
}

#[test]
fn typing_in_a_text_field_of_the_page_sends_nothing() -> Result<()> {
    run(async |stage| {
        let (dock, mut log) = calls_the_reader(stage).await?;
        let script = "document.body.insertAdjacentHTML('afterbegin', '<input aria-label=Scratch>')";
        dock.eval(script).await?;
        let field = dock.control("textbox", "Scratch");
        field.fill("123").await?;
        field.wait_value("123").await?;
        dock.eval("document.querySelector('[aria-label=Scratch]').blur()").await?;
        dock.press("9").await?;
        // Keys arrive in order: had the field's been sent, one of them would be the first.
        let first = log.wait_for("DTMF", SOON).await?;
        assert!(first.contains("'9'"), "the first tone that arrived: {first}");
        Ok(())
    })
}

#[test]
fn a_key_is_heard_by_the_agent_as_its_two_tones() -> Result<()> {
    run(async |stage| {
        let (dock, mut log) = calls_the_reader(stage).await?;
        dock.button("Keypad").click().await?;
        dock.button("5").click().await?;
        until("the key's own two tones", Duration::from_secs(3), async || {
            // ITU-T Q.23: the key 5 is 770 and 1336 Hz.
            let sounds = dock.local_sound().await?;
            Ok(sounds.iter().any(|sound| sound.has_pair(770.0, 1336.0)).then_some(()))
        })
        .await?;
        log.wait_for("DTMF", SOON).await.map(drop).map_err(Into::into)
    })
}

#[test]
fn tones_go_by_info_where_the_account_says_so() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready_with_account("1001", json!({ "dtmf": "info" })).await?;
        let mut log = stage.asterisk.follow();
        dock.dial("604").await?;
        dock.is_in_a_call().await?;
        dock.press(KEYS).await?;
        log.wait_for(&format!("digits={KEYS}"), SOON).await.map(drop).map_err(Into::into)
    })
}
