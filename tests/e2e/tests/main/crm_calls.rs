//! Who calls: what the CRM knows is there before the answer, and what nobody knows becomes a record.

use ringdock_e2e::Result;
use ringdock_e2e::control::Control;
use ringdock_e2e::crm::{Crm, call_on_timeline, get, record};
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{DANA, TONE, run};
use ringdock_e2e::wait::{SOON, until};
use ringdock_rigs::asterisk::{Caller, FarEnd};

/// The number of an account, of one of its contacts and of a deal.
const CLINIC: Caller<'static> = Caller { name: "", number: "+442079460958" };

/// Nobody's number.
const STRANGER: Caller<'static> = Caller { name: "", number: "+442079460777" };

/// On the demo's contact Dana Field.
const NOTE: &str = "Prefers calls before ten. Wants the refit done over the spring holidays.";

fn field<'a>(dock: &'a Dock, name: &str) -> Control<'a> {
    dock.part("textbox", name)
}

#[test]
fn a_known_caller_is_named_with_what_is_open_before_the_answer() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Echo).await?;
        dock.button("Answer").wait_enabled().await?;
        dock.says("Matched on Phone").await?;
        for open in [
            "Dana Field",
            "Chair refit, three rooms",
            "Compressor is loud",
            "Send the colour chart",
            "Prefers calls",
        ] {
            dock.says(open).await?;
        }
        assert!(dock.button("Open contact").look().await?.is_none(), "actions before the answer");
        dock.button("Answer").click().await?;
        dock.is_in_a_call().await?;
        dock.button("Open contact").click().await?;
        let dana = record(&dock, "Dana Field").await?["id"].clone();
        until("the page to be asked for the contact", SOON, async || {
            let opened = dock.eval("return window.opened ?? null").await?;
            Ok((opened["type"] == "contact" && opened["id"] == dana).then_some(()))
        })
        .await?;
        // What is open leads to the record, too.
        for open in ["Send the colour chart", NOTE] {
            dock.eval("window.opened = null").await?;
            dock.button(open).click().await?;
            until("the page to be asked for the contact", SOON, async || {
                Ok((dock.eval("return window.opened?.id ?? null").await? == dana).then_some(()))
            })
            .await?;
        }
        dock.button("Add task").click().await?;
        field(&dock, "Title").fill("Send the price list").await?;
        dock.button("Save").click().await?;
        dock.says("Added: Send the price list").await?;
        let tasks = get(&dock, &format!("/api/tasks?record={dana}")).await?.to_string();
        assert!(tasks.contains("Send the price list"), "{tasks}");
        dock.end().await
    })
}

#[test]
fn several_who_have_the_number_are_all_shown_and_one_is_chosen() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        stage.asterisk.call_in("1001", &CLINIC, FarEnd::Echo).await?;
        dock.says("3 records have this number").await?;
        dock.button("Omar Haddad Contact · Matched on Phone").wait_pressed(true).await?;
        dock.button("Smile Dental Croydon Account · Matched on Phone").click().await?;
        dock.button("Smile Dental Croydon Account · Matched on Phone").wait_pressed(true).await?;
        dock.control("heading", "Smile Dental Croydon").wait().await?;
        dock.button("Answer").click().await?;
        dock.is_in_a_call().await?;
        dock.button("Open account").wait().await?;
        dock.end().await
    })
}

#[test]
fn a_lead_is_created_from_a_live_call_of_an_unknown_number_and_takes_it() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        stage.asterisk.call_in("1001", &STRANGER, FarEnd::Echo).await?;
        dock.says("No record has this number").await?;
        dock.button("Answer").click().await?;
        dock.is_in_a_call().await?;
        dock.button("Create lead").click().await?;
        field(&dock, "Phone").wait_value(STRANGER.number).await?;
        dock.button("Save").click().await?;
        dock.says("Fill this in").await?;
        field(&dock, "First name").fill("Iris").await?;
        field(&dock, "Last name").fill("Novak").await?;
        dock.button("Save").click().await?;
        dock.control("heading", "Iris Novak").wait().await?;
        dock.button("Open lead").wait().await?;
        // The call goes on, and is the lead's.
        dock.hears(TONE).await?;
        call_on_timeline(&dock, "Iris Novak", |call| call["outcome"] == "answered").await?;
        dock.button("End").click().await?;
        let call =
            call_on_timeline(&dock, "Iris Novak", |call| call["ended_at"].is_number()).await?;
        assert_eq!(
            (&call["direction"], &call["from"]),
            (&"incoming".into(), &STRANGER.number.into())
        );
        Ok(())
    })
}

#[test]
fn what_fits_is_offered_while_a_number_is_typed() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        dock.button("Dial pad").click().await?;
        let number = dock.part("combobox", "Phone number");
        number.fill("har").await?;
        dock.part("option", "Harriet Cole +441214960654 Phone").wait().await?;
        // Down, Enter.
        dock.press("\u{e015}\u{e007}").await?;
        number.wait_value("+441214960654").await?;
        dock.part("listbox", "Suggestions").wait_gone().await?;
        assert!(dock.button("End").look().await?.is_none(), "choosing is not dialling");
        dock.press("\u{e007}").await?;
        dock.is_in_a_call().await?;
        dock.control("heading", "Harriet Cole").wait().await?;
        dock.says("asked for a price list").await?;
        dock.end().await
    })
}

#[test]
fn a_call_is_passed_on_to_an_idle_colleague_and_one_who_is_busy_is_not_offered() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let ben = crm.window(stage, "ben").await?;
        let dock = crm.window(stage, "anna").await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Answer").click().await?;
        dock.is_in_a_call().await?;
        dock.button("Transfer").click().await?;
        dock.part("option", "Ben Okoro 1002").wait().await?;
        ben.dial_with_suggestions("600").await?;
        ben.is_in_a_call().await?;
        dock.says("No colleague is free right now").await?;
        ben.button("End").click().await?;
        ben.button("Skip").click().await?;
        dock.part("option", "Ben Okoro 1002").wait().await?;
        let search = dock.part("combobox", "Search colleagues");
        search.fill("ben").await?;
        search.wait_value("ben").await?;
        dock.press("\u{e007}").await?;
        ben.button("Answer").click().await?;
        ben.is_in_a_call().await?;
        ben.says("Dana Field").await
    })
}

#[test]
fn whoever_is_put_through_by_a_colleague_is_looked_up_and_gets_the_call_and_its_note() -> Result<()>
{
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let ben = crm.window(stage, "ben").await?;
        let dock = crm.window(stage, "anna").await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Answer").click().await?;
        dock.is_in_a_call().await?;
        dock.button("Transfer").click().await?;
        dock.number_field().fill("1002").await?;
        dock.button("Ask first").click().await?;
        ben.button("Answer").click().await?;
        ben.says("Anna Moor").await?;
        dock.button("Complete").wait_enabled().await?;
        dock.button("Complete").click().await?;
        ben.says("Chair refit, three rooms").await?;
        ben.button("Add note").click().await?;
        field(&ben, "Notes").fill("Wants grey chairs").await?;
        ben.end().await?;
        ben.part("dialog", "Call note").wait().await?;
        ben.button("Save").click().await?;
        let call = call_on_timeline(&ben, "Dana Field", |call| {
            call["notes"][0]["text"] == "Wants grey chairs"
        })
        .await?;
        assert_eq!((call["from"].as_str(), call["to"].as_str()), (Some("1001"), Some("1002")));
        Ok(())
    })
}

#[test]
fn a_call_about_a_record_that_is_not_there_is_filed_all_the_same() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        let dock = crm.window(stage, "anna").await?;
        let click = "const button = document.body.appendChild(document.createElement('button'));
            Object.assign(button.dataset, { ringdockNumber: '600', ringdockRecord: '987654321' }); button.click()";
        dock.eval(click).await?;
        dock.is_in_a_call().await?;
        dock.end().await?;
        until("the call at the server", SOON, async || {
            let newest = get(&dock, "/api/calls?limit=1").await?["items"][0].clone();
            Ok((newest["to"] == "600" && newest["ended_at"].is_number()).then_some(()))
        })
        .await
    })
}
