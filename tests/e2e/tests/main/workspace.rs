//! The CRM's pages around the dock.

use ringdock_e2e::Result;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{ANNA, BEN, CHLOE, TONE, run};
use ringdock_e2e::wait::{SOON, until};
use std::time::Duration;

#[test]
fn one_click_signs_in_and_the_line_comes_up() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/").await?;
        desk.control("heading", "Contacts").wait().await?;
        desk.status_becomes("Connected").await?;
        stage.until_registered("1001").await?;
        desk.control("button", "Sign out").click().await?;
        desk.control("button", "Sign in as Anna Moor Agent").wait().await?;
        stage.until_unregistered("1001").await
    })
}

#[test]
fn a_call_goes_on_through_the_pages() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/").await?;
        desk.status_becomes("Connected").await?;
        desk.eval("window.loadedOnce = true").await?;
        desk.control("link", "Dana Field").click().await?;
        desk.control("heading", "Dana Field").wait().await?;
        desk.control("heading", "Timeline").wait().await?;
        desk.control("button", "Call +1 202 555 0123").click().await?;
        desk.is_in_a_call().await?;
        for page in ["Deals", "Calls", "Settings"] {
            desk.control("link", page).click().await?;
            desk.control("heading", if page == "Settings" { "Preferences" } else { page })
                .wait()
                .await?;
        }
        desk.eval("history.back()").await?;
        desk.control("heading", "Calls").wait().await?;
        desk.keeps_hearing(TONE, Duration::from_secs(2)).await?;
        desk.end().await?;
        let loaded_again = desk.eval("return !window.loadedOnce").await?;
        assert_eq!(loaded_again, false, "a page was loaded");
        stage.no_calls_left().await
    })
}

#[test]
fn a_search_finds_by_the_beginnings_of_words() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/records/contact").await?;
        desk.control("link", "Mei Tan").wait().await?;
        desk.control("searchbox", "Search").fill("whit gra").await?;
        desk.control("link", "Mei Tan").wait_gone().await?;
        desk.control("link", "Grace Whitlock").click().await?;
        desk.control("heading", "Grace Whitlock").wait().await?;
        // The way back leads to what was found.
        desk.eval("history.back()").await?;
        desk.control("link", "Grace Whitlock").wait().await?;
        desk.control("searchbox", "Search").wait_value("whit gra").await?;
        desk.control("searchbox", "Search").fill("nobody").await?;
        says(&desk, "Nothing found").await
    })
}

#[test]
fn what_the_server_refuses_stands_beside_its_field() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/records/contact").await?;
        desk.control("link", "Dana Field").click().await?;
        // The record comes later than its page, and the keyboard is led to it all the same.
        has_keyboard(&desk, "heading", "Dana Field").await?;
        desk.control("button", "Edit").click().await?;
        desk.control("textbox", "Last name").fill("\u{e017}").await?;
        desk.control("textbox", "Email").fill("no address").await?;
        desk.control("button", "Save").click().await?;
        let refused = until("a field to be marked", SOON, async || {
            let invalid = "const field = document.querySelector('[aria-invalid=true]');
                return field && document.activeElement === field
                  ? document.getElementById(field.getAttribute('aria-describedby').split(' ')[0]).textContent : null";
            Ok(desk.eval(invalid).await?.as_str().map(str::to_owned))
        })
        .await?;
        assert!(refused.ends_with('.'), "a sentence beside the field: {refused:?}");
        desk.control("textbox", "Last name").fill("Field-Jones").await?;
        desk.control("textbox", "Email").fill("dana@example.com").await?;
        desk.control("button", "Save").click().await?;
        desk.control("heading", "Dana Field-Jones").wait().await?;
        desk.control("button", "Edit").wait().await.map(drop)
    })
}

#[test]
fn a_note_stands_on_the_timeline_of_a_colleague_at_once() -> Result<()> {
    run(async |stage| {
        let anna = stage.workspace(ANNA, "/records/contact").await?;
        let ben = stage.workspace(BEN, "/records/contact").await?;
        for desk in [&anna, &ben] {
            desk.control("link", "Dana Field").click().await?;
            desk.control("heading", "Timeline").wait().await?;
        }
        anna.control("button", "Add note").click().await?;
        has_keyboard(&anna, "textbox", "Note").await?;
        anna.control("button", "Cancel").click().await?;
        has_keyboard(&anna, "button", "Add note").await?;
        anna.control("button", "Add note").click().await?;
        anna.control("textbox", "Note").fill("Wants a quote by Friday").await?;
        anna.control("button", "Save").click().await?;
        says(&anna, "Wants a quote by Friday").await?;
        says(&ben, "Wants a quote by Friday").await
    })
}

#[test]
fn the_history_is_narrowed_down() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(CHLOE, "/calls").await?;
        outcomes_are(&desk, |outcomes| outcomes.len() > 1).await?;
        let choice = desk.control("combobox", "Outcome");
        choice.tab_to().await?;
        desk.press("Busy").await?;
        outcomes_are(&desk, |outcomes| outcomes == ["Busy"]).await?;
        let search = desk.eval("return location.search").await?;
        assert_eq!(search, "?outcome=busy", "the filter is part of the address");
        desk.control("link", "Clear filters").click().await?;
        outcomes_are(&desk, |outcomes| outcomes.len() > 1).await
    })
}

#[test]
fn what_a_role_may_not_do_is_not_shown() -> Result<()> {
    run(async |stage| {
        let agent = stage.workspace(ANNA, "/settings").await?;
        agent.control("link", "Calls").wait().await?;
        agent.control("link", "Statistics").stays_away(Duration::from_secs(1)).await?;
        agent.control("link", "VoIP accounts").stays_away(Duration::from_secs(1)).await?;
        let admin = stage.workspace(CHLOE, "/settings").await?;
        admin.control("link", "Statistics").wait().await?;
        admin.control("link", "VoIP accounts").wait().await.map(drop)
    })
}

#[test]
fn a_server_that_is_away_is_said_and_found_again() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(ANNA, "/records/contact").await?;
        desk.control("link", "Dana Field").wait().await?;
        stage.crm()?.stop();
        says(&desk, "The server cannot be reached.").await?;
        stage.crm()?.start_again()?;
        desk.control("button", "Try now").click().await?;
        desk.control("button", "Try now").wait_gone().await?;
        desk.control("link", "Deals").click().await?;
        desk.control("heading", "Deals").wait().await?;
        until("the deals", SOON, async || {
            let rows = desk.eval("return document.querySelectorAll('tbody tr').length").await?;
            Ok((rows.as_i64() > Some(0)).then_some(()))
        })
        .await
    })
}

/// Waits until the keyboard is there.
async fn has_keyboard(desk: &Dock, role: &'static str, name: &str) -> Result<()> {
    let control = desk.control(role, name);
    until(&format!("the keyboard on {control}"), SOON, async || {
        Ok(control.look().await?.filter(|node| node.is_focused()).map(drop))
    })
    .await
}

/// Waits until the page says this, anywhere.
async fn says(desk: &Dock, words: &str) -> Result<()> {
    until(&format!("the page to say “{words}”"), SOON, async || {
        let text = desk.eval("return document.body.innerText").await?;
        Ok(text.as_str().is_some_and(|text| text.contains(words)).then_some(()))
    })
    .await
}

/// Waits until the different outcomes in the history are as `wanted` says.
async fn outcomes_are(desk: &Dock, wanted: impl Fn(&[String]) -> bool) -> Result<()> {
    until("the outcomes of the calls", SOON, async || {
        let script = "return [...new Set([...document.querySelectorAll('tbody .badge')].map((b) => b.innerText))]";
        let found: Vec<String> = serde_json::from_value(desk.eval(script).await?)?;
        if wanted(&found) { Ok(Some(())) } else { Err(format!("they are {found:?}").into()) }
    })
    .await
}
