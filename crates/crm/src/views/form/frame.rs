//! What the forms have in common.

use super::Forms;
use crate::words;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Fields, the sentence of a failure, and **Save** and **Cancel**. A handle to copy.
#[derive(Clone, Copy)]
pub struct Frame {
    forms: Forms,
    node: NodeRef<html::Form>,
    /// How many fields there are.
    count: StoredValue<u32>,
    /// Those that must have a value, from the top down.
    required: StoredValue<Vec<(String, RwSignal<String>)>>,
    /// The form was to be saved; from then on, such a field says what it lacks.
    tried: RwSignal<bool>,
    /// Why the last attempt failed.
    pub trouble: RwSignal<Option<String>>,
    /// An attempt is under way.
    pub busy: RwSignal<bool>,
}

impl Frame {
    /// A form whose first field takes the keyboard.
    pub fn new(forms: Forms) -> Frame {
        let node = NodeRef::<html::Form>::new();
        node.on_load(|form| {
            if let Some(first) = form.query_selector("input").ok().flatten() {
                take_keyboard(&first);
            }
            bring_into_view(&form);
        });
        Frame {
            forms,
            node,
            count: StoredValue::new(0),
            required: StoredValue::new(Vec::new()),
            tried: RwSignal::new(false),
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// The form on the page.
    pub fn element(self) -> Option<HtmlElement> {
        self.node.get_untracked().map(|form| form.unchecked_into())
    }

    /// One field with its label, and what it lacks.
    pub fn field(
        self,
        label: String,
        kind: &'static str,
        value: RwSignal<String>,
        required: bool,
    ) -> impl IntoView + use<> {
        let id = format!("field-{}", self.count.get_value());
        self.count.update_value(|count| *count += 1);
        let problem = format!("{id}-problem");
        if required {
            self.required.update_value(|required| required.push((id.clone(), value)));
        }
        let lacks =
            Memo::new(move |_| required && self.tried.get() && value.with(|v| v.trim().is_empty()));
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <input id=id type=kind prop:value=move || value.get() aria-required=required.to_string()
                    aria-invalid=move || lacks.get().to_string() aria-describedby=problem.clone()
                    autocomplete="off" on:input=move |ev| value.set(event_target_value(&ev)) />
                <p class="trouble" id=problem>{move || lacks.get().then_some(words::FILL_IN)}</p>
            </div>
        }
    }

    /// The form; `submit` is what **Save** and Enter do once nothing is lacking.
    pub fn view(
        self,
        label: String,
        fields: impl IntoView,
        submit: impl Fn() + 'static,
    ) -> impl IntoView {
        let Frame { forms, node, trouble, busy, .. } = self;
        let on_key = move |ev: KeyboardEvent| {
            if ev.key() == "Escape" {
                ev.stop_propagation();
                forms.close(self.element());
            }
        };
        let on_submit = move |ev: leptos::ev::SubmitEvent| {
            ev.prevent_default();
            if !busy.get_untracked() {
                trouble.set(None);
                if self.is_complete() {
                    submit();
                }
            }
        };
        view! {
            <form class="form" node_ref=node aria-label=label novalidate on:submit=on_submit on:keydown=on_key>
                {fields}
                <Show when=move || trouble.with(Option::is_some)>
                    <p class="trouble" role="alert">{move || trouble.get()}</p>
                </Show>
                <div class="form-buttons">
                    <button type="submit" class="button accent" disabled=move || busy.get()>{words::SAVE}</button>
                    <button type="button" class="button" on:click=move |_| forms.close(self.element())>
                        {words::CANCEL}
                    </button>
                </div>
            </form>
        }
    }

    /// Whether all is there that has to be; if not, the keyboard goes to the first field that lacks something.
    fn is_complete(self) -> bool {
        self.tried.set(true);
        let lacking = self.required.with_value(|required| {
            let is_empty = |value: &RwSignal<String>| value.with_untracked(|v| v.trim().is_empty());
            required.iter().find(|(_, value)| is_empty(value)).map(|(id, _)| id.clone())
        });
        if let Some(id) = &lacking
            && let Some(field) = self.element().and_then(|form| super::find(&form, id))
        {
            take_keyboard(&field);
        }
        lacking.is_none()
    }
}

fn take_keyboard(field: &Element) {
    if let Some(field) = field.dyn_ref::<HtmlElement>() {
        // A field that was just drawn takes it.
        let _ = field.focus();
    }
}

fn bring_into_view(form: &Element) {
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    form.scroll_into_view_with_scroll_into_view_options(&nearest);
}
