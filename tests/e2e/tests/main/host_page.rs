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

#[test]
fn a_call_that_cannot_be_placed_says_why_also_in_the_bubble() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        let click = "const link = document.body.appendChild(document.createElement('a'));
            link.href = arguments[0]; link.click(); link.remove()";
        dock.button("Collapse").click().await?;
        dock.button("Expand").wait().await?;
        dock.eval_with(click, vec!["tel:call-me".into()]).await?;
        dock.says("No call to tel:call-me").await?;
        dock.button("Dismiss notice").click().await?;
        dock.stops_saying("No call to").await?;
        dock.eval_with(click, vec!["tel:6%300".into()]).await?;
        dock.is_in_a_call().await?;
        dock.button("Collapse").click().await?;
        dock.button("Expand").wait().await?;
        dock.eval_with(click, vec!["tel:603".into()]).await?;
        dock.says("No call to 603. End the present call first").await?;
        dock.end().await?;
        dock.stops_saying("No call to").await
    })
}

#[test]
fn an_account_that_cannot_work_is_told_of() -> Result<()> {
    run(async |stage| {
        let dock = stage.window("none", Microphone::Allowed(TONE)).await?;
        dock.eval("document.querySelector('ring-dock').account = { identity: '1001@x' }").await?;
        dock.says("The account needs `password`, a string").await?;
        dock.status_becomes("Disconnected").await?;
        let account = stage.asterisk.account("1001")?;
        dock.set_account_with_stun(account, &["stun.example.com".to_owned()]).await?;
        dock.says("A STUN server is none").await?;
        dock.set_account(account).await?;
        dock.status_becomes("Connected").await
    })
}

#[test]
fn an_element_that_comes_back_to_the_page_has_its_line_again() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.eval("window.dock = document.querySelector('ring-dock'); window.dock.remove()")
            .await?;
        stage.until_unregistered("1001").await?;
        dock.eval("document.body.append(window.dock)").await?;
        dock.status_becomes("Connected").await?;
        dock.can_call(TONE).await
    })
}

#[test]
fn what_a_page_says_of_all_elements_leaves_the_dock_in_its_corner() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        let place =
            "const { shadowRoot } = document.querySelector('ring-dock');
             const came = shadowRoot.getAnimations().map(({ finished }) => finished);
             return Promise.all(came).then(() => {
               const { right, bottom, width } = shadowRoot.querySelector('.panel').getBoundingClientRect();
               const { clientWidth, clientHeight } = document.documentElement; // Without the page's scroll bars.
               return [clientWidth - right, clientHeight - bottom, width];
             });";
        let before = dock.eval(place).await?;
        dock.eval(
            "const style = document.head.appendChild(document.createElement('style'));
             style.textContent = `* { font-family: fantasy; color: red } body > * { position: relative;
             padding: 40px; margin: 30px; max-width: 200px; transform: translateX(9px); filter: blur(2px) }`",
        )
        .await?;
        assert_eq!(dock.eval(place).await?, before);
        let look =
            "const { fontFamily, filter } = getComputedStyle(document.querySelector('ring-dock'));
            return [fontFamily.includes('fantasy'), filter]";
        assert_eq!(dock.eval(look).await?, serde_json::json!([false, "none"]));
        Ok(())
    })
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
