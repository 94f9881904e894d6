use crate::until;
use ringdock::web::microphone::OpenMicrophone;
use ringdock::web::peer::Peer;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{MediaStream, MediaStreamTrack};

type Heard = Rc<RefCell<Option<MediaStream>>>;

fn peer() -> (Peer, Heard) {
    let heard = Heard::default();
    let ear = heard.clone();
    (Peer::new(&[], move |stream| *ear.borrow_mut() = Some(stream)).unwrap(), heard)
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
    let offer = caller.offer().await.unwrap();
    assert!(offer.contains("a=candidate"), "the offer holds its addresses");
    caller.send(here.track()).await.unwrap();
    let answer = callee.answer(&offer).await.unwrap();
    callee.send(there.track()).await.unwrap();
    caller.accept(&answer, false).await.unwrap();
    until("the caller's voice arrives", || flows(&callee_hears)).await;
    until("the callee's voice arrives", || flows(&caller_hears)).await;
    caller.send_tone('5').unwrap();
}

#[wasm_bindgen_test]
async fn early_media_is_heard_and_may_be_followed_by_the_answer() {
    let (caller, caller_hears) = peer();
    let (callee, _) = peer();
    let voice = OpenMicrophone::open(|| ()).await.unwrap();
    let offer = caller.offer().await.unwrap();
    let answer = callee.answer(&offer).await.unwrap();
    callee.send(voice.track()).await.unwrap();
    caller.accept(&answer, true).await.unwrap();
    until("the early media is heard", || flows(&caller_hears)).await;
    caller.accept(&answer, false).await.unwrap();
    assert!(flows(&caller_hears));
}

#[wasm_bindgen_test]
async fn a_description_the_browser_refuses_is_an_error_with_words() {
    let (caller, _) = peer();
    caller.offer().await.unwrap();
    for nonsense in
        ["", "v=0", "<html>", "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video 9 X 96\r\n"]
    {
        let error = caller.accept(nonsense, false).await.unwrap_err();
        assert!(!error.message.is_empty());
    }
    let (callee, _) = peer();
    assert!(callee.answer("no description").await.is_err());
}

#[wasm_bindgen_test]
async fn a_peer_without_a_call_has_no_line_for_tones() {
    let (idle, _) = peer();
    assert!(idle.send_tone('1').is_err());
}
