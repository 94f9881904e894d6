//! A STUN server that never replies.

use ringdock_e2e::Result;
use ringdock_e2e::browser::Microphone;
use ringdock_e2e::stage::{DANA, TONE, run};
use ringdock_e2e::wait::until;
use ringdock_rigs::Account;
use ringdock_rigs::asterisk::FarEnd;
use ringdock_rigs::relay::Relay;
use std::time::Duration;
use tokio::net::UdpSocket;

/// Far below the ten seconds and more for which a browser asks such a server.
const HELD_BACK: Duration = Duration::from_secs(3);

#[test]
fn it_holds_back_neither_a_call_nor_an_answer() -> Result<()> {
    run(async |stage| {
        let silent = UdpSocket::bind("127.0.0.1:0").await?;
        let relay = Relay::start(stage.asterisk.url()).await?;
        let dock = stage.window("none", Microphone::Allowed(TONE)).await?;
        let account = stage.asterisk.account("1001")?.clone();
        let account = Account { server: relay.url(), ..account };
        let stun = format!("stun:{}", silent.local_addr()?);
        dock.set_account_with_stun(&account, &[stun]).await?;
        dock.status_becomes("Connected").await?;
        dock.dial("600").await?;
        until("the INVITE", HELD_BACK, async || {
            let sent = relay.from_browser();
            Ok(sent.iter().any(|message| message.starts_with("INVITE ")).then_some(()))
        })
        .await?;
        // It was asked, and did not reply.
        silent.try_recv(&mut [0; 64])?;
        dock.is_in_a_call().await?;
        dock.hears(TONE).await?;
        dock.end().await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Echo).await?;
        dock.button("Answer").click().await?;
        dock.timer().wait().await?;
        dock.hears(TONE).await
    })
}
