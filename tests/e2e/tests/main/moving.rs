//! The computer moves from one network to another in the middle of a call.

use ringdock_e2e::Result;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::roaming::run;
use ringdock_e2e::stage::{Stage, TONE};
use ringdock_rigs::chaos::{Network, TcpRelay};
use std::net::Ipv4Addr;
use std::time::Duration;

/// The computer's address in the first network.
const WIFI: Ipv4Addr = Ipv4Addr::new(10, 71, 1, 2);

/// Its address in the second.
const CABLE: Ipv4Addr = Ipv4Addr::new(10, 71, 2, 2);

/// How long it may take until a call is whole again once there is a network. A new registration and a new start of
/// ICE, each of which may have to notice first that what it relied on is gone.
const WHOLE_AGAIN: Duration = Duration::from_secs(20);

/// The dock in a call with the echo. Signalling goes by a relay on the computer itself, since an account without TLS may
/// be on no other address than this machine's; the relay takes whatever network there is when a socket is opened.
async fn in_a_call(stage: &Stage) -> Result<(TcpRelay, Dock)> {
    let relay = TcpRelay::start(stage.asterisk.address(), &Network::new(1)).await?;
    let dock = stage.ready_through(relay.url()).await?;
    dock.dial("600").await?;
    dock.is_in_a_call().await?;
    dock.hears(TONE).await?;
    Ok((relay, dock))
}

async fn is_whole_again(stage: &Stage, dock: &Dock) -> Result<()> {
    dock.status_becomes_within("Connected", WHOLE_AGAIN).await?;
    dock.stops_saying("Reconnecting…").await?;
    // The echo sends back what it gets, so the sound goes both ways.
    dock.hears(TONE).await?;
    dock.keeps_hearing(TONE, Duration::from_secs(2)).await?;
    assert_eq!(stage.asterisk.channels().await?, 1, "another call took its place");
    dock.end().await?;
    dock.says("You hung up").await?;
    stage.no_calls_left().await
}

#[test]
fn one_network_goes_and_then_another_comes() -> Result<()> {
    run(async |stage, office| {
        let wifi = office.link("wifi", WIFI)?;
        let (_relay, dock) = in_a_call(stage).await?;
        drop(wifi);
        dock.says("Reconnecting…").await?;
        dock.hears_nothing_for(Duration::from_secs(1)).await?;
        let _cable = office.link("cable", CABLE)?;
        is_whole_again(stage, &dock).await
    })
}

#[test]
fn another_network_comes_and_then_the_first_goes() -> Result<()> {
    run(async |stage, office| {
        let wifi = office.link("wifi", WIFI)?;
        let (relay, dock) = in_a_call(stage).await?;
        let _cable = office.link("cable", CABLE)?;
        drop(wifi);
        let moved = async || Ok((relay.carried() > 1).then_some(()));
        ringdock_e2e::wait::until("a socket over the cable", WHOLE_AGAIN, moved).await?;
        is_whole_again(stage, &dock).await
    })
}
