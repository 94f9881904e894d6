//! A network that is bad for audio, and what the agent is told about it.

use ringdock_e2e::Result;
use ringdock_e2e::dock::Dock;
use ringdock_e2e::stage::{Stage, TONE, run};
use ringdock_e2e::wait::{SOON, until};
use ringdock_rigs::chaos::{MediaRelay, Network, Weather};
use ringdock_rigs::relay::Relay;
use std::time::Duration;

/// Bad seconds are waited for before a call is poor, and good ones before it is fine.
const JUDGED: Duration = Duration::from_secs(30);

/// A dock in a call with the echo, whose audio passes `network`.
async fn in_a_call(stage: &Stage, network: &Network) -> Result<(Dock, Relay)> {
    let relay = Relay::start(stage.asterisk.url()).await?;
    relay.tamper(MediaRelay::new(network).rule());
    let dock = stage.ready_through(relay.url()).await?;
    dock.dial("600").await?;
    dock.is_in_a_call().await?;
    dock.hears(TONE).await?;
    Ok((dock, relay))
}

#[test]
fn loss_is_told_in_words_goes_by_and_is_kept_in_the_record() -> Result<()> {
    run(async |stage| {
        let network = Network::new(2);
        let (dock, _relay) = in_a_call(stage, &network).await?;
        let keep = "addEventListener('ringdock-call-ended', ({ detail }) => window.kept = detail)";
        dock.eval(keep).await?;
        network.weather(Weather { loss: 0.3, burst: 1.5, ..Weather::default() });
        dock.says_within("Poor connection Parts of what", JUDGED).await?;
        network.weather(Weather::default());
        until("the connection to be fine", JUDGED, async || {
            let text = dock.region().text().await?;
            Ok((!text.contains("Poor connection")).then_some(()))
        })
        .await?;
        dock.end().await?;
        let kept = dock.eval("return window.kept.quality").await?;
        let number = |name: &str| kept[name].as_f64().unwrap_or_default();
        assert!(number("poorSeconds") >= 3.0 && number("lossPercent") > 1.0, "{kept}");
        assert!(number("seconds") > number("poorSeconds"), "{kept}");
        Ok(())
    })
}

#[test]
fn delay_is_told_in_words() -> Result<()> {
    run(async |stage| {
        let network = Network::new(3);
        let (dock, _relay) = in_a_call(stage, &network).await?;
        network.weather(Weather { delay: Duration::from_millis(400), ..Weather::default() });
        dock.says_within("Sound takes long", JUDGED).await?;
        dock.end().await
    })
}

#[test]
fn a_way_that_is_lost_for_a_while_is_found_again() -> Result<()> {
    run(async |stage| {
        let network = Network::new(4);
        let (dock, _relay) = in_a_call(stage, &network).await?;
        network.silence();
        dock.says_within("Reconnecting…", JUDGED).await?;
        network.restore();
        until("the call to be whole again", JUDGED, async || {
            let text = dock.region().text().await?;
            Ok((!text.contains("Reconnecting…")).then_some(()))
        })
        .await?;
        dock.hears(TONE).await?;
        dock.end().await?;
        stage.no_calls_left().await
    })
}

#[test]
fn a_call_without_audio_is_given_up_after_half_a_minute() -> Result<()> {
    run(async |stage| {
        let network = Network::new(5);
        let (dock, _relay) = in_a_call(stage, &network).await?;
        network.silence();
        dock.says_within("Reconnecting…", JUDGED).await?;
        dock.says_within("The connection was lost", Duration::from_secs(45)).await?;
        stage.no_calls_left().await?;
        network.restore();
        dock.button("End").wait_gone().await?;
        dock.status_becomes_within("Connected", SOON).await
    })
}
