//! The forms of the settings: what is typed there holds at once, and what is refused is said beside its field.

use ringdock_e2e::Result;
use ringdock_e2e::browser::Microphone;
use ringdock_e2e::control::Control;
use ringdock_e2e::crm::get;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{CHLOE, TONE, run};
use ringdock_e2e::wait::{SOON, until};
use serde_json::{Value, json};

const PASSWORD: &str = "a long password";

/// Waits until this stands beside the field of this label, and the keyboard is there.
async fn is_refused(desk: &Dock, label: &str, sentence: &str) -> Result<()> {
    let beside = "const label = [...document.querySelectorAll('label')]
          .find((label) => label.htmlFor && label.textContent.replace('*', '') === arguments[0]);
        const field = label && document.getElementById(label.htmlFor);
        if (!field || field !== document.activeElement || field.ariaInvalid !== 'true') return '';
        return document.getElementById(field.getAttribute('aria-describedby').split(' ')[0]).textContent";
    until(&format!("“{sentence}” beside {label}"), SOON, async || {
        let said = desk.eval_with(beside, vec![label.into()]).await?;
        if said.as_str().is_some_and(|said| said.contains(sentence)) {
            return Ok(Some(()));
        }
        Err(format!("it says {said}").into())
    })
    .await
}

async fn has_keyboard(control: &Control<'_>) -> Result<()> {
    until(&format!("the keyboard on {control}"), SOON, async || {
        Ok(control.look().await?.filter(|node| node.is_focused()).map(drop))
    })
    .await
}

/// The type of this name for many, once the server has it.
async fn type_named(desk: &Dock, plural: &str, fits: impl Fn(&Value) -> bool) -> Result<Value> {
    until(&format!("the type {plural}"), SOON, async || {
        let types = get(desk, "/api/types").await?;
        let types = types["items"].as_array().cloned().unwrap_or_default();
        Ok(types.into_iter().find(|kind| kind["plural"] == plural && fits(kind)))
    })
    .await
}

#[test]
fn a_new_type_overwrites_no_other_and_any_of_its_fields_may_go() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(CHLOE, "/settings/types").await?;
        let contact = type_named(&desk, "Contacts", |_| true).await?;
        desk.control("button", "Add record type").click().await?;
        let name = desk.control("textbox", "Name of one");
        has_keyboard(&name).await?;
        name.fill("Contact").await?;
        desk.control("textbox", "Name of many").fill("Partners").await?;
        desk.control("button", "Save").click().await?;
        is_refused(&desk, "Name of one", "There is a record type of this name.").await?;
        assert_eq!(type_named(&desk, "Contacts", |_| true).await?, contact);

        // In another script, and called by another field than Name.
        name.fill("Партнёр").await?;
        desk.control("textbox", "Label").fill("Firm").await?;
        desk.control("button", "Save").click().await?;
        desk.control("link", "Partners").wait().await?;
        let made = type_named(&desk, "Partners", |_| true).await?;
        assert_eq!((&made["key"], &made["title"]), (&json!("type_2"), &json!(["firm"])));

        desk.control("button", "Edit Partners").click().await?;
        desk.control("button", "Remove: Firm").click().await?;
        desk.control("button", "Add field").click().await?;
        desk.control("textbox", "Label").fill("Шеф").await?;
        desk.control("button", "Save").click().await?;
        type_named(&desk, "Partners", |kind| kind["title"] == json!(["field_2"])).await?;
        Ok(())
    })
}

#[test]
fn the_keyboard_goes_into_a_form_and_back_to_its_button() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(CHLOE, "/settings/roles").await?;
        let edit = desk.control("button", "Edit Agent");
        edit.click().await?;
        has_keyboard(&desk.control("textbox", "Name")).await?;
        desk.control("button", "Cancel").click().await?;
        has_keyboard(&edit).await?;
        edit.click().await?;
        desk.control("checkbox", "Transfer calls").click().await?;
        desk.control("button", "Save").click().await?;
        // The rows are drawn anew.
        desk.control("textbox", "Name").wait_gone().await?;
        has_keyboard(&edit).await?;
        let add = desk.control("button", "Add role");
        add.click().await?;
        has_keyboard(&desk.control("textbox", "Name")).await?;
        desk.control("button", "Cancel").click().await?;
        has_keyboard(&add).await
    })
}

#[test]
fn a_new_user_of_a_new_role_gets_a_line_without_a_reload() -> Result<()> {
    run(async |stage| {
        let admin = stage.workspace(CHLOE, "/settings/roles").await?;
        admin.control("button", "Add role").click().await?;
        admin.control("textbox", "Name").fill("Reception").await?;
        for permission in ["Receive calls and click to call", "See own calls"] {
            admin.control("checkbox", permission).click().await?;
        }
        admin.control("button", "Save").click().await?;
        admin.control("button", "Edit Reception").wait().await?;

        admin.control("link", "Users").click().await?;
        admin.control("button", "Add user").click().await?;
        admin.control("textbox", "Full name").fill("Dora Lind").await?;
        admin.control("textbox", "User name").fill("anna").await?;
        admin.control("combobox", "Role").tab_to().await?;
        admin.press("Reception").await?;
        admin.control("textbox", "Password").fill(PASSWORD).await?;
        admin.control("button", "Save").click().await?;
        is_refused(&admin, "User name", ".").await?;
        admin.control("textbox", "User name").fill("dora").await?;
        admin.control("button", "Save").click().await?;
        admin.control("button", "Edit Dora Lind").wait().await?;

        let dora = stage.open(&stage.crm()?.url(), Microphone::Allowed(TONE)).await?;
        dora.control("DisclosureTriangle", "Or with a password").click().await?;
        dora.control("textbox", "User").fill("dora").await?;
        dora.control("textbox", "Password").fill(PASSWORD).await?;
        dora.control("button", "Sign in").click().await?;
        dora.control("navigation", "Main").wait().await?;
        dora.control("link", "Statistics").stays_away(std::time::Duration::from_secs(1)).await?;
        dora.eval("window.loadedOnce = true").await?;

        // The administrator's extension becomes hers.
        let line = stage.asterisk.account("1003")?.clone();
        admin.control("link", "VoIP accounts").click().await?;
        admin.control("button", &format!("Edit {}", line.identity)).click().await?;
        admin.control("button", "Delete").click().await?;
        let question = "document.querySelector('dialog[open] .danger').click()";
        admin.control("dialog", &format!("Delete {}?", line.identity)).wait().await?;
        admin.eval(question).await?;
        admin.control("button", &format!("Edit {}", line.identity)).wait_gone().await?;
        admin.control("button", "Add VoIP account").click().await?;
        admin.control("combobox", "Owner").tab_to().await?;
        admin.press("Dora").await?;
        admin.control("textbox", "Identity").fill(&line.identity).await?;
        admin.control("textbox", "Username").fill(&line.username).await?;
        admin.control("textbox", "Password").fill(&line.password).await?;
        admin.control("textbox", "Server").fill("ws://pbx.example.com/ws").await?;
        admin.control("button", "Save").click().await?;
        is_refused(&admin, "Server", "Without encryption (ws://) only this machine can be reached")
            .await?;
        admin.control("textbox", "Server").fill(&line.server).await?;
        admin.control("textbox", "Global prefix").fill("0").await?;
        admin.control("button", "Save").click().await?;
        admin.control("button", &format!("Edit {}", line.identity)).wait().await?;

        dora.status_becomes("Connected").await?;
        stage.until_registered("1003").await?;
        assert_eq!(dora.eval("return window.loadedOnce === true").await?, true);
        let given = get(&dora, "/api/line").await?["account"].clone();
        assert_eq!((&given["prefix"], &given["username"]), (&json!("0"), &json!("1003")));
        // Written once, and never shown again.
        let accounts = get(&admin, "/api/voip-accounts").await?.to_string();
        assert!(!accounts.contains(&line.password), "a password is read back");
        Ok(())
    })
}
