//! Takes a picture of the dock in each of its states: `screenshots FOLDER [PART OF A NAME]`.
//!
//! Each state is shown light and dark, in windows of 360 and 320 px, and at 200 % zoom.

use ringdock_e2e::Result;
use ringdock_e2e::browser::{Look, Microphone};
use ringdock_e2e::crm::Crm;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{DANA, Stage, TONE};
use ringdock_rigs::Account;
use ringdock_rigs::asterisk::{Caller, FarEnd};
use ringdock_rigs::hostile::{Nonsense, NotSip};
use ringdock_rigs::relay::{Fate, From, Relay};
use std::path::PathBuf;
use std::time::Duration;

const LOOKS: [(&str, Look); 5] = [
    ("light", Look { width: 900, height: 700, scale: 1.0, dark: false }),
    ("dark", Look { width: 900, height: 700, scale: 1.0, dark: true }),
    ("360", Look { width: 360, height: 640, scale: 1.0, dark: false }),
    ("320", Look { width: 320, height: 568, scale: 1.0, dark: true }),
    ("zoom", Look { width: 450, height: 350, scale: 2.0, dark: false }),
];

const LONG_NAME: &str = "Maximiliane Featherstonehaugh-Cholmondeley of Wolverhampton 2";
const LONG_NUMBER: &str = "+123456789012345";

#[tokio::main]
async fn main() -> Result<()> {
    let folder = std::env::args().nth(1).ok_or("usage: screenshots FOLDER [PART OF A NAME]")?;
    let album = Album { folder: folder.into(), only: std::env::args().nth(2).unwrap_or_default() };
    std::fs::create_dir_all(&album.folder)?;
    let stage = Stage::start(Default::default()).await?;
    album.report("line", line(&album, &stage).await);
    album.report("microphone", microphone(&album, &stage).await);
    album.report("dialling", dialling(&album, &stage).await);
    album.report("in a call", in_a_call(&album, &stage).await);
    album.report("incoming", incoming(&album, &stage).await);
    album.report("ended", ended(&album, &stage).await);
    album.report("with a CRM", with_a_crm(&album, &stage).await);
    album.report("numbers", numbers(&album, &stage).await);
    Ok(())
}

struct Album {
    folder: PathBuf,
    only: String,
}

impl Album {
    async fn take(&self, dock: &Dock, name: &str) -> Result<()> {
        if !name.contains(&self.only) {
            return Ok(());
        }
        for (suffix, look) in LOOKS {
            dock.show_as(look).await?;
            let picture = self.folder.join(format!("{name}.{suffix}.png"));
            std::fs::write(&picture, dock.screenshot().await?)?;
        }
        let (_, first) = LOOKS[0];
        println!("{name}");
        dock.show_as(first).await
    }

    /// A state that cannot be reached does not keep the others from being shown.
    fn report(&self, chapter: &str, outcome: Result<()>) {
        if let Err(error) = outcome {
            eprintln!("{chapter}: {error}");
        }
    }
}

async fn line(album: &Album, stage: &Stage) -> Result<()> {
    let dock = stage.window("none", Microphone::Allowed(TONE)).await?;
    let right = stage.asterisk.account("1001")?.clone();
    let with = |server: String| Account { server, ..right.clone() };
    let silent = NotSip::start(Nonsense::Silence).await?;
    dock.set_account(&with(silent.url())).await?;
    dock.status_becomes("Connecting").await?;
    album.take(&dock, "line-connecting").await?;
    dock.set_account(&Account { password: "wrong".to_owned(), ..right.clone() }).await?;
    dock.says("refused the password").await?;
    album.take(&dock, "line-wrong-password").await?;
    dock.button("Collapse").click().await?;
    album.take(&dock, "bubble-disconnected").await?;
    dock.button("Expand").click().await?;
    dock.set_account(&with("ws://127.0.0.1:1/ws".to_owned())).await?;
    dock.says("No connection").await?;
    album.take(&dock, "line-unreachable").await?;
    let web = NotSip::start(Nonsense::Html).await?;
    dock.set_account(&with(web.url())).await?;
    dock.says_within("not as a phone server", Duration::from_secs(45)).await?;
    album.take(&dock, "line-not-a-phone-server").await?;
    dock.set_account(&with("http://:nowhere".to_owned())).await?;
    dock.says("cannot work").await?;
    album.take(&dock, "line-bad-account").await?;
    let relay = Relay::start(stage.asterisk.url()).await?;
    dock.set_account(&with(relay.url())).await?;
    dock.status_becomes("Connected").await?;
    album.take(&dock, "line-ready").await?;
    relay.refuse();
    dock.says("Reconnecting").await?;
    album.take(&dock, "line-lost").await
}

async fn microphone(album: &Album, stage: &Stage) -> Result<()> {
    let dock = stage.window("1001", Microphone::Refused(TONE)).await?;
    dock.says("No microphone access").await?;
    album.take(&dock, "microphone-refused").await?;
    dock.open_dial_pad().await?;
    dock.number_field().fill("600").await?;
    album.take(&dock, "microphone-refused-dial-pad").await?;
    let dock = stage.window("1001", Microphone::Missing).await?;
    dock.says("No microphone found").await?;
    album.take(&dock, "microphone-missing").await
}

async fn dialling(album: &Album, stage: &Stage) -> Result<()> {
    let dock = stage.ready("1001").await?;
    dock.button("Collapse").click().await?;
    album.take(&dock, "bubble-ready").await?;
    dock.button("Expand").click().await?;
    dock.open_dial_pad().await?;
    album.take(&dock, "dial-pad-empty").await?;
    dock.number_field().fill(LONG_NUMBER).await?;
    album.take(&dock, "dial-pad-15-digits").await?;
    dock.number_field().fill("12+3\u{e007}").await?;
    album.take(&dock, "dial-pad-not-a-number").await
}

async fn in_a_call(album: &Album, stage: &Stage) -> Result<()> {
    let relay = Relay::start(stage.asterisk.url()).await?;
    let dock = stage.ready_through(relay.url()).await?;
    relay.tamper(|from, _| if from == From::Server { Fate::Lose } else { Fate::Pass });
    call(&dock, LONG_NUMBER, "Mary Major").await?;
    dock.says("Calling…").await?;
    album.take(&dock, "call-calling").await?;
    relay.leave_alone();
    dock.button("End").click().await?;
    dock.button("End").wait_gone_within(Duration::from_secs(40)).await?;
    call(&dock, "480", LONG_NAME).await?;
    dock.says("Ringing…").await?;
    album.take(&dock, "call-ringing-long-name").await?;
    dock.end().await?;
    album.take(&dock, "ended-given-up").await?;
    call(&dock, "600", "Mary Major").await?;
    dock.is_in_a_call().await?;
    album.take(&dock, "call-active").await?;
    dock.button("Mute").click().await?;
    dock.button("Mute").wait_pressed(true).await?;
    album.take(&dock, "call-muted").await?;
    dock.button("Mute").click().await?;
    dock.button("Keypad").click().await?;
    // No #: it ends Asterisk's echo.
    dock.press("1234567890*1234567890*12345").await?;
    album.take(&dock, "call-keypad").await?;
    dock.button("Keypad").click().await?;
    dock.button("Hold").click().await?;
    dock.says("On hold").await?;
    album.take(&dock, "call-on-hold").await?;
    dock.button("Transfer").click().await?;
    dock.number_field().fill("1002").await?;
    album.take(&dock, "call-transfer").await?;
    dock.number_field().fill("480").await?;
    dock.button("Ask first").click().await?;
    dock.says("Ringing…").await?;
    album.take(&dock, "call-consult-ringing").await?;
    dock.button("Back to caller").click().await?;
    dock.button("Transfer").click().await?;
    dock.number_field().fill("603").await?;
    dock.button("Ask first").click().await?;
    dock.button("Complete").wait_enabled().await?;
    album.take(&dock, "call-consult").await?;
    dock.button("Back to caller").click().await?;
    dock.button("Transfer").click().await?;
    dock.number_field().fill("486").await?;
    dock.button("Ask first").click().await?;
    dock.says("still on hold").await?;
    album.take(&dock, "call-colleague-busy").await?;
    dock.button("Back to caller").click().await?;
    dock.button("Hold").wait_enabled().await?;
    stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
    dock.says("Dana Field").await?;
    album.take(&dock, "call-second-caller").await?;
    dock.button("Collapse").click().await?;
    album.take(&dock, "bubble-in-call").await?;
    dock.button("Expand").click().await?;
    relay.refuse();
    dock.says("Reconnecting…").await?;
    album.take(&dock, "call-reconnecting").await?;
    relay.restore();
    dock.end().await?;
    stage.no_calls_left().await?;
    album.take(&dock, "ended-hung-up").await
}

async fn incoming(album: &Album, stage: &Stage) -> Result<()> {
    let dock = stage.ready("1001").await?;
    stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
    dock.button("Answer").wait_enabled().await?;
    album.take(&dock, "incoming").await?;
    dock.button("Collapse").click().await?;
    album.take(&dock, "bubble-ringing").await?;
    stage.asterisk.hang_up_all().await?;
    stage.no_calls_left().await?;
    album.take(&dock, "bubble-missed").await?;
    dock.button("Expand").click().await?;
    album.take(&dock, "ended-missed").await?;
    let caller = Caller { name: LONG_NAME, number: LONG_NUMBER };
    stage.asterisk.call_in("1001", &caller, FarEnd::Tone).await?;
    dock.button("Answer").wait_enabled().await?;
    album.take(&dock, "incoming-long-name").await?;
    dock.button("Decline").click().await?;
    stage.no_calls_left().await?;
    album.take(&dock, "ended-declined").await
}

async fn with_a_crm(album: &Album, stage: &Stage) -> Result<()> {
    let crm = Crm::start(stage)?;
    let dock = crm.window(stage, "anna").await?;
    dock.button("Dial pad").click().await?;
    dock.part("combobox", "Phone number").fill("da").await?;
    dock.part("listbox", "Suggestions").wait().await?;
    dock.press("\u{e015}").await?;
    album.take(&dock, "crm-suggestions").await?;
    dock.button("Dial pad").click().await?;
    stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
    dock.says("Chair refit").await?;
    album.take(&dock, "crm-incoming-one").await?;
    dock.button("Answer").click().await?;
    dock.is_in_a_call().await?;
    album.take(&dock, "crm-call-one").await?;
    dock.button("Add task").click().await?;
    dock.button("Save").click().await?;
    dock.says("Fill this in").await?;
    album.take(&dock, "crm-call-task").await?;
    dock.button("Transfer").click().await?;
    album.take(&dock, "crm-transfer-nobody").await?;
    dock.button("Transfer").click().await?;
    dock.end().await?;
    dock.part("dialog", "Call note").wait().await?;
    album.take(&dock, "crm-note-empty").await?;
    dock.part("textbox", "Notes").fill("Goes for the grey chairs.").await?;
    album.take(&dock, "crm-note-draft").await?;
    crm.server.stop();
    dock.button("Save").click().await?;
    dock.says("sent again by itself").await?;
    album.take(&dock, "crm-note-failed").await?;
    dock.button("Later").click().await?;
    album.take(&dock, "crm-note-waits").await?;
    crm.server.start_again()?;
    dock.button("Continue").wait_gone_within(Duration::from_secs(45)).await?;
    let several = Caller { name: LONG_NAME, number: "+442079460958" };
    stage.asterisk.call_in("1001", &several, FarEnd::Tone).await?;
    dock.says("3 records").await?;
    album.take(&dock, "crm-incoming-several").await?;
    dock.button("Decline").click().await?;
    stage.no_calls_left().await?;
    let nobody = Caller { name: LONG_NAME, number: LONG_NUMBER };
    stage.asterisk.call_in("1001", &nobody, FarEnd::Tone).await?;
    dock.says("No record").await?;
    album.take(&dock, "crm-incoming-unknown").await?;
    dock.button("Answer").click().await?;
    dock.is_in_a_call().await?;
    dock.button("Create lead").click().await?;
    album.take(&dock, "crm-call-create-lead").await?;
    dock.end().await
}

async fn numbers(album: &Album, stage: &Stage) -> Result<()> {
    const LEEDS: &str = "+441134960200";
    let crm = Crm::start(stage)?;
    crm.listen_to(stage).await?;
    let admin = crm.window(stage, "admin").await?;
    let dock = crm.window(stage, "anna").await?;
    for (name, shown) in [("Hartley & Moor Leeds", "numbers"), (LONG_NAME, "numbers-long")] {
        let rename = "return fetch('/api/numbers/2', { method: 'PUT', body: arguments[0],
            headers: { 'content-type': 'application/json', 'x-ringdock': '1' } }).then((answer) => answer.status)";
        let body = serde_json::json!({ "number": LEEDS, "name": name, "users": [1] }).to_string();
        admin.eval_with(rename, vec![body.into()]).await?;
        dock.button("Dial pad").click().await?;
        dock.part("combobox", "Phone number").fill("+441134960322").await?;
        dock.part("combobox", "From").wait_value(&format!("{name} {LEEDS}")).await?;
        album.take(&dock, &format!("{shown}-dial-pad")).await?;
        dock.part("combobox", "Phone number").fill("\u{e017}").await?;
        dock.button("Dial pad").click().await?;
        stage.asterisk.call_in_on(LEEDS, "1001", &DANA, FarEnd::Tone).await?;
        dock.says("Answer as").await?;
        dock.says("Chair refit").await?;
        album.take(&dock, &format!("{shown}-incoming")).await?;
        dock.button("Answer").click().await?;
        dock.is_in_a_call().await?;
        album.take(&dock, &format!("{shown}-call")).await?;
        dock.end().await?;
        dock.button("Skip").click().await?;
        stage.no_calls_left().await?;
    }
    Ok(())
}

async fn ended(album: &Album, stage: &Stage) -> Result<()> {
    let dock = stage.ready("1001").await?;
    for (number, words, name) in [
        ("486", "Busy", "ended-busy"),
        ("404", "does not exist", "ended-not-found"),
        ("403", "not call this number", "ended-not-allowed"),
        ("408", "No answer", "ended-no-answer"),
        ("503", "could not place the call", "ended-server-error"),
        ("605", "other side hung up", "ended-far-end"),
    ] {
        call(&dock, number, "Mary Major").await?;
        dock.says(words).await?;
        album.take(&dock, name).await?;
    }
    Ok(())
}

/// Dials as the page does, so that the callee has a name.
async fn call(dock: &Dock, number: &str, name: &str) -> Result<()> {
    let script = "document.querySelector('ring-dock').dial(arguments[0], { name: arguments[1] })";
    dock.eval_with(script, vec![number.into(), name.into()]).await.map(drop)
}
