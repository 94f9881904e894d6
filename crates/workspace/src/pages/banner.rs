//! What says that the server is away, or that the session is over.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::{
    client::Reach,
    dock,
    parts::{Icon, icon},
    words,
};

/// A bar across the window while the server cannot be reached; it is tried again all the while.
pub fn away(reach: Reach) -> AnyView {
    let signed_out = reach.signed_out();
    let away = Memo::new(move |_| reach.waiting().get().is_some() && !signed_out.get());
    // Told once; the seconds that count down are for eyes.
    let seconds = move || reach.waiting().get().map(words::trying_in);
    view! {
        <div role="alert" class="banner">
            {move || away.get().then(|| view! {
                <div class="away">
                    {icon(Icon::Offline)}
                    <span>{words::AWAY}</span>
                    <span aria-hidden="true">{seconds}</span>
                    <button type="button" class="button" on:click=move |_| reach.hurry()>{words::TRY_NOW}</button>
                </div>
            })}
        </div>
    }
    .into_any()
}

/// A bar across the window while a call outlives the session. Its button leads to the way in, once the call is over.
pub fn session_over(reach: Reach, leave: Callback<()>) -> AnyView {
    let over = reach.signed_out();
    let waits = RwSignal::new(false);
    let sign_in = move |_| {
        if waits.get_untracked() {
            return;
        }
        waits.set(true);
        spawn_local(async move {
            dock::until_idle().await;
            waits.set(false);
            leave.run(());
        });
    };
    view! {
        <div role="alert" class="banner">
            {move || over.get().then(|| view! {
                <div class="away">
                    {icon(Icon::Key)}
                    <span>{words::SESSION_OVER}</span>
                    <button type="button" class="button" aria-busy=move || waits.get().to_string() on:click=sign_in>
                        {words::SIGN_IN_AGAIN}
                    </button>
                </div>
            })}
        </div>
    }
    .into_any()
}
