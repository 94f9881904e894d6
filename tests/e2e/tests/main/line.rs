//! The line to the PBX: the status dot and what it says.

use ringdock_e2e::Result;
use ringdock_e2e::browser::Microphone;
use ringdock_e2e::control::page_value;
use ringdock_e2e::stage::{CALLER_TONE, DANA, TONE, run};
use ringdock_e2e::wait::{SOON, until};
use ringdock_rigs::Account;
use ringdock_rigs::asterisk::FarEnd;
use ringdock_rigs::chaos::{Network, TcpRelay};
use serde_json::json;
use std::time::Duration;

#[test]
fn a_wrong_password_is_red_and_said_in_a_sentence() -> Result<()> {
    run(async |stage| {
        let dock = stage.window("none", Microphone::Allowed(TONE)).await?;
        let right = stage.asterisk.account("1001")?.clone();
        dock.set_account(&Account { password: "wrong".to_owned(), ..right.clone() }).await?;
        dock.status_becomes("Disconnected").await?;
        dock.says("The PBX refused the password for 1001").await?;
        dock.set_account(&right).await?;
        dock.status_becomes("Connected").await?;
        dock.can_call(TONE).await
    })
}

#[test]
fn a_stopped_pbx_is_yellow_and_comes_back_by_itself() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.eval("window.loadedOnce = true").await?;
        stage.asterisk.stop();
        dock.status_becomes("Connecting").await?;
        dock.says("Reconnecting").await?;
        stage.asterisk.start_again().await?;
        dock.status_becomes_within("Connected", Duration::from_secs(40)).await?;
        assert_eq!(
            page_value(&dock, "window.loadedOnce").await?,
            true,
            "the page was loaded again"
        );
        dock.can_call(TONE).await
    })
}

#[test]
fn the_second_of_two_servers_takes_over_when_the_first_dies() -> Result<()> {
    run(async |stage| {
        let (pbx, network) = (stage.asterisk.address(), Network::new(1));
        let first = TcpRelay::start(pbx, &network).await?;
        let second = TcpRelay::start(pbx, &Network::new(2)).await?;
        let servers = json!({ "server": [first.url(), second.url()] });
        let dock = stage.ready_with_account("1001", servers).await?;
        assert_eq!((first.carried(), second.carried()), (1, 0));
        network.refuse();
        dock.status_becomes("Connecting").await?;
        dock.status_becomes("Connected").await?;
        assert_eq!((first.carried(), second.carried()), (1, 1));
        dock.can_call(TONE).await
    })
}

#[test]
fn the_dot_says_its_last_message_in_a_sentence() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.status_explains("Ready to place and take calls").await?;
        stage.asterisk.stop();
        dock.status_becomes("Connecting").await?;
        dock.status_explains("No connection to 127.0.0.1. Reconnecting in").await
    })
}

#[test]
fn an_unregistered_account_leaves_the_pbx() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        stage.until_registered("1001").await?;
        dock.eval("document.querySelector('ring-dock').account = null").await?;
        dock.region().wait_gone().await?;
        stage.until_unregistered("1001").await
    })
}

#[test]
fn a_page_that_goes_leaves_the_line_to_the_other_at_once() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        let here = dock.tab().await?;
        dock.open_window(&stage.page("1001")).await?;
        dock.status_becomes("Connected").await?;
        until("pages to know of each other", SOON, async || {
            let late = dock.eval("return performance.now() > 1500").await?;
            Ok((late == true).then_some(()))
        })
        .await?;
        dock.close_tab().await?;
        dock.go_on_in(&here).await?;
        assert_eq!(dock.eval("return document.hidden").await?, false, "nothing else wakes it");
        // Asterisk keeps one registration: for a moment there was none.
        stage.until_registered("1001").await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Tone).await?;
        dock.button("Answer").click().await?;
        dock.hears(CALLER_TONE).await
    })
}
