use leptos::prelude::*;

use super::{
    Form,
    input::{described_by, field},
};

/// A field of a form that is chosen from `options`: pairs of what is stored and what is shown.
pub fn select(
    form: Form,
    name: &str,
    label: &str,
    value: RwSignal<String>,
    options: Vec<(String, String)>,
) -> AnyView {
    let id = form.id(name);
    let error = form.error(name);
    let options = options.into_iter().map(|(stored, shown)| {
        let is = stored.clone();
        let selected = move || value.with(|value| *value == is);
        view! { <option value=stored prop:selected=selected>{shown}</option> }
    });
    let control = view! {
        <select id=id.clone() aria-describedby=described_by(&id, false)
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            on:change:target=move |event| value.set(event.target().value())>
            {options.collect_view()}
        </select>
    };
    field(&id, label, false, control.into_any(), None, error)
}
