use leptos::{html::P, prelude::*};
use serde::de::DeserializeOwned;

use super::has_focus;
use crate::{client::Paged, words};

/// The button that fetches the next part of a list. With the last part it makes way for a word, which gets the keyboard.
pub fn more<T: DeserializeOwned + Clone + PartialEq + Send + Sync + 'static>(
    list: Paged<T>,
) -> AnyView {
    let has_more = Memo::new(move |_| list.has_more());
    let pressed = RwSignal::new(false);
    let end = NodeRef::<P>::new();
    let press = move |_| {
        pressed.set(true);
        list.more();
    };
    let focus = move || {
        if let Some(end) = end.get_untracked().filter(|_| !has_focus()) {
            // It can have the focus; if it is gone by now, nothing has to.
            let _ = end.focus();
        }
    };
    (move || match (has_more.get(), pressed.get_untracked()) {
        (true, _) => view! {
            <button type="button" class="button more" aria-busy=move || list.is_busy().to_string()
                on:click=press>{words::LOAD_MORE}</button>
        }
        .into_any(),
        (false, true) => {
            request_animation_frame(focus);
            view! { <p class="more muted" tabindex="-1" node_ref=end>{words::NO_MORE}</p> }
                .into_any()
        }
        (false, false) => ().into_any(),
    })
    .into_any()
}
