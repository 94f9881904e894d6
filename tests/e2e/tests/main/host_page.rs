//! The page around the dock.

use ringdock_e2e::Result;
use ringdock_e2e::accessibility::Tree;
use ringdock_e2e::browser::Microphone;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{TONE, run};
use ringdock_e2e::wait::{SOON, until};
use std::time::Duration;

#[test]
fn a_soft_navigation_keeps_the_call() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.dial("600").await?;
        dock.is_in_a_call().await?;
        dock.hears(TONE).await?;
        dock.eval("window.loadedOnce = true").await?;
        dock.control("link", "Activity").click().await?;
        dock.control("heading", "Activity").wait().await?;
        dock.keeps_hearing(TONE, Duration::from_secs(2)).await?;
        dock.is_in_a_call().await?;
        dock.end().await?;
        let loaded_again = dock.eval("return !window.loadedOnce").await?;
        assert_eq!(loaded_again, false, "that was no soft navigation");
        stage.no_calls_left().await
    })
}

#[test]
fn a_phone_field_of_the_page_is_called_with_one_click() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        let tree = Tree::read(&dock).await?;
        let nodes = tree.root().map(|root| tree.below(root)).unwrap_or_default();
        let calls = |name: &&str| name.starts_with("Call +") || name.starts_with("Call 0");
        let names: Vec<&str> = nodes
            .iter()
            .filter(|node| node.role == "button" || node.role == "link")
            .map(|node| node.name.as_str())
            .filter(calls)
            .collect();
        assert!(names.len() >= 4, "phone, mobile, fax and WhatsApp: {names:?}");
        let name = names.first().copied().unwrap_or_default();
        dock.control("button", name).click().await?;
        dock.is_in_a_call().await?;
        dock.hears(TONE).await?;
        let shown = digits(&dock.region().text().await?);
        assert!(shown.contains(&digits(name)), "{name} was clicked, the dock shows {shown}");
        dock.end().await
    })
}

#[test]
fn leaving_the_page_is_questioned_during_a_call_only() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        reloads_without_a_question(&dock).await?;
        dock.status_becomes("Connected").await?;
        dock.dial("600").await?;
        dock.is_in_a_call().await?;
        dock.eval("setTimeout(() => location.reload(), 0)").await?;
        until("the browser's question", SOON, async || Ok(dock.question().await)).await?;
        dock.refuse_question().await?;
        dock.hears(TONE).await?;
        dock.end().await?;
        reloads_without_a_question(&dock).await?;
        dock.status_becomes("Connected").await
    })
}

async fn reloads_without_a_question(dock: &Dock) -> Result<()> {
    dock.eval("window.loadedOnce = true; setTimeout(() => location.reload(), 0)").await?;
    until("the page to be loaded again", SOON, async || {
        Ok((dock.eval("return window.loadedOnce ?? null").await?.is_null()).then_some(()))
    })
    .await
}

#[test]
fn without_an_account_there_is_no_dock_and_no_question() -> Result<()> {
    run(async |stage| {
        let dock = stage.window("none", Microphone::Allowed(TONE)).await?;
        until("the custom element", SOON, async || {
            let defined = dock.eval("return !!customElements.get('ring-dock')").await?;
            Ok((defined == true).then_some(()))
        })
        .await?;
        dock.region().stays_away(Duration::from_secs(2)).await?;
        assert_eq!(dock.microphone_requests().await?, 0);
        dock.set_account(stage.asterisk.account("1001")?).await?;
        dock.status_becomes("Connected").await
    })
}

#[test]
fn the_page_dials_and_is_told_of_the_end() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.eval(
            "document.addEventListener('ringdock-call-ended', (event) => { window.told = event.detail });
             document.querySelector('ring-dock').dial('486', { name: 'Mary Major' })",
        )
        .await?;
        dock.says("Mary Major").await?;
        dock.says("Busy").await?;
        let told = dock.eval("return window.told ?? null").await?;
        assert_eq!(
            (&told["direction"], &told["number"], &told["name"], &told["outcome"]),
            (&"outgoing".into(), &"486".into(), &"Mary Major".into(), &"busy".into())
        );
        Ok(())
    })
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
