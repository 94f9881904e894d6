use crate::until;
use ringdock::web::microphone::OpenMicrophone;
use ringdock::web::peer::{Peer, check};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{MediaStream, MediaStreamTrack};

type Heard = Rc<RefCell<Option<MediaStream>>>;

fn peer() -> (Peer, Heard) {
    let heard = Heard::default();
    let ear = heard.clone();
    (Peer::new(&[], move |stream| *ear.borrow_mut() = Some(stream), |_| ()).unwrap(), heard)
}

fn flows(heard: &Heard) -> bool {
    let stream = heard.borrow();
    let track = stream
        .as_ref()
        .map(|stream| stream.get_audio_tracks().get(0).unchecked_into::<MediaStreamTrack>());
    track.is_some_and(|track| !track.muted())
}

#[wasm_bindgen_test]
async fn two_peers_hear_each_other() {
    let (caller, caller_hears) = peer();
    let (callee, callee_hears) = peer();
    let (here, there) =
        (OpenMicrophone::open(|| ()).await.unwrap(), OpenMicrophone::open(|| ()).await.unwrap());
    let offer = caller.offer(false, false).await.unwrap();
    assert!(offer.contains("a=candidate"), "the offer holds its addresses");
    caller.send(here.track()).await.unwrap();
    let answer = callee.answer(&offer, false).await.unwrap();
    callee.send(there.track()).await.unwrap();
    caller.accept(&answer, false).await.unwrap();
    until("the caller's voice arrives", || flows(&callee_hears)).await;
    until("the callee's voice arrives", || flows(&caller_hears)).await;
    caller.send_tones("5").unwrap();
}

#[wasm_bindgen_test]
async fn tones_that_nobody_agreed_on_are_an_error() {
    let (caller, _) = peer();
    let (callee, _) = peer();
    let offer = caller.offer(false, false).await.unwrap();
    let answer = callee.answer(&offer, false).await.unwrap();
    let without_tones: String =
        answer.split_inclusive('\n').filter(|line| !line.contains("telephone-event")).collect();
    caller.accept(&without_tones, false).await.unwrap();
    assert_eq!(caller.send_tones("5").unwrap_err().name, "InvalidStateError");
}

/// Two peers that are connected, and their microphones.
async fn call() -> ([Peer; 2], [OpenMicrophone; 2]) {
    let ((caller, _), (callee, heard)) = (peer(), peer());
    let microphones =
        [OpenMicrophone::open(|| ()).await.unwrap(), OpenMicrophone::open(|| ()).await.unwrap()];
    let offer = caller.offer(false, false).await.unwrap();
    caller.send(microphones[0].track()).await.unwrap();
    let answer = callee.answer(&offer, false).await.unwrap();
    callee.send(microphones[1].track()).await.unwrap();
    caller.accept(&answer, false).await.unwrap();
    until("the caller's voice arrives", || flows(&heard)).await;
    ([caller, callee], microphones)
}

/// The user name of ICE, which changes when ICE begins anew.
fn ice(description: &str) -> &str {
    description.lines().find(|line| line.starts_with("a=ice-ufrag:")).unwrap()
}

#[wasm_bindgen_test]
async fn holding_is_offered_answered_and_taken_back() {
    let ([caller, callee], _microphones) = call().await;
    let hold = caller.offer(true, false).await.unwrap();
    assert!(hold.contains("a=sendonly"), "{hold}");
    let answer = callee.answer(&hold, false).await.unwrap();
    assert!(answer.contains("a=recvonly"), "{answer}");
    caller.accept(&answer, false).await.unwrap();
    let resume = caller.offer(false, false).await.unwrap();
    assert!(resume.contains("a=sendrecv"), "{resume}");
    let answer = callee.answer(&resume, false).await.unwrap();
    assert!(answer.contains("a=sendrecv"), "{answer}");
    caller.accept(&answer, false).await.unwrap();
}

#[wasm_bindgen_test]
async fn an_offer_that_came_to_nothing_leaves_room_for_the_next_of_either_side() {
    let ([caller, callee], _microphones) = call().await;
    caller.offer(true, false).await.unwrap();
    caller.roll_back(false).await.unwrap();
    let theirs = callee.offer(false, false).await.unwrap();
    let answer = caller.answer(&theirs, false).await.unwrap();
    assert!(answer.contains("a=sendrecv"), "{answer}");
    callee.accept(&answer, false).await.unwrap();
    caller.offer(true, false).await.unwrap();
}

#[wasm_bindgen_test]
async fn another_way_is_looked_for_with_addresses_of_its_own() {
    let ([caller, callee], _microphones) = call().await;
    let before = caller.offer(false, false).await.unwrap();
    caller.roll_back(false).await.unwrap();
    let restart = caller.offer(false, true).await.unwrap();
    assert_ne!(ice(&before), ice(&restart));
    assert!(restart.contains("a=candidate:"), "{restart}");
    let answer = callee.answer(&restart, false).await.unwrap();
    assert!(answer.contains("a=candidate:"), "{answer}");
    caller.accept(&answer, false).await.unwrap();
}

#[wasm_bindgen_test]
async fn statistics_count_what_comes() {
    let ([caller, callee], _microphones) = call().await;
    let mut last = callee.stats().await.unwrap();
    for _ in 0..100 {
        let now = callee.stats().await.unwrap();
        if now.received > last.received && now.level > 0.0 {
            assert_eq!(now.lost, 0.0);
            assert!(now.round_trip.is_some_and(|seconds| seconds < 1.0));
            return drop(caller);
        }
        last = now;
        gloo_timers::future::TimeoutFuture::new(50).await;
    }
    panic!("nothing was counted: {last:?}");
}

#[wasm_bindgen_test]
async fn early_media_is_heard_and_may_be_followed_by_the_answer() {
    let (caller, caller_hears) = peer();
    let (callee, _) = peer();
    let voice = OpenMicrophone::open(|| ()).await.unwrap();
    let offer = caller.offer(false, false).await.unwrap();
    let answer = callee.answer(&offer, false).await.unwrap();
    callee.send(voice.track()).await.unwrap();
    caller.accept(&answer, true).await.unwrap();
    until("the early media is heard", || flows(&caller_hears)).await;
    caller.accept(&answer, false).await.unwrap();
    assert!(flows(&caller_hears));
}

#[wasm_bindgen_test]
async fn a_description_the_browser_refuses_is_an_error_with_words() {
    let (caller, _) = peer();
    caller.offer(false, false).await.unwrap();
    for nonsense in
        ["", "v=0", "<html>", "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video 9 X 96\r\n"]
    {
        let error = caller.accept(nonsense, false).await.unwrap_err();
        assert!(!error.message.is_empty());
    }
    let (callee, _) = peer();
    assert!(callee.answer("no description", false).await.is_err());
}

#[wasm_bindgen_test]
fn a_stun_server_has_a_url_that_the_browser_takes() {
    assert!(check(&["stun:stun.example.com:3478".to_owned()]).is_ok());
    for wrong in ["stun.example.com", "http://stun.example.com", ""] {
        assert!(!check(&[wrong.to_owned()]).unwrap_err().message.is_empty(), "{wrong:?}");
    }
}

#[wasm_bindgen_test]
async fn a_peer_without_a_call_has_no_line_for_tones() {
    let (idle, _) = peer();
    assert!(idle.send_tones("1").is_err());
}
