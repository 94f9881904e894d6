//! No page of the workspace keeps people with disabilities out.

use ringdock_e2e::Result;
use ringdock_e2e::accessibility::no_serious_violation;
use ringdock_e2e::browser::Look;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{CHLOE, run};
use ringdock_e2e::wait::{SOON, until};

const PAGES: [&str; 20] = [
    "/records/contact",
    "/records/lead",
    "/records/account",
    "/records/deal",
    "/records/case",
    "/records/contact?search=nobody",
    "/records/contact/new",
    "/calls",
    "/statistics",
    "/settings/preferences",
    "/settings/workspace",
    "/settings/users",
    "/settings/roles",
    "/settings/types",
    "/settings/voip-accounts",
    "/settings/numbers",
    "/settings/pbx-webhooks",
    "/settings/webhooks",
    "/settings/keys",
    "/nowhere",
];

/// A page of the settings, and the button of it that opens a form. The form of a deal has two links to other types.
const FORMS: [(&str, &str); 8] = [
    ("/settings/users", "Edit Anna Moor"),
    ("/settings/roles", "Edit Agent"),
    ("/settings/types", "Edit Deals"),
    ("/settings/types", "Add record type"),
    ("/settings/voip-accounts", "Edit 1001@127.0.0.1"),
    ("/settings/numbers", "Edit +442079460200"),
    ("/settings/webhooks", "Add webhook"),
    ("/settings/keys", "Add API key"),
];

/// The `id`s that more than one element has.
const TWICE: &str =
    "const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    return ids.filter((id, at) => ids.indexOf(id) !== at)";

const WIDE: Look = Look { width: 1280, height: 900, scale: 1.0, dark: false };
const NARROW: Look = Look { width: 320, height: 640, scale: 1.0, dark: true };

#[test]
fn the_way_in() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(CHLOE, "/").await?;
        desk.control("button", "Sign out").click().await?;
        desk.control("button", "Sign in as Anna Moor Agent").wait().await?;
        no_serious_violation(&desk).await
    })
}

#[test]
fn each_page_in_a_wide_window() -> Result<()> {
    each_page(WIDE)
}

#[test]
fn each_page_in_a_narrow_dark_window() -> Result<()> {
    each_page(NARROW)
}

fn each_page(look: Look) -> Result<()> {
    run(async move |stage| {
        let desk = stage.workspace(CHLOE, "/").await?;
        desk.show_as(look).await?;
        for page in PAGES {
            go(&desk, page).await?;
            is_clean(&desk, page).await?;
            let wider =
                desk.eval("return document.documentElement.scrollWidth - innerWidth").await?;
            assert!(wider.as_i64() <= Some(0), "{page} is {wider} px wider than the window");
        }
        Ok(())
    })
}

#[test]
fn each_form_of_the_settings() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(CHLOE, "/").await?;
        for (page, button) in FORMS {
            // From elsewhere, so that no form is left open.
            go(&desk, "/settings/preferences").await?;
            go(&desk, page).await?;
            desk.control("button", button).click().await?;
            desk.control("button", "Cancel").wait().await?;
            is_clean(&desk, button).await?;
            assert_eq!(desk.eval(TWICE).await?, serde_json::json!([]), "{button}");
        }
        Ok(())
    })
}

#[test]
fn a_record_to_read_and_to_change() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(CHLOE, "/records/contact").await?;
        desk.control("link", "Dana Field").click().await?;
        desk.control("heading", "Dana Field").wait().await?;
        is_clean(&desk, "a record").await?;
        desk.control("button", "Add task").click().await?;
        desk.control("button", "Edit").click().await?;
        desk.control("textbox", "Last name").fill("\u{e017}").await?;
        is_clean(&desk, "a record in its form").await?;
        desk.control("button", "Delete").click().await?;
        desk.control("dialog", "Delete Dana Field?").wait().await?;
        is_clean(&desk, "the question before a record is deleted").await
    })
}

/// Goes to a page of the workspace, as the browser's own buttons do.
async fn go(desk: &Dock, page: &str) -> Result<()> {
    let go =
        "history.pushState(null, '', arguments[0]); dispatchEvent(new PopStateEvent('popstate'))";
    desk.eval_with(go, vec![page.into()]).await.map(drop)
}

/// Waits until everything is there, and looks.
async fn is_clean(desk: &Dock, page: &str) -> Result<()> {
    until("the page to be loaded", SOON, async || {
        let ready = "return !!document.querySelector('h1') && !document.querySelector('.skeleton')";
        Ok((desk.eval(ready).await? == true).then_some(()))
    })
    .await?;
    no_serious_violation(desk).await.map_err(|error| format!("{page}: {error}").into())
}
