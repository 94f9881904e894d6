//! The audio's way is bad or lost, while the signalling's is good.

use ringdock_e2e::Result;
use ringdock_e2e::stage::{TONE, run};
use ringdock_e2e::wait::until;
use ringdock_rigs::chaos::{MediaRelay, Network, Weather};
use ringdock_rigs::relay::Relay;
use std::time::Duration;

#[test]
fn the_tone_passes_bad_weather_and_comes_back_after_a_silence() -> Result<()> {
    run(async |stage| {
        let network = Network::new(1);
        let relay = Relay::start(stage.asterisk.url()).await?;
        relay.tamper(MediaRelay::new(&network).rule());
        let dock = stage.ready_through(relay.url()).await?;
        dock.dial("600").await?;
        dock.is_in_a_call().await?;
        dock.hears(TONE).await?;
        let delay = Duration::from_millis(80);
        let jitter = Duration::from_millis(20);
        network.weather(Weather { delay, jitter, loss: 0.01, burst: 2.0 });
        dock.keeps_hearing(TONE, Duration::from_secs(2)).await?;
        network.silence();
        until("silence", Duration::from_secs(5), async || {
            let sound = dock.remote_sound().await?;
            Ok(sound.is_none_or(|sound| sound.is_silent()).then_some(()))
        })
        .await?;
        network.weather(Weather::default());
        network.restore();
        dock.hears(TONE).await?;
        dock.end().await?;
        stage.no_calls_left().await
    })
}
