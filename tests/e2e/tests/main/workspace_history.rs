//! The call history and its statistics: what is on screen, what is in the file, and that both are the same calls.

use ringdock_e2e::Result;
use ringdock_e2e::crm::{get, record, send};
use ringdock_e2e::dock::Dock;
use ringdock_e2e::recorded;
use ringdock_e2e::stage::{CHLOE, run};
use ringdock_e2e::wait::{SOON, until};
use serde_json::json;

/// The key Home, which chooses the first of a list.
const HOME: &str = "\u{e011}";

/// The key Down, as often as it takes from the first of the outcomes to Busy.
const BUSY: &str = "\u{e015}\u{e015}\u{e015}";

/// The rows of the history: who, outcome, and what was written.
const ROWS: &str = "return [...document.querySelectorAll('tbody tr')].map((row) => row.innerText)";

/// Waits until the history has rows like these.
async fn rows_are(desk: &Dock, fits: impl Fn(&[String]) -> bool) -> Result<Vec<String>> {
    until("the rows of the history", SOON, async || {
        let rows: Vec<String> = serde_json::from_value(desk.eval(ROWS).await?)?;
        if fits(&rows) { Ok(Some(rows)) } else { Err(format!("they are {rows:?}").into()) }
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

/// The lines of the file behind **Export CSV**, without the first.
async fn file(desk: &Dock) -> Result<Vec<String>> {
    let script = "return fetch([...document.querySelectorAll('a[download]')][0].href)
        .then(async (answer) => [answer.headers.get('content-disposition'), await answer.text()])";
    let (disposition, text): (String, String) = serde_json::from_value(desk.eval(script).await?)?;
    assert!(disposition.starts_with("attachment"), "{disposition}");
    Ok(text.split("\r\n").skip(1).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

#[test]
fn a_filter_narrows_the_page_and_the_file_and_is_cleared() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(CHLOE, "/calls").await?;
        let all = rows_are(&desk, |rows| rows.len() > 2).await?;
        assert_eq!(file(&desk).await?.len(), all.len());
        let outcome = desk.control("combobox", "Outcome");
        for _ in 0..2 {
            outcome.tab_to().await?;
            desk.press(BUSY).await?;
            rows_are(&desk, |rows| rows.len() == 1 && rows[0].contains("Busy")).await?;
            desk.press(HOME).await?;
            outcome.wait_value("Any outcome").await?;
            rows_are(&desk, |rows| rows.len() == all.len()).await?;
        }
        desk.press(BUSY).await?;
        rows_are(&desk, |rows| rows.len() == 1).await?;
        let lines = file(&desk).await?;
        assert!(lines.len() == 1 && lines[0].contains("busy"), "{lines:?}");
        desk.control("link", "Clear filters").click().await?;
        rows_are(&desk, |rows| rows.len() == all.len()).await?;
        outcome.wait_value("Any outcome").await?;

        desk.control("searchbox", "Number").fill("020 7946 0958").await?;
        let smile = rows_are(&desk, |rows| !rows.is_empty() && rows.len() < all.len()).await?;
        assert!(smile.iter().all(|row| row.contains("+442079460958")), "{smile:?}");
        assert_eq!(file(&desk).await?.len(), smile.len());
        Ok(())
    })
}

#[test]
fn the_figures_are_those_of_the_calls() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(CHLOE, "/statistics?days=30").await?;
        let calls = get(&desk, "/api/calls?limit=200").await?["items"].clone();
        let calls = calls.as_array().cloned().unwrap_or_default();
        let is = |field: &'static str, value: &'static str| {
            calls.iter().filter(|call| call[field] == value).count()
        };
        let (whole, answered) = (calls.len(), is("outcome", "answered"));
        let talk: i64 = calls.iter().filter_map(|call| call["talk_seconds"].as_i64()).sum();
        let tiles =
            "return [...document.querySelectorAll('.tiles > div')].map((tile) => tile.innerText)";
        let rate = (answered * 100 + whole / 2) / whole;
        let wanted = [
            format!(
                "Calls\n{whole}\nIncoming {} · Outgoing {}",
                is("direction", "incoming"),
                is("direction", "outgoing")
            ),
            format!("Answer rate\n{rate} %\n{answered} answered"),
            format!("Talk time\n{} min", talk / 60),
        ];
        until("the figures", SOON, async || {
            let said: Vec<String> = serde_json::from_value(desk.eval(tiles).await?)?;
            let said: Vec<String> =
                said.iter().map(|tile| tile.trim().replace("\n\n", "\n")).collect();
            match said.iter().zip(&wanted).all(|(said, wanted)| said == wanted) && said.len() == 4 {
                true => Ok(Some(())),
                false => Err(format!("they are {said:?} in place of {wanted:?}").into()),
            }
        })
        .await?;
        let period = desk.control("combobox", "Period");
        period.wait_value("Last 30 days").await?;
        let agent = desk.control("combobox", "Agent");
        agent.tab_to().await?;
        desk.press("Ben").await?;
        let of_ben = calls.iter().filter(|call| call["agent"]["name"] == "Ben Okoro").count();
        says(&desk, &format!("Calls\n{of_ben}\n")).await?;
        desk.eval("history.replaceState(null, '', '/statistics?days=30'); dispatchEvent(new PopStateEvent('popstate'))")
            .await?;
        agent.wait_value("All agents").await
    })
}

#[test]
fn a_call_of_the_history_has_its_note_and_its_recording() -> Result<()> {
    run(async |stage| {
        let desk = stage.workspace(CHLOE, "/calls").await?;
        let withheld = json!({ "sip_call_id": "sip-of-it", "from": "" });
        let _recordings = recorded::report(&desk, &withheld).await?;
        says(&desk, "Number withheld").await?;
        let empty =
            desk.eval("return document.querySelectorAll('[data-ringdock-number=\"\"]').length");
        assert_eq!(empty.await?, 0, "a button that calls nobody");
        // Something else happens to the call while it plays.
        recorded::plays(&desk, async || {
            let dana = record(&desk, "Dana Field").await?["id"].clone();
            let note = json!({
                "key": "while-it-plays", "record": dana, "call": "sip-of-it", "text": "Asks for a catalogue"
            });
            send(&desk, "POST", "/api/notes", &note).await?;
            says(&desk, "Asks for a catalogue").await
        })
        .await
    })
}
