use leptos::prelude::*;
use web_sys::SubmitEvent;

use super::Form;
use crate::parts::{Icon, icon};

impl Form {
    /// The refusal that belongs to no field.
    pub fn alert(self) -> AnyView {
        let sentence = Memo::new(move |_| {
            self.failure.with(|failure| {
                let failure = failure.as_ref()?;
                let shown = failure.field().is_some_and(|field| {
                    self.known.with_value(|known| known.iter().any(|known| known == field))
                });
                (!shown).then(|| failure.sentence())
            })
        });
        // Always there, so that a screen reader is told when it is filled.
        view! {
            <div role="alert" class="form-alert">
                {move || sentence.get().map(|sentence| view! {
                    <p class="alert">{icon(Icon::Warning)}<span>{sentence}</span></p>
                })}
            </div>
        }
        .into_any()
    }

    /// The form with its fields, alert and buttons; `act` is what Enter and the button `label` do.
    pub fn view(
        self,
        label: &'static str,
        fields: AnyView,
        more: AnyView,
        act: impl Fn() + 'static,
    ) -> AnyView {
        let submit = move |event: SubmitEvent| {
            event.prevent_default();
            if self.is_complete() {
                act();
            }
        };
        view! {
            <form class="form" novalidate on:submit=submit on:input=move |event| self.typed(&event)>
                {fields}
                {self.alert()}
                <div class="buttons">{self.button(label)}{more}</div>
            </form>
        }
        .into_any()
    }

    /// The button that sends the form.
    pub fn button(self, label: &'static str) -> AnyView {
        view! {
            <button type="submit" class="button primary" aria-busy=move || self.busy.get().to_string()>
                {label}
            </button>
        }
        .into_any()
    }
}
