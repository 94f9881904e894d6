//! axe-core in each state of the dock with a CRM, light and in a narrow dark window.

use ringdock_e2e::Result;
use ringdock_e2e::accessibility::no_serious_violation;
use ringdock_e2e::browser::Look;
use ringdock_e2e::crm::Crm;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{DANA, run};
use ringdock_rigs::asterisk::{Caller, FarEnd};

const LOOKS: [Look; 2] = [
    Look { width: 1280, height: 800, scale: 1.0, dark: false },
    Look { width: 320, height: 640, scale: 1.0, dark: true },
];

async fn is_clean(dock: &Dock, state: &str) -> Result<()> {
    for look in LOOKS {
        dock.show_as(look).await?;
        let dark = if look.dark { "dark" } else { "light" };
        no_serious_violation(dock).await.map_err(|error| format!("{state}, {dark}: {error}"))?;
    }
    dock.show_as(LOOKS[0]).await
}

#[test]
fn while_it_rings() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        for (number, words, state) in [
            (DANA.number, "Chair refit", "rings, one match"),
            ("+442079460958", "3 records have this number", "rings, several matches"),
            ("+442079460777", "No record has this number", "rings, no match"),
        ] {
            let caller = Caller { name: "", number };
            stage.asterisk.call_in("1001", &caller, FarEnd::Tone).await?;
            dock.button("Answer").wait_enabled().await?;
            dock.says(words).await?;
            is_clean(&dock, state).await?;
            dock.button("Decline").click().await?;
            stage.no_calls_left().await?;
        }
        Ok(())
    })
}

#[test]
fn in_a_call() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let ben = crm.window(stage, "ben").await?;
        let dock = crm.window(stage, "anna").await?;
        dock.button("Dial pad").click().await?;
        dock.part("combobox", "Phone number").fill("da").await?;
        dock.part("listbox", "Suggestions").wait().await?;
        dock.press("\u{e015}").await?;
        is_clean(&dock, "suggestions").await?;
        dock.button("Dial pad").click().await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Answer").click().await?;
        dock.is_in_a_call().await?;
        dock.button("Open contact").wait().await?;
        is_clean(&dock, "in a call").await?;
        dock.button("Add task").click().await?;
        dock.button("Save").click().await?;
        dock.says("Fill this in").await?;
        is_clean(&dock, "a quick action").await?;
        dock.button("Transfer").click().await?;
        dock.part("option", "Ben Okoro 1002").wait().await?;
        is_clean(&dock, "the colleagues").await?;
        ben.close_tab().await?;
        dock.says("No colleague is free right now").await?;
        is_clean(&dock, "no colleague").await?;
        dock.button("Transfer").click().await?;
        dock.end().await
    })
}

#[test]
fn after_the_call() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Answer").click().await?;
        dock.is_in_a_call().await?;
        dock.says("Matched on Phone").await?;
        dock.end().await?;
        dock.part("dialog", "Call note").wait().await?;
        is_clean(&dock, "an empty note").await?;
        dock.part("textbox", "Notes").fill("Goes for the grey chairs.").await?;
        is_clean(&dock, "a note").await?;
        crm.server.stop();
        dock.button("Save").click().await?;
        dock.says("sent again by itself").await?;
        is_clean(&dock, "a note that could not be saved").await?;
        dock.button("Later").click().await?;
        dock.button("Continue").wait().await?;
        is_clean(&dock, "a note that waits").await
    })
}
