use leptos::{html::Dialog, prelude::*};

use super::Form;
use crate::words;

/// A question before something that cannot be taken back.
#[derive(Clone, Copy)]
pub struct Question {
    form: Form,
    dialog: NodeRef<Dialog>,
}

impl Question {
    /// A question that is not asked yet. `form` shows what comes of it.
    pub fn new(form: Form) -> Self {
        Self { form, dialog: NodeRef::new() }
    }

    /// Asks.
    pub fn ask(self) {
        self.form.clear();
        if let Some(dialog) = self.dialog.get_untracked() {
            // Open already is as good.
            let _ = dialog.show_modal();
        }
    }

    /// Takes the question away.
    pub fn close(self) {
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
    }

    /// The dialog; `act` is what the button `yes` does.
    pub fn view(
        self,
        title: impl Into<Signal<String>>,
        text: &'static str,
        yes: &'static str,
        act: impl Fn() + 'static,
    ) -> AnyView {
        let (form, title) = (self.form, title.into());
        let label = form.id("question");
        let label_id = label.clone();
        view! {
            <dialog node_ref=self.dialog class="dialog" aria-labelledby=label>
                <h2 id=label_id>{title}</h2>
                <p>{text}</p>
                {form.alert()}
                <div class="buttons">
                    <button type="button" class="button danger" aria-busy=move || form.is_busy().to_string()
                        on:click=move |_| act()>{yes}</button>
                    <button type="button" class="button" on:click=move |_| self.close()>{words::CANCEL}</button>
                </div>
            </dialog>
        }
        .into_any()
    }
}
