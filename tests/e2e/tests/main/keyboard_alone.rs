//! A whole call in the CRM from the keyboard alone: one can see where the keyboard is, and it comes back to where it was.

use ringdock_e2e::Result;
use ringdock_e2e::control::Control;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{ANNA, TONE, run};
use ringdock_e2e::wait::{SOON, until};

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

/// Whether one can see what has the keyboard: an outline around it, or around what stands for it.
const OUTLINED: &str = r"
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (!element || element === document.body) return 'nothing has the keyboard';
  const outlined = (...of) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(...of);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  };
  return outlined(element) || outlined(element, '::after') ? null : `no outline: ${element.outerHTML.slice(0, 200)}`;";

/// Tabs to it and presses a key there.
async fn press_on(desk: &Dock, control: &Control<'_>, key: &str) -> Result<()> {
    control.tab_to().await?;
    is_outlined(desk).await?;
    desk.press(key).await
}

async fn is_outlined(desk: &Dock) -> Result<()> {
    match desk.eval(OUTLINED).await?.as_str() {
        None => Ok(()),
        Some(fault) => Err(fault.into()),
    }
}

/// Waits until it has the keyboard, visibly.
async fn has_keyboard(desk: &Dock, control: &Control<'_>) -> Result<()> {
    until(&format!("the keyboard on {control}"), SOON, async || {
        Ok(control.look().await?.filter(|node| node.is_focused()).map(drop))
    })
    .await?;
    is_outlined(desk).await
}

#[test]
fn a_contact_is_called_talked_to_and_written_about() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/").await?;
        desk.status_becomes("Connected").await?;
        press_on(&desk, &desk.control("link", "Dana Field"), ENTER).await?;
        desk.control("heading", "Timeline").wait().await?;
        let call = desk.control("button", "Call +1 202 555 0123");
        press_on(&desk, &call, ENTER).await?;
        desk.hears(TONE).await?;
        has_keyboard(&desk, &call).await?;

        let add_note = desk.button("Add note");
        press_on(&desk, &add_note, ENTER).await?;
        let notes = desk.part("textbox", "Notes");
        has_keyboard(&desk, &notes).await?;
        desk.press("Wants grey chairs").await?;
        desk.press(ESCAPE).await?;
        has_keyboard(&desk, &add_note).await?;

        press_on(&desk, &desk.button("Hold"), " ").await?;
        has_keyboard(&desk, &desk.button("Resume")).await?;
        desk.press(" ").await?;
        has_keyboard(&desk, &desk.button("Hold")).await?;

        let transfer = desk.button("Transfer");
        press_on(&desk, &transfer, ENTER).await?;
        has_keyboard(&desk, &desk.number_field()).await?;
        desk.press(ESCAPE).await?;
        has_keyboard(&desk, &transfer).await?;

        let keypad = desk.button("Keypad");
        press_on(&desk, &keypad, ENTER).await?;
        desk.press("12").await?;
        let five = desk.button("5");
        five.tab_back_to().await?;
        is_outlined(&desk).await?;
        desk.press(" ").await?;
        desk.says("Digits sent: 125").await?;
        desk.press(ESCAPE).await?;
        has_keyboard(&desk, &keypad).await?;

        desk.button("End").tab_back_to().await?;
        is_outlined(&desk).await?;
        desk.press(ENTER).await?;

        desk.part("dialog", "Call note").wait().await?;
        has_keyboard(&desk, &notes).await?;
        notes.wait_value("Wants grey chairs").await?;
        press_on(&desk, &desk.button("Save"), ENTER).await?;
        desk.part("dialog", "Call note").wait_gone().await?;
        // The button that ended the call is gone: the keyboard is in the middle of the dock, and Tab leads on from there.
        is_outlined(&desk).await.map_err(|error| format!("after the dialog: {error}"))?;
        stage.no_calls_left().await
    })
}
