//! A call that a PBX has recorded, and the player of its recording.

use crate::Result;
use crate::crm::{get, send};
use crate::dock::Dock;
use crate::tone::write_wav;
use crate::wait::{SOON, until};
use ringdock_rigs::page::{Options, Page};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Where a PBX keeps its recordings; it ends with the value.
pub struct Recordings {
    _pbx: Page,
    _folder: TempDir,
}

/// Reports a call to 1001 of one minute, with a recording of two seconds of 440 Hz. `more` adds to the report or changes
/// it. `desk` is an administrator's.
pub async fn report(desk: &Dock, more: &Value) -> Result<Recordings> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("index.html"), "recordings of a PBX")?;
    write_wav(&folder.path().join("call.wav"), 440)?;
    let (dist, accounts) = (folder.path().to_owned(), Vec::new());
    let pbx = Page::start(Options { dist, port: 0, accounts }).await?;
    let hooks = get(desk, "/api/pbx-webhooks").await?;
    let mut report = json!({
        "call_id": "recorded", "from": "+12025550123", "to": "1001", "extension": "1001",
        "started": "1795176000", "answered": "1795176005", "ended": "1795176065", "status": "ANSWER",
        "recording": format!("{}/call.wav", pbx.url()), "direction": "inbound",
    });
    for (field, value) in more.as_object().into_iter().flatten() {
        report[field] = value.clone();
    }
    send(desk, "POST", hooks["log"].as_str().unwrap_or_default(), &report).await?;
    Ok(Recordings { _pbx: pbx, _folder: folder })
}

/// Plays the only recording of the page; `meanwhile` happens while it plays, and it is heard to its end.
pub async fn plays(desk: &Dock, meanwhile: impl AsyncFnOnce() -> Result<()>) -> Result<()> {
    desk.control("button", "play").click().await?;
    desk.eval("window.playing = document.querySelector('audio[aria-label=Recording]')").await?;
    meanwhile().await?;
    until("the recording to be heard to its end", SOON, async || {
        let state = "const it = window.playing;
            return it.error ? it.error.message : it.isConnected && it.ended && it.duration > 1.9";
        match desk.eval(state).await? {
            Value::String(error) => Err(error.into()),
            ended => Ok((ended == true).then_some(())),
        }
    })
    .await
}
