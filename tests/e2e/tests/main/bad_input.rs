//! Servers and messages that are not what they should be. After each, the next call works.

use ringdock_e2e::Result;
use ringdock_e2e::browser::Microphone;
use ringdock_e2e::stage::{DANA, Stage, TONE, run};
use ringdock_rigs::Account;
use ringdock_rigs::asterisk::FarEnd;
use ringdock_rigs::hostile::{self, Nonsense, NotSip};
use ringdock_rigs::relay::Relay;
use std::time::Duration;

/// The dock says `sentence` about this server, and works again once it has the right one.
async fn is_told_of(stage: &Stage, server: String, sentence: &str) -> Result<()> {
    let dock = stage.window("none", Microphone::Allowed(TONE)).await?;
    let right = stage.asterisk.account("1001")?.clone();
    dock.set_account(&Account { server, ..right.clone() }).await?;
    dock.says_within(sentence, Duration::from_secs(45)).await?;
    assert_ne!(dock.status().await?, "Connected");
    dock.set_account(&right).await?;
    dock.status_becomes("Connected").await?;
    dock.can_call(TONE).await
}

#[test]
fn a_server_that_is_not_there() -> Result<()> {
    // Port 1 is closed everywhere.
    run(async |stage| {
        is_told_of(stage, "ws://127.0.0.1:1/ws".to_owned(), "No connection to 127.0.0.1").await
    })
}

#[test]
fn an_address_that_is_no_address() -> Result<()> {
    run(async |stage| {
        is_told_of(stage, "http://:nowhere".to_owned(), "The phone account cannot work").await
    })
}

#[test]
fn a_web_server() -> Result<()> {
    run(async |stage| {
        let server = NotSip::start(Nonsense::WebPage).await?;
        is_told_of(stage, server.url(), "No connection to 127.0.0.1").await
    })
}

#[test]
fn a_websocket_that_talks_html() -> Result<()> {
    run(async |stage| {
        let server = NotSip::start(Nonsense::Html).await?;
        is_told_of(stage, server.url(), "answers, but not as a phone server").await
    })
}

#[test]
fn a_websocket_that_echoes() -> Result<()> {
    run(async |stage| {
        let server = NotSip::start(Nonsense::Echo).await?;
        is_told_of(stage, server.url(), "answers, but not as a phone server").await
    })
}

#[test]
fn a_websocket_that_says_nothing() -> Result<()> {
    run(async |stage| {
        let server = NotSip::start(Nonsense::Silence).await?;
        is_told_of(stage, server.url(), "answers, but not as a phone server").await
    })
}

#[test]
fn garbage_and_half_messages_on_the_socket() -> Result<()> {
    run(async |stage| {
        let relay = Relay::start(stage.asterisk.url()).await?;
        let dock = stage.ready_through(relay.url()).await?;
        let halves = [
            "",
            "\0\0\0\0",
            "<!doctype html><h1>It works</h1>",
            "SIP/2.0",
            "SIP/2.0 200 OK\r\n",
            "SIP/2.0 999999999999 Too much\r\n\r\n",
            "INVITE sip:1001@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/WS x;branch=z9hG4bK1\r\nFrom: <sip:2@",
            "INVITE sip:1001@127.0.0.1 SIP/2.0\r\n\r\n",
            "BYE sip:1001@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/WS x;branch=z9hG4bK2\r\nFrom: <sip:2@x>;tag=1\r\n\
             To: <sip:1001@x>;tag=nobody\r\nCall-ID: nobody\r\nCSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n",
            "NOTIFY sip:\u{202e}\u{1f4de} SIP/2.0\r\nContent-Length: -1\r\n\r\nxx",
        ];
        for half in halves {
            relay.inject(half);
        }
        relay.inject(vec![0xff, 0xfe, 0x00, 0x80]);
        relay.inject(vec![b'A'; 300_000]);
        dock.can_call(TONE).await?;
        assert_eq!(dock.status().await?, "Connected");
        Ok(())
    })
}

#[test]
fn garbage_in_the_middle_of_a_call() -> Result<()> {
    run(async |stage| {
        let relay = Relay::start(stage.asterisk.url()).await?;
        let dock = stage.ready_through(relay.url()).await?;
        dock.dial("600").await?;
        dock.is_in_a_call().await?;
        relay.inject("SIP/2.0 200 OK\r\nCSeq: 1 BYE\r\n\r\n");
        relay.inject("BYE \r\n\r\n");
        dock.hears(TONE).await?;
        dock.end().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn an_answer_without_a_session_description() -> Result<()> {
    run(async |stage| {
        let relay = Relay::start(stage.asterisk.url()).await?;
        let dock = stage.ready_through(relay.url()).await?;
        relay.tamper(hostile::answer_without_description);
        dock.dial("600").await?;
        dock.says("something that is not a call").await?;
        stage.no_calls_left().await?;
        relay.leave_alone();
        dock.can_call(TONE).await
    })
}

#[test]
fn a_session_description_that_the_browser_refuses() -> Result<()> {
    run(async |stage| {
        let relay = Relay::start(stage.asterisk.url()).await?;
        let dock = stage.ready_through(relay.url()).await?;
        relay.tamper(hostile::answer_that_no_browser_takes);
        dock.dial("600").await?;
        dock.says("no way to exchange sound").await?;
        stage.no_calls_left().await?;
        relay.leave_alone();
        dock.can_call(TONE).await
    })
}

#[test]
fn a_caller_whose_name_is_html() -> Result<()> {
    run(async |stage| {
        let relay = Relay::start(stage.asterisk.url()).await?;
        let dock = stage.ready_through(relay.url()).await?;
        let name = "<img src=x onerror=window.owned=1><script>window.owned=1</script>";
        relay.tamper(hostile::caller_named(name));
        stage.asterisk.call_in("1001", &DANA, FarEnd::Echo).await?;
        dock.button("Answer").wait_enabled().await?;
        dock.says(name).await?;
        dock.button("Answer").click().await?;
        dock.hears(TONE).await?;
        dock.end().await?;
        assert!(
            dock.eval("return window.owned ?? null").await?.is_null(),
            "the name ran as a script"
        );
        let made = "return document.querySelector('ring-dock').shadowRoot.querySelector('img')";
        assert!(dock.eval(made).await?.is_null(), "the name became an element");
        dock.can_call(TONE).await
    })
}

#[test]
fn a_challenge_for_a_foreign_realm_gets_no_digest() -> Result<()> {
    run(async |stage| {
        let relay = Relay::start(stage.asterisk.url()).await?;
        let dock = stage.ready_through(relay.url()).await?;
        let registered = relay.from_browser().len();
        relay.tamper(hostile::challenge_from("bank.example"));
        dock.dial("600").await?;
        dock.says("Call not allowed").await?;
        let sent = relay.from_browser().split_off(registered);
        assert!(sent.iter().any(|message| message.starts_with("INVITE ")), "no call was tried");
        assert!(!sent.iter().any(|message| message.contains("bank.example")), "{sent:#?}");
        relay.leave_alone();
        dock.can_call(TONE).await
    })
}
