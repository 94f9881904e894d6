//! The numbers of the business: which one the other side sees, and as whom a call is answered.

use ringdock_e2e::Result;
use ringdock_e2e::control::Control;
use ringdock_e2e::crm::{Crm, call_on_timeline, get};
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{CHLOE, DANA, Stage, run};
use ringdock_e2e::wait::{SOON, until};
use ringdock_rigs::asterisk::FarEnd;

const LONDON: &str = "Hartley & Moor London +442079460200";
const LEEDS: &str = "Hartley & Moor Leeds +441134960200";
const LEEDS_NUMBER: &str = "+441134960200";

/// Leads to extension 1002 from outside, which sees what anybody outside would.
const OUTSIDE: &str = "+442079460902";

/// A customer who called Leeds last.
const GRACE: &str = "+441134960322";

/// A server that the PBX asks, and Anna's window, who may call from both numbers.
async fn start(stage: &Stage) -> Result<(Crm, Dock)> {
    let crm = Crm::start(stage)?;
    crm.listen_to(stage).await?;
    let anna = crm.window(stage, "anna").await?;
    Ok((crm, anna))
}

fn from(dock: &Dock) -> Control<'_> {
    dock.part("combobox", "From")
}

/// Chooses in **From** with the keyboard, by the beginning of the profile's name.
async fn choose(dock: &Dock, name: &str, whole: &str) -> Result<()> {
    from(dock).tab_to().await?;
    dock.press(name).await?;
    from(dock).wait_value(whole).await
}

async fn type_number(dock: &Dock, number: &str) -> Result<()> {
    dock.part("combobox", "Phone number").fill(number).await
}

#[test]
fn the_chosen_number_is_what_the_other_side_sees() -> Result<()> {
    run(async |stage| {
        let (_crm, anna) = start(stage).await?;
        let outside = stage.ready_with("1002", 1337).await?;
        anna.button("Dial pad").click().await?;
        from(&anna).wait_value(LONDON).await?;
        choose(&anna, "Hartley & Moor Le", LEEDS).await?;
        // The keys that chose are not those of the number.
        anna.part("combobox", "Phone number").wait_value("").await?;
        type_number(&anna, OUTSIDE).await?;
        from(&anna).wait_value(LEEDS).await?;
        anna.button("Call").click().await?;
        outside.button("Answer").wait_enabled().await?;
        outside.says("Hartley & Moor Leeds").await?;
        outside.says(LEEDS_NUMBER).await?;
        anna.says("From Hartley & Moor Leeds").await?;
        outside.button("Answer").click().await?;
        anna.is_in_a_call().await?;
        anna.button("End").click().await?;
        anna.button("Skip").click().await?;
        let calls = get(&anna, "/api/calls").await?["items"].clone();
        let (call, leeds) = (&calls[0], LEEDS_NUMBER);
        assert_eq!((&call["to"], &call["from"]), (&OUTSIDE.into(), &leeds.into()), "{call}");
        assert_eq!(call["line"], "1001", "{call}");
        Ok(())
    })
}

#[test]
fn a_number_that_is_not_the_agents_is_not_presented() -> Result<()> {
    run(async |stage| {
        let (crm, anna) = start(stage).await?;
        let outside = stage.ready_with("1002", 1337).await?;
        anna.button("Dial pad").click().await?;
        choose(&anna, "Hartley & Moor Le", LEEDS).await?;
        // The page hears of nothing from here on, and wishes for what the server no longer allows.
        anna.eval("window.fetch = () => new Promise(() => {})").await?;
        let admin = crm.window(stage, "admin").await?;
        let take = "return fetch('/api/numbers/2', { method: 'PUT', body: JSON.stringify({ number: arguments[0], users: [] }),
            headers: { 'content-type': 'application/json', 'x-ringdock': '1' } }).then((answer) => answer.status)";
        assert_eq!(admin.eval_with(take, vec![LEEDS_NUMBER.into()]).await?, 200);
        type_number(&anna, OUTSIDE).await?;
        from(&anna).wait_value(LEEDS).await?;
        anna.button("Call").click().await?;
        outside.says("Hartley & Moor London").await?;
        outside.says("+442079460200").await?;
        assert!(!outside.region().text().await?.contains("Leeds"));
        anna.button("End").click().await
    })
}

#[test]
fn an_incoming_call_says_whom_to_answer_as() -> Result<()> {
    run(async |stage| {
        let (_crm, anna) = start(stage).await?;
        stage.asterisk.call_in_on(LEEDS_NUMBER, "1001", &DANA, FarEnd::Tone).await?;
        anna.button("Answer").wait_enabled().await?;
        anna.says("Answer as Hartley & Moor Leeds").await?;
        anna.button("Answer").click().await?;
        anna.is_in_a_call().await?;
        anna.says("Called Hartley & Moor Leeds").await?;
        anna.end().await?;
        let call =
            call_on_timeline(&anna, "Dana Field", |call| call["ended_at"].is_number()).await?;
        assert_eq!(call["to"], LEEDS_NUMBER, "{call}");
        assert_eq!(call["business"]["name"], "Hartley & Moor Leeds", "{call}");
        anna.button("Skip").click().await?;
        // As the country writes it, and withheld.
        let withheld = ringdock_rigs::asterisk::Caller { name: "", number: "" };
        stage.asterisk.call_in_on("02079460200", "1001", &withheld, FarEnd::Tone).await?;
        anna.says("Answer as Hartley & Moor London").await?;
        anna.button("Decline").click().await?;
        stage.no_calls_left().await?;
        // Nobody's profile, and none at all.
        stage.asterisk.call_in_on("+442079460299", "1001", &DANA, FarEnd::Tone).await?;
        anna.says("Called +442079460299").await?;
        anna.button("Decline").click().await?;
        stage.no_calls_left().await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        anna.says("Matched on Phone").await?;
        let said = anna.region().text().await?;
        assert!(!said.contains("Called") && !said.contains("Answer as"), "{said}");
        anna.button("Decline").click().await
    })
}

#[test]
fn the_choice_is_remembered_and_the_customers_number_comes_before_it() -> Result<()> {
    run(async |stage| {
        let (crm, anna) = start(stage).await?;
        anna.button("Dial pad").click().await?;
        choose(&anna, "Hartley & Moor Le", LEEDS).await?;
        until("the choice to be remembered", SOON, async || {
            let usual = get(&anna, "/api/line/call-from").await?;
            Ok((usual["number"] == LEEDS_NUMBER).then_some(()))
        })
        .await?;
        let anna = crm.window(stage, "anna").await?;
        anna.button("Dial pad").click().await?;
        from(&anna).wait_value(LEEDS).await?;
        // Dana was called from London.
        type_number(&anna, "dana").await?;
        anna.part("option", "Dana Field +12025550123 Phone").click().await?;
        from(&anna).wait_value(LONDON).await?;
        type_number(&anna, GRACE).await?;
        from(&anna).wait_value(LEEDS).await?;
        type_number(&anna, DANA.number).await?;
        from(&anna).wait_value(LONDON).await?;
        anna.button("Call").click().await?;
        anna.is_in_a_call().await?;
        let call = call_on_timeline(&anna, "Dana Field", |call| call["ended_at"].is_null()).await?;
        assert_eq!(call["business"]["name"], "Hartley & Moor London", "{call}");
        anna.end().await?;
        anna.button("Skip").click().await?;
        // A click on a number follows the same rule.
        let click = "const button = document.body.appendChild(document.createElement('button'));
            button.dataset.ringdockNumber = arguments[0]; button.click()";
        anna.eval_with(click, vec![GRACE.into()]).await?;
        anna.is_in_a_call().await?;
        let call =
            call_on_timeline(&anna, "Grace Whitlock", |call| call["ended_at"].is_null()).await?;
        assert_eq!(call["business"]["name"], "Hartley & Moor Leeds", "{call}");
        anna.end().await
    })
}

#[test]
fn with_one_number_there_is_nothing_to_choose() -> Result<()> {
    run(async |stage| {
        let crm = Crm::start(stage)?;
        crm.listen_to(stage).await?;
        let ben = crm.window(stage, "ben").await?;
        let outside = stage.ready_with("1003", 1337).await?;
        ben.dial_with_suggestions("+442079460903").await?;
        outside.says("Hartley & Moor London").await?;
        assert!(from(&ben).look().await?.is_none());
        ben.button("End").click().await
    })
}

#[test]
fn an_administrator_sets_numbers_up_and_the_docks_follow() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(CHLOE, "/settings/numbers").await?;
        desk.control("button", "Add number").click().await?;
        desk.control("textbox", "Number").fill("call me").await?;
        desk.control("textbox", "Business profile").fill("Smile Dental Croydon").await?;
        desk.control("checkbox", "Chloe Laurent").click().await?;
        desk.control("button", "Save").click().await?;
        says(&desk, "This is not a phone number.").await?;
        desk.control("textbox", "Number").fill("020 7946 0300").await?;
        desk.control("button", "Save").click().await?;
        desk.control("button", "Edit +442079460300").wait().await?;
        desk.control("button", "Edit +441134960200").click().await?;
        desk.control("checkbox", "Chloe Laurent").click().await?;
        desk.control("button", "Save").click().await?;
        says(&desk, "Anna Moor, Chloe Laurent").await?;
        desk.status_becomes("Connected").await?;
        desk.button("Dial pad").click().await?;
        from(&desk).wait_value(LEEDS).await
    })
}

/// Waits until the page says this, anywhere.
async fn says(desk: &Dock, words: &str) -> Result<()> {
    until(&format!("the page to say “{words}”"), SOON, async || {
        let text = desk.eval("return document.body.innerText").await?;
        Ok(text.as_str().is_some_and(|text| text.contains(words)).then_some(()))
    })
    .await
}
