//! The rig itself, against the real Asterisk of the cache.

use std::time::Duration;

use ringdock_rigs::asterisk::{Asterisk, Caller, FarEnd, Options};

const LIMIT: Duration = Duration::from_secs(10);

#[tokio::test]
async fn two_instances_run_side_by_side_and_end_with_their_values() {
    let (first, second) =
        tokio::join!(Asterisk::start(Options::default()), Asterisk::start(Options::default()));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_ne!(first.port(), second.port());
    for asterisk in [&first, &second] {
        let endpoints = asterisk.cli("pjsip show endpoints").await.unwrap();
        assert!(
            ["1001/1001", "1002/1002", "1003/1003"].iter().all(|e| endpoints.contains(e)),
            "{endpoints}"
        );
    }
    let (folder, port) = (first.folder().to_owned(), first.port());
    drop(first);
    assert!(!folder.exists());
    assert!(std::net::TcpListener::bind(("127.0.0.1", port)).is_ok(), "something still listens");
    assert!(second.cli("core show version").await.is_ok(), "the other instance lives on");
}

#[tokio::test]
async fn a_stopped_instance_comes_back_on_its_port() {
    let mut asterisk = Asterisk::start(Options::default()).await.unwrap();
    let url = asterisk.url();
    asterisk.stop();
    assert!(asterisk.cli("core show version").await.is_err());
    asterisk.start_again().await.unwrap();
    assert_eq!(asterisk.url(), url);
    assert!(asterisk.cli("core show version").await.unwrap().contains("Asterisk"));
}

#[tokio::test]
async fn a_taken_port_is_said() {
    let first = Asterisk::start(Options::default()).await.unwrap();
    let second = Asterisk::start(Options { port: Some(first.port()), office: None }).await;
    let sentence = second.unwrap_err().to_string();
    assert!(sentence.contains(&format!("Port {} is taken", first.port())), "{sentence}");
}

#[tokio::test]
async fn digits_and_recordings_can_be_read_back() {
    let asterisk = Asterisk::start(Options::default()).await.unwrap();
    let mut log = asterisk.follow();
    // One leg dials the number, the other sends the digits: no telephone is needed for this.
    asterisk.cli("dialplan add extension dial,1,SendDTMF,123456789*0# into far").await.unwrap();
    asterisk.cli("channel originate Local/604@phones extension dial@far").await.unwrap();
    let line = log.wait_for("digits=", LIMIT).await.unwrap();
    assert!(line.ends_with("digits=123456789*0#"), "{line}");

    asterisk.cli("channel originate Local/602@phones extension tone@far").await.unwrap();
    let line = log.wait_for("recording=", LIMIT).await.unwrap();
    let path = line.rsplit_once('=').unwrap().1.to_owned();
    assert!(path.starts_with(asterisk.recordings().to_str().unwrap()), "{path}");
    assert!(asterisk.channels().await.unwrap() >= 2);
    asterisk.hang_up_all().await.unwrap();
}

#[tokio::test]
async fn a_call_to_an_extension_that_is_away_ends_with_its_outcome() {
    let asterisk = Asterisk::start(Options::default()).await.unwrap();
    let mut log = asterisk.follow();
    let caller = Caller { name: "Dana O'Field", number: "+12025550123" };
    asterisk.call_in("1001", &caller, FarEnd::Tone).await.unwrap();
    let line = log.wait_for("outcome=", LIMIT).await.unwrap();
    assert!(line.contains("outcome=CHANUNAVAIL"), "{line}");
}
