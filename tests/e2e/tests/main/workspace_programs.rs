//! What the settings give to other programs: a key, the addresses that a PBX reports to, and a webhook with its log.

use ringdock_e2e::Result;
use ringdock_e2e::crm::get;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{CHLOE, run};
use ringdock_e2e::wait::{SOON, until};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// What stands in the field of this label, which can be copied.
async fn shown(desk: &Dock, label: &str) -> Result<String> {
    desk.control("textbox", label).wait().await?;
    let value = "return document.getElementById([...document.querySelectorAll('label')]
        .find((label) => label.textContent === arguments[0]).htmlFor).value";
    let value = desk.eval_with(value, vec![label.into()]).await?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

/// The status of the answer to a program, which has no cookie.
async fn status(desk: &Dock, method: &str, url: &str, more: Value) -> Result<Value> {
    let script = "const [method, url, more] = arguments;
        return fetch(url, { method, credentials: 'omit', ...more }).then((answer) => answer.status)";
    desk.eval_with(script, vec![method.into(), url.into(), more]).await
}

async fn confirm(desk: &Dock, question: &str) -> Result<()> {
    desk.control("dialog", question).wait().await?;
    desk.eval("document.querySelector('dialog[open] .danger').click()").await.map(drop)
}

#[test]
fn a_key_is_shown_once_and_opens_the_api_until_it_is_deleted() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(CHLOE, "/settings/keys").await?;
        desk.control("button", "Add API key").click().await?;
        desk.control("textbox", "Program").fill("Reports").await?;
        desk.control("button", "Create").click().await?;
        let secret = shown(&desk, "New key").await?;
        desk.control("button", "Edit Reports").wait().await?;
        let with_key = json!({ "headers": { "authorization": format!("Bearer {secret}") } });
        assert_eq!(status(&desk, "GET", "/api/records", with_key.clone()).await?, 200);
        assert_eq!(status(&desk, "GET", "/api/records", json!({})).await?, 401);
        let kept = get(&desk, "/api/keys").await?.to_string();
        assert!(kept.contains("Reports") && !kept.contains(&secret), "{kept}");

        desk.control("button", "Edit Reports").click().await?;
        desk.control("button", "Delete").click().await?;
        confirm(&desk, "Delete Reports?").await?;
        until("no key", SOON, async || {
            Ok((get(&desk, "/api/keys").await?["items"] == json!([])).then_some(()))
        })
        .await?;
        assert_eq!(status(&desk, "GET", "/api/records", with_key).await?, 401);
        Ok(())
    })
}

#[test]
fn the_addresses_shown_take_reports_until_they_are_renewed() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(CHLOE, "/settings/pbx-webhooks").await?;
        let old = shown(&desk, "Inbound URL").await?;
        desk.control("button", "Copy Inbound URL").wait().await?;
        let report = |id: &str| {
            let body = json!({ "call_id": id, "from": "+12025550123", "to": "1003" });
            let headers = json!({ "content-type": "application/json" });
            json!({ "headers": headers, "body": body.to_string() })
        };
        let taken = status(&desk, "POST", &old, report("first")).await?;
        assert!(taken.as_u64().is_some_and(|status| (200..300).contains(&status)), "{taken}");
        desk.control("button", "Renew URLs").click().await?;
        confirm(&desk, "Renew the URLs?").await?;
        until("a new address", SOON, async || {
            Ok((shown(&desk, "Inbound URL").await? != old).then_some(()))
        })
        .await?;
        assert_eq!(status(&desk, "POST", &old, report("second")).await?, 404);
        let new = shown(&desk, "Inbound URL").await?;
        assert_eq!(status(&desk, "POST", &new, report("second")).await?, taken);
        Ok(())
    })
}

#[test]
fn the_log_of_a_webhook_shows_what_was_delivered() -> Result<()> {
    run(async |stage| {
        let receiver = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/calls", receiver.local_addr()?);
        let desk = stage.workspace(CHLOE, "/settings/webhooks").await?;
        desk.status_becomes("Connected").await?;
        desk.control("button", "Add webhook").click().await?;
        desk.control("textbox", "URL").fill(&url).await?;
        desk.control("textbox", "Secret").fill("a secret of some length").await?;
        desk.control("button", "Save").click().await?;
        desk.control("button", "Deliveries").click().await?;
        desk.control("region", &format!("Deliveries · {url}")).wait_text("None yet", SOON).await?;
        desk.dial_with_suggestions("600").await?;
        desk.is_in_a_call().await?;
        desk.end().await?;
        desk.button("Skip").click().await?;

        let (mut socket, _) = tokio::time::timeout(SOON * 3, receiver.accept()).await??;
        let mut request = Vec::new();
        while !request.ends_with(b"}") && socket.read_buf(&mut request).await? > 0 {}
        socket.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").await?;
        let request = String::from_utf8(request)?;
        assert!(request.starts_with("POST /calls HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("\"600\""), "{request}");

        desk.button("Collapse").click().await?;
        let log = desk.control("region", &format!("Deliveries · {url}"));
        until("the delivery in the log", SOON, async || {
            desk.control("button", "Refresh").click().await?;
            let text = log.text().await?;
            let whole = ["Delivered", "204"].iter().all(|word| text.contains(word));
            if whole { Ok(Some(())) } else { Err(format!("it says {text}").into()) }
        })
        .await
    })
}
