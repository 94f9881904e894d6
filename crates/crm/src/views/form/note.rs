//! **Add note**: what is typed here during the call is in the dialog after it.

use super::Forms;
use crate::crm::Crm;
use crate::words;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The text of the call's note. There is nothing to save: it is kept as it is typed. Escape closes it.
pub fn note(crm: Crm, forms: Forms) -> impl IntoView {
    if let Some(call) = crm.snapshot.with_untracked(|snapshot| snapshot.live().cloned()) {
        crm.draft_of(&call, false);
    }
    let call = crm.lookup.with_untracked(|lookup| lookup.channel_id.clone());
    let text = {
        let call = call.clone();
        move || {
            crm.drafts.with(|drafts| drafts.of(&call).map(|d| d.text.clone()).unwrap_or_default())
        }
    };
    let node = NodeRef::<html::Textarea>::new();
    node.on_load(|field| {
        // A field that was just drawn takes focus.
        let _ = field.focus();
    });
    let write = move |text: String| {
        crm.drafts.update(|drafts| {
            if let Some(draft) = drafts.of_mut(&call) {
                draft.text = text;
            }
        });
        crm.post.keep_draft(&call);
    };
    let on_key = move |ev: KeyboardEvent| {
        if ev.key() == "Escape" {
            ev.stop_propagation();
            forms.close(node.get_untracked().map(|field| field.unchecked_into()));
        }
    };
    view! {
        <textarea class="text" rows="3" node_ref=node aria-label=words::NOTES placeholder=words::NOTES
            on:keydown=on_key prop:value=text on:input=move |ev| write(event_target_value(&ev))></textarea>
        <Show when=move || !crm.post.keeps.get()><p class="trouble">{words::NOT_KEPT}</p></Show>
    }
}
