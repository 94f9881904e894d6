//! The notification on the desktop, where the page may show one.

use ringdock_e2e::Result;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{DANA, Stage, run};
use ringdock_e2e::wait::{SOON, until};
use ringdock_rigs::asterisk::FarEnd;
use serde_json::{Value, json};

/// The notifications that the page has asked for, oldest first, become these.
async fn are(dock: &Dock, wanted: &Value) -> Result<()> {
    let mut last = Value::Null;
    let waited = until("the notifications", SOON, async || {
        last = dock.eval("return window.ringdockObserver.notifications()").await?;
        Ok((last == *wanted).then_some(()))
    });
    waited.await.map_err(|error| format!("{error}: {wanted}; they are {last}").into())
}

/// A ready dock in a page that may notify and that another tab covers.
async fn covered(stage: &Stage) -> Result<Dock> {
    let dock = stage.ready("1001").await?;
    dock.allow("notifications").await?;
    dock.open_another_tab().await?;
    Ok(dock)
}

#[test]
fn it_is_shown_also_where_the_page_is_seen_beside_another_window() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.allow("notifications").await?;
        dock.eval("document.hasFocus = () => false").await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        are(&dock, &json!([{ "title": "Call from Dana Field", "state": "show" }])).await?;
        Ok(stage.asterisk.hang_up_all().await?)
    })
}

#[test]
fn it_is_shown_while_the_caller_rings_and_goes_with_the_caller() -> Result<()> {
    run(async |stage| {
        let dock = covered(stage).await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        are(&dock, &json!([{ "title": "Call from Dana Field", "state": "show" }])).await?;
        stage.asterisk.hang_up_all().await?;
        are(&dock, &json!([{ "title": "Call from Dana Field", "state": "close" }])).await
    })
}
