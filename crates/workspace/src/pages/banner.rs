//! What says that the server is away.

use leptos::prelude::*;

use crate::{
    client::Reach,
    parts::{Icon, icon},
    words,
};

/// A bar across the window while the server cannot be reached; it is tried again all the while.
pub fn banner(reach: Reach) -> AnyView {
    let away = Memo::new(move |_| reach.waiting().get().is_some());
    // Told once; the seconds that count down are for eyes.
    let seconds = move || reach.waiting().get().map(words::trying_in);
    view! {
        <div role="alert">
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
