//! The socket breaks in the middle of a call.

use ringdock_e2e::Result;
use ringdock_e2e::stage::{TONE, run};
use ringdock_rigs::relay::Relay;
use std::time::Duration;

const RECONNECTED: Duration = Duration::from_secs(40);

#[test]
fn the_audio_goes_on_and_end_ends_the_call_on_both_sides() -> Result<()> {
    run(async |stage| {
        let relay = Relay::start(stage.asterisk.url()).await?;
        let dock = stage.ready_through(relay.url()).await?;
        dock.dial("600").await?;
        dock.is_in_a_call().await?;
        dock.hears(TONE).await?;
        relay.refuse();
        dock.says("Reconnecting…").await?;
        dock.keeps_hearing(TONE, Duration::from_secs(3)).await?;
        assert_eq!(stage.asterisk.channels().await?, 1, "the PBX gave the call up");
        dock.end().await?;
        relay.restore();
        dock.status_becomes_within("Connected", RECONNECTED).await?;
        stage.no_calls_left().await?;
        dock.can_call(TONE).await
    })
}

#[test]
fn the_call_is_whole_again_once_the_socket_is_back() -> Result<()> {
    run(async |stage| {
        let relay = Relay::start(stage.asterisk.url()).await?;
        let dock = stage.ready_through(relay.url()).await?;
        dock.dial("600").await?;
        dock.is_in_a_call().await?;
        dock.hears(TONE).await?;
        relay.cut();
        dock.status_becomes_within("Connected", RECONNECTED).await?;
        dock.stops_saying("Reconnecting…").await?;
        dock.hears(TONE).await?;
        dock.end().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn the_far_end_can_still_hang_up_after_the_socket_is_back() -> Result<()> {
    run(async |stage| {
        let relay = Relay::start(stage.asterisk.url()).await?;
        let dock = stage.ready_through(relay.url()).await?;
        dock.dial("600").await?;
        dock.is_in_a_call().await?;
        relay.cut();
        dock.status_becomes_within("Connected", RECONNECTED).await?;
        stage.asterisk.hang_up_all().await?;
        dock.says("The other side hung up").await
    })
}
