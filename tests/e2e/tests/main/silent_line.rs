//! The socket dies without a word (no FIN), as behind a router that forgot it, at each step of a call. New
//! connections work at once; the dock has to find out by itself that it needs one.

use ringdock_e2e::Result;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{DANA, Stage, TONE, run};
use ringdock_e2e::wait::until;
use ringdock_rigs::asterisk::FarEnd;
use ringdock_rigs::chaos::{Network, TcpRelay};
use std::net::SocketAddr;
use std::time::Duration;

/// How long it may take until a dead socket is noticed and replaced.
const NOTICED: Duration = Duration::from_secs(30);

/// A ready dock whose way to the PBX can die.
pub struct Line {
    network: Network,
    relay: TcpRelay,
    /// The dock.
    pub dock: Dock,
}

impl Line {
    /// Opens the window.
    pub async fn ready(stage: &Stage) -> Result<Line> {
        let network = Network::new(1);
        let upstream = SocketAddr::from(([127, 0, 0, 1], stage.asterisk.port()));
        let relay = TcpRelay::start(upstream, &network).await?;
        let dock = stage.ready_through(relay.url()).await?;
        Ok(Line { network, relay, dock })
    }

    /// The socket dies; others can be had.
    pub fn dies(&self) {
        self.network.silence();
        self.network.restore();
    }

    async fn is_replaced(&self) -> Result<()> {
        self.is_replaced_within(NOTICED).await
    }

    /// Waits until the dock has another socket and is reachable by it.
    pub async fn is_replaced_within(&self, limit: Duration) -> Result<()> {
        until("a new socket", limit, async || Ok((self.relay.carried() > 1).then_some(()))).await?;
        self.dock.status_becomes("Connected").await
    }
}

#[test]
fn idle() -> Result<()> {
    run(async |stage| {
        let line = Line::ready(stage).await?;
        line.dies();
        line.is_replaced().await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Echo).await?;
        line.dock.button("Answer").click().await?;
        line.dock.is_in_a_call().await?;
        line.dock.hears(TONE).await
    })
}

#[test]
fn while_dialling() -> Result<()> {
    run(async |stage| {
        let line = Line::ready(stage).await?;
        line.dies();
        line.dock.dial("600").await?;
        line.dock.button("End").wait_gone_within(NOTICED).await?;
        line.dock.says("The connection was lost").await?;
        line.is_replaced().await?;
        line.dock.can_call(TONE).await
    })
}

#[test]
fn while_the_other_side_rings() -> Result<()> {
    run(async |stage| {
        let line = Line::ready(stage).await?;
        line.dock.dial("480").await?;
        line.dock.says("Ringing…").await?;
        line.dies();
        line.dock.button("End").wait_gone_within(NOTICED).await?;
        line.is_replaced().await?;
        line.dock.can_call(TONE).await
    })
}

#[test]
fn in_a_call() -> Result<()> {
    run(async |stage| {
        let line = Line::ready(stage).await?;
        line.dock.dial("600").await?;
        line.dock.is_in_a_call().await?;
        line.dock.hears(TONE).await?;
        line.dies();
        line.dock.keeps_hearing(TONE, Duration::from_secs(3)).await?;
        line.is_replaced().await?;
        line.dock.stops_saying("Reconnecting…").await?;
        line.dock.hears(TONE).await?;
        stage.asterisk.hang_up_all().await?;
        line.dock.says("The other side hung up").await
    })
}

#[test]
fn while_ending_the_other_side_is_told_as_soon_as_it_can_be() -> Result<()> {
    run(async |stage| {
        let line = Line::ready(stage).await?;
        line.dock.dial("600").await?;
        line.dock.is_in_a_call().await?;
        line.dies();
        line.dock.end().await?;
        line.is_replaced().await?;
        stage.no_calls_left().await?;
        line.dock.can_call(TONE).await
    })
}

#[test]
fn while_a_caller_rings() -> Result<()> {
    run(async |stage| {
        let line = Line::ready(stage).await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Echo).await?;
        line.dock.button("Answer").wait_enabled().await?;
        line.dies();
        stage.asterisk.hang_up_all().await?;
        // That the caller is gone cannot be known; that the line is, can.
        line.dock.button("Answer").wait_gone_within(NOTICED).await?;
        line.dock.plays_nothing().await?;
        line.is_replaced().await?;
        line.dock.can_call(TONE).await
    })
}

#[test]
fn in_a_call_that_came() -> Result<()> {
    run(async |stage| {
        let line = Line::ready(stage).await?;
        stage.asterisk.call_in("1001", &DANA, FarEnd::Echo).await?;
        line.dock.button("Answer").click().await?;
        line.dock.is_in_a_call().await?;
        line.dock.hears(TONE).await?;
        line.dies();
        line.is_replaced().await?;
        line.dock.stops_saying("Reconnecting…").await?;
        line.dock.hears(TONE).await?;
        line.dock.end().await?;
        stage.no_calls_left().await
    })
}
