//! Quick actions: what can be done for the other side without leaving the call.

use super::form::{Form, Forms};
use super::open::Opener;
use crate::crm::Crm;
use crate::drafts::is_record;
use crate::words;
use leptos::prelude::*;

/// The buttons that fit: for a record, for a colleague, or for somebody nobody knows.
pub fn actions(crm: Crm, open: Opener, forms: Forms) -> impl IntoView {
    let primary = Memo::new(move |_| {
        crm.lookup.with(|lookup| lookup.primary().map(|found| found.record.clone()))
    });
    let unknown = Memo::new(move |_| crm.lookup.with(|lookup| lookup.is_unknown()));
    let note = move || button(forms, Form::Note, words::ADD_NOTE);
    let buttons = move || match primary.get() {
        Some(record) if is_record(&record) => {
            let label = {
                let key = record.record_type.clone();
                move || crm.types.with(|types| words::open(types, &key))
            };
            view! {
                <button type="button" class="button" on:click=move |_| open.open(&record)>{label}</button>
                {button(forms, Form::Task, words::ADD_TASK)}
                {note()}
                {button(forms, Form::Record("case"), words::CREATE_CASE)}
                {button(forms, Form::Record("deal"), words::ADD_DEAL)}
            }
            .into_any()
        }
        None if unknown.get() => view! {
            {button(forms, Form::Record("lead"), words::CREATE_LEAD)}
            {button(forms, Form::Record("contact"), words::CREATE_CONTACT)}
            {note()}
        }
        .into_any(),
        Some(_) | None => note().into_any(),
    };
    view! { <div class="actions">{buttons}</div> }
}

fn button(forms: Forms, form: Form, label: &'static str) -> impl IntoView {
    view! {
        <button type="button" class="button" id=form.opener()
            aria-expanded=move || forms.is_open(form).to_string()
            on:click=move |_| forms.toggle(form)>{label}</button>
    }
}
