use leptos::prelude::*;

/// A yes or no of a form.
pub fn check(label: &str, hint: Option<&str>, value: RwSignal<bool>) -> AnyView {
    let hint = hint.map(|hint| view! { <span class="hint">{hint.to_owned()}</span> });
    view! {
        <label class="check">
            <input type="checkbox" bind:checked=value />
            <span>{label.to_owned()}{hint}</span>
        </label>
    }
    .into_any()
}
