//! A form that is sent to the server.

mod view;

use std::future::Future;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event};

use super::focus;
use crate::{
    client::{Failure, Reach},
    route::Unsaved,
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
    /// Where it counts while it holds what is not saved, and its number there; none on the way in.
    unsaved: Option<(Unsaved, u32)>,
}

impl Form {
    /// A form; `name` is unlike that of any other form on the page. What is typed into it is lost with the current owner.
    pub fn new(reach: Reach, name: &'static str) -> Self {
        Self {
            name,
            reach,
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            known: StoredValue::new(Vec::new()),
            required: StoredValue::new(Vec::new()),
            missing: RwSignal::new(Vec::new()),
            unsaved: use_context::<Unsaved>().map(|unsaved| (unsaved, unsaved.form())),
        }
    }

    /// Something was changed in it that is not saved.
    pub fn touch(self) {
        if let Some((unsaved, form)) = self.unsaved {
            unsaved.add(form);
        }
    }

    /// Nothing is left in it that is not saved.
    pub fn settle(self) {
        if let Some((unsaved, form)) = self.unsaved {
            unsaved.forget(form);
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

    /// Something was typed: what the field at fault was refused for is old.
    fn typed(self, event: &Event) {
        self.touch();
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(id) = element.map(|element| element.id()) else { return };
        let is = |field: &str| self.id(field) == id;
        if self.failure.with_untracked(|f| f.as_ref().and_then(Failure::field).is_some_and(is)) {
            self.failure.set(None);
        }
        if self.missing.with_untracked(|missing| missing.iter().any(|field| is(field))) {
            self.missing.update(|missing| missing.retain(|field| !is(field)));
        }
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
                    self.settle();
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
}
