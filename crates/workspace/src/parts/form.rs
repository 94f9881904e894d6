use std::future::Future;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, SubmitEvent};

use crate::{
    client::{Failure, Reach},
    parts::{Icon, icon},
    words,
};

/// A form that is sent to the server, and shows each refusal beside the field that caused it.
#[derive(Clone, Copy)]
pub struct Form {
    /// Begins the `id` of each of its fields.
    name: &'static str,
    reach: Reach,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    /// The fields that show their own errors.
    known: StoredValue<Vec<String>>,
    /// The fields that must have a value, from the top down.
    required: StoredValue<Vec<(String, RwSignal<String>)>>,
    /// Those of them that had none when the form was to be sent.
    missing: RwSignal<Vec<String>>,
}

impl Form {
    /// A form; `name` is unlike that of any other form on the page.
    pub fn new(reach: Reach, name: &'static str) -> Self {
        Self {
            name,
            reach,
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            known: StoredValue::new(Vec::new()),
            required: StoredValue::new(Vec::new()),
            missing: RwSignal::new(Vec::new()),
        }
    }

    /// Whether an answer is awaited.
    pub fn is_busy(self) -> bool {
        self.busy.get()
    }

    /// The `id` of the element of `field`.
    pub fn id(self, field: &str) -> String {
        [self.name, "-", &field.replace('.', "-")].concat()
    }

    /// Forgets what was refused.
    pub fn clear(self) {
        self.failure.set(None);
        self.missing.set(Vec::new());
    }

    /// Sends nothing while `field` is empty, for as long as the current owner lives.
    pub fn require(self, field: &str, value: RwSignal<String>) {
        let name = field.to_owned();
        self.required.update_value(|required| required.push((name.clone(), value)));
        on_cleanup(move || {
            // Already gone together with the form is as good.
            let _ = self
                .required
                .try_update_value(|required| required.retain(|(other, _)| *other != name));
        });
    }

    /// Whether all is there that has to be. What is not is marked, and the keyboard goes to the first of it.
    fn is_complete(self) -> bool {
        let mut missing = self.required.get_value();
        missing.retain(|(_, value)| value.with_untracked(|value| value.trim().is_empty()));
        let missing: Vec<String> = missing.into_iter().map(|(field, _)| field).collect();
        let first = missing.first().map(|field| self.id(field));
        self.clear();
        self.missing.set(missing);
        first.inspect(|id| focus(id)).is_none()
    }

    /// Why `field` was refused. The field shows it itself from now on.
    pub fn error(self, field: &str) -> Memo<Option<String>> {
        let field = field.to_owned();
        self.known.update_value(|known| known.push(field.clone()));
        Memo::new(move |_| {
            if self.missing.with(|missing| missing.contains(&field)) {
                return Some(words::CANNOT_BE_EMPTY.to_owned());
            }
            self.failure.with(|failure| {
                let failure = failure.as_ref()?;
                (failure.field() == Some(&field)).then(|| failure.sentence())
            })
        })
    }

    /// Sends a request, one at a time. A refusal is shown; the cursor goes to the field at fault.
    pub fn send<T: 'static>(
        self,
        request: impl Future<Output = Result<T, Failure>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = request.await;
            // The page may have been left meanwhile; what was asked for is done all the same.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(value) => {
                    self.failure.set(None);
                    done(value);
                }
                Err(failure) => {
                    // What passes and has a sentence is said here: the rest of the page need not know.
                    if failure == Failure::Away || !failure.passes() {
                        self.reach.learn(&failure);
                    }
                    self.refuse(failure);
                }
            }
        });
    }

    /// Shows a refusal, and moves the cursor to the field at fault.
    pub fn refuse(self, failure: Failure) {
        let field = failure.field().map(|field| self.id(field));
        self.failure.set(Some(failure));
        if let Some(id) = field {
            focus(&id);
        }
    }

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
            <form class="form" novalidate on:submit=submit>
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

/// Moves the keyboard to the element of that `id`.
pub fn focus(id: &str) {
    focus_on(document().get_element_by_id(id));
}

/// Moves the keyboard to the first control in the element of that `id`.
pub fn focus_first(id: &str) {
    let inside = document().get_element_by_id(id);
    let first = inside.and_then(|inside| inside.query_selector(CONTROLS).ok().flatten());
    focus_on(first);
}

/// Whether anything of the page has the keyboard.
pub fn has_focus() -> bool {
    document().active_element().is_some_and(|element| element.tag_name() != "BODY")
}

/// What a person fills in or presses.
const CONTROLS: &str = "input, select, textarea, button";

fn focus_on(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot have the focus leaves it where it is.
        let _ = element.focus();
    }
}
