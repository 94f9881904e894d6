//! **Add task**.

use super::Forms;
use super::frame::Frame;
use crate::client::Failure;
use crate::crm::{Crm, new_key};
use crate::lookup::Lookup;
use crate::words;
use leptos::prelude::*;
use ringdock_api::Millis;
use ringdock_api::task::{NewTask, Task};
use wasm_bindgen_futures::spawn_local;

/// Title and day.
pub fn task(crm: Crm, forms: Forms) -> impl IntoView {
    let (title, due) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // The same task sent again after a failure is one task.
    let sent: StoredValue<Option<NewTask>> = StoredValue::new(None);
    let frame = Frame::new(forms);
    let submit = move || {
        let name = title.get_untracked().trim().to_owned();
        let mut task = NewTask {
            key: String::new(),
            record: crm.lookup.with_untracked(Lookup::record),
            title: name,
            due_at: noon(&due.get_untracked()),
            assignee: None,
        };
        let again =
            sent.get_value().filter(|old| NewTask { key: String::new(), ..old.clone() } == task);
        task.key = again.map_or_else(new_key, |old| old.key);
        sent.set_value(Some(task.clone()));
        frame.busy.set(true);
        spawn_local(async move {
            let answer: Result<Task, Failure> = crm.client().create("/api/tasks", &task).await;
            frame.busy.try_set(false);
            match answer {
                Ok(task) => {
                    forms.finish(frame.element(), format!("{}: {}", words::ADDED, task.title));
                    crm.look_again();
                }
                Err(failure) => _ = frame.trouble.try_set(Some(failure.sentence())),
            }
        });
    };
    let fields = view! {
        {frame.field(words::TITLE.to_owned(), "text", title, true)}
        {frame.field(words::DUE.to_owned(), "date", due, false)}
    };
    frame.view(words::ADD_TASK.to_owned(), fields, submit)
}

/// The middle of a day where the agent is.
fn noon(day: &str) -> Option<Millis> {
    let at = js_sys::Date::new(&format!("{day}T12:00:00").into()).get_time();
    (!day.is_empty() && at.is_finite()).then_some(at as Millis)
}
