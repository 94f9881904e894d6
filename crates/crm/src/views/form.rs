//! The forms of the quick actions; one at a time.

mod frame;
mod note;
mod record;
mod task;

use crate::crm::Crm;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node, ShadowRoot};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The text of the call's note.
    Note,
    /// A task.
    Task,
    /// A record of this type.
    Record(&'static str),
}

impl Form {
    /// The `id` of the button that opens it.
    pub fn opener(self) -> String {
        match self {
            Form::Note => "add-note".to_owned(),
            Form::Task => "add-task".to_owned(),
            Form::Record(kind) => format!("add-{kind}"),
        }
    }
}

/// Which form is open; a handle to copy.
#[derive(Clone, Copy)]
pub struct Forms {
    open: RwSignal<Option<Form>>,
    /// What the last form brought about, for the eye and the screen reader.
    done: RwSignal<Option<String>>,
}

impl Forms {
    /// None is open.
    pub fn new() -> Forms {
        Forms { open: RwSignal::new(None), done: RwSignal::new(None) }
    }

    /// Whether this one is.
    pub fn is_open(self, form: Form) -> bool {
        self.open.get() == Some(form)
    }

    /// Opens it, or closes it if it is the one that is open.
    pub fn toggle(self, form: Form) {
        self.done.set(None);
        self.open.update(|open| *open = if *open == Some(form) { None } else { Some(form) });
    }

    /// Closes what is open; focus goes back to the button that opened it. `from` is any element of the form.
    fn close(self, from: Option<HtmlElement>) {
        let form = self.open.get_untracked();
        let opener = from.zip(form).and_then(|(from, form)| find(&from, &form.opener()));
        self.open.set(None);
        if let Some(opener) = opener {
            // A button that is gone meanwhile refuses, and focus is where the browser puts it.
            let _ = opener.focus();
        }
    }

    /// Closes the form because it has done its work.
    fn finish(self, from: Option<HtmlElement>, done: String) {
        self.close(from);
        self.done.set(Some(done));
    }
}

/// The form that is open.
pub fn form(crm: Crm, forms: Forms) -> impl IntoView {
    let call = Memo::new(move |_| crm.lookup.with(|lookup| lookup.call));
    // Each call begins without one.
    Effect::new(move || {
        call.track();
        forms.open.set(None);
        forms.done.set(None);
    });
    // Tasks and records are about records, and a colleague is none.
    let colleague = Memo::new(move |_| {
        crm.lookup.with(|lookup| lookup.primary().is_some() && lookup.record().is_none())
    });
    Effect::new(move || {
        let open = forms.open.get_untracked();
        if colleague.get() && open.is_some_and(|form| form != Form::Note) {
            forms.open.set(None);
        }
    });
    let shown = move || match forms.open.get() {
        None => ().into_any(),
        Some(Form::Note) => note::note(crm, forms).into_any(),
        Some(Form::Task) => task::task(crm, forms).into_any(),
        Some(Form::Record(kind)) => record::record(crm, forms, kind).into_any(),
    };
    view! {
        {shown}
        <p class="done" role="status">{move || forms.done.get()}</p>
    }
}

/// The element with this `id` in the same shadow root.
fn find(from: &Node, id: &str) -> Option<HtmlElement> {
    let root = from.get_root_node().dyn_into::<ShadowRoot>().ok()?;
    root.get_element_by_id(id)?.dyn_into().ok()
}
