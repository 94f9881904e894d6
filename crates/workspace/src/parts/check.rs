use leptos::prelude::*;

/// A yes or no of a form.
pub fn check(label: &str, hint: Option<&str>, value: RwSignal<bool>) -> AnyView {
    // Its name is the label alone.
    let description = hint.map(str::to_owned);
    let hint = hint.map(|hint| view! { <span class="hint">{hint.to_owned()}</span> });
    view! {
        <label class="check">
            <input type="checkbox" bind:checked=value aria-label=label.to_owned()
                aria-description=description />
            <span>{label.to_owned()}{hint}</span>
        </label>
    }
    .into_any()
}
