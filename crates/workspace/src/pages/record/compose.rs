//! Writes a note or makes a task.

use leptos::prelude::*;
use ringdock_api::{
    note::{NewNote, Note},
    task::{NewTask, Task},
};

use super::Subject;
use crate::{
    client::create,
    parts::{Form, Icon, Input, focus, icon},
    state::{new_key, read_date},
    words,
};

/// What is being written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Note,
    Task,
}

impl Open {
    /// The `id` of the button that opens it.
    fn opener(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Note => "add-note",
            Self::Task => "add-task",
        }
    }
}

pub fn compose(subject: Subject) -> AnyView {
    let open = RwSignal::new(Open::Nothing);
    let opener = move |what: Open, sign: Icon, word: &'static str, first: &'static str| {
        view! {
            <button type="button" class="button" aria-expanded=move || (open.get() == what).to_string()
                id=what.opener()
                on:click=move |_| {
                    open.update(|now| *now = if *now == what { Open::Nothing } else { what });
                    // If it was open, the keyboard stays at the button.
                    request_animation_frame(move || focus(first));
                }>
                {icon(sign)}<span>{word}</span>
            </button>
        }
    };
    let close = Callback::new(move |()| {
        let opener = open.get_untracked().opener();
        open.set(Open::Nothing);
        request_animation_frame(move || focus(opener));
    });
    // What was typed into one stays there while the other is open.
    let (note, task) = (NoteDraft::new(subject), TaskDraft::new(subject));
    let form = move || match open.get() {
        Open::Nothing => ().into_any(),
        Open::Note => view! { <div class="card">{note.view(subject, close)}</div> }.into_any(),
        Open::Task => view! { <div class="card">{task.view(subject, close)}</div> }.into_any(),
    };
    view! {
        <div class="buttons">
            {opener(Open::Note, Icon::Note, words::ADD_NOTE, "note-text")}
            {opener(Open::Task, Icon::Task, words::ADD_TASK, "task-title")}
        </div>
        {form}
    }
    .into_any()
}

/// A note while it is written.
#[derive(Clone, Copy)]
struct NoteDraft {
    form: Form,
    text: RwSignal<String>,
    /// The same for every attempt: however often it is sent, it is one note.
    key: StoredValue<String>,
}

impl NoteDraft {
    fn new(subject: Subject) -> Self {
        let form = Form::new(subject.scope.reach, "note");
        Self { form, text: RwSignal::new(String::new()), key: StoredValue::new(new_key()) }
    }

    fn view(self, subject: Subject, close: Callback<()>) -> AnyView {
        let Self { form, text, key } = self;
        let fields = Input::new(form, "text", words::NOTE, text).lines(4).view();
        let end = Callback::new(move |()| {
            text.set(String::new());
            key.set_value(new_key());
            end(form, close);
        });
        form.view(words::SAVE, fields, cancel(end), move || {
            let body = NewNote {
                key: key.get_value(),
                record: Some(subject.id),
                call: None,
                text: text.get_untracked(),
                status: None,
            };
            form.send(async move { create::<Note>("/api/notes", &body).await }, move |_| {
                subject.scope.say(words::NOTE_SAVED);
                subject.timeline.reload_soon();
                end.run(());
            });
        })
    }
}

/// A task while it is written.
#[derive(Clone, Copy)]
struct TaskDraft {
    form: Form,
    title: RwSignal<String>,
    due: RwSignal<String>,
    /// As that of a note.
    key: StoredValue<String>,
}

impl TaskDraft {
    fn new(subject: Subject) -> Self {
        let (title, due) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
        let form = Form::new(subject.scope.reach, "task");
        Self { form, title, due, key: StoredValue::new(new_key()) }
    }

    fn view(self, subject: Subject, close: Callback<()>) -> AnyView {
        let Self { form, title, due, key } = self;
        let fields = vec![
            Input::new(form, "title", words::TASK, title).required(true).view(),
            Input::new(form, "due_at", words::DUE, due).kind("date").view(),
        ];
        let end = Callback::new(move |()| {
            title.set(String::new());
            due.set(String::new());
            key.set_value(new_key());
            end(form, close);
        });
        form.view(words::SAVE, fields.into_any(), cancel(end), move || {
            let body = NewTask {
                key: key.get_value(),
                record: Some(subject.id),
                title: title.get_untracked(),
                due_at: read_date(&due.get_untracked()),
                assignee: None,
            };
            form.send(async move { create::<Task>("/api/tasks", &body).await }, move |_| {
                subject.scope.say(words::TASK_SAVED);
                subject.timeline.reload_soon();
                subject.related.reload_soon();
                end.run(());
            });
        })
    }
}

/// Nothing is left of what was written.
fn end(form: Form, close: Callback<()>) {
    form.clear();
    form.settle();
    close.run(());
}

fn cancel(end: Callback<()>) -> AnyView {
    view! { <button type="button" class="button" on:click=move |_| end.run(())>{words::CANCEL}</button> }
        .into_any()
}
