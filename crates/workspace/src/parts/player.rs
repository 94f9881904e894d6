use leptos::prelude::*;
use ringdock_api::call::Call;

use crate::words;

/// What plays the recording of a call; nothing if it has none, or who is signed in may not hear it. It goes on playing
/// whatever else changes about the call.
pub fn player(call: Signal<Call>) -> AnyView {
    let recorded = Memo::new(move |_| call.with(|call| call.recording.then_some(call.id)));
    (move || {
        recorded.get().map(|id| {
            let source = ["/api/calls/", &id.to_string(), "/recording"].concat();
            view! { <audio controls preload="none" src=source aria-label=words::RECORDING></audio> }
        })
    })
    .into_any()
}
