use ringdock::web::microphone::{OpenMicrophone, is_present, page_is_secure};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::MediaStreamTrackState;

#[wasm_bindgen_test]
async fn an_open_microphone_is_live_until_it_is_dropped() {
    assert!(page_is_secure());
    assert!(is_present().await.unwrap());
    let microphone = OpenMicrophone::open(|| panic!("nobody pulled it out")).await.unwrap();
    // Not the method of the same name, which would make a second track.
    let track = Clone::clone(microphone.track());
    assert_eq!(track.ready_state(), MediaStreamTrackState::Live);
    drop(microphone);
    assert_eq!(track.ready_state(), MediaStreamTrackState::Ended);
}

#[wasm_bindgen_test]
async fn a_muted_microphone_sends_silence() {
    let microphone = OpenMicrophone::open(|| ()).await.unwrap();
    microphone.mute(true);
    assert!(!microphone.track().enabled());
    microphone.mute(false);
    assert!(microphone.track().enabled());
}
