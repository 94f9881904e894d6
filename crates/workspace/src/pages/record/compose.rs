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
    let form = move || match open.get() {
        Open::Nothing => ().into_any(),
        Open::Note => view! { <div class="card">{note(subject, close)}</div> }.into_any(),
        Open::Task => view! { <div class="card">{task(subject, close)}</div> }.into_any(),
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

fn cancel(close: Callback<()>) -> AnyView {
    view! { <button type="button" class="button" on:click=move |_| close.run(())>{words::CANCEL}</button> }
        .into_any()
}

fn note(subject: Subject, close: Callback<()>) -> AnyView {
    let form = Form::new(subject.scope.reach, "note");
    let text = RwSignal::new(String::new());
    // The same for every attempt: however often it is sent, it is one note.
    let key = new_key();
    let fields = Input::new(form, "text", words::NOTE, text).lines(4).view();
    form.view(words::SAVE, fields, cancel(close), move || {
        let body = NewNote {
            key: key.clone(),
            record: Some(subject.id),
            call: None,
            text: text.get_untracked(),
            status: None,
        };
        form.send(async move { create::<Note>("/api/notes", &body).await }, move |_| {
            subject.scope.say(words::NOTE_SAVED);
            subject.timeline.reload_soon();
            close.run(());
        });
    })
}

fn task(subject: Subject, close: Callback<()>) -> AnyView {
    let form = Form::new(subject.scope.reach, "task");
    let title = RwSignal::new(String::new());
    let due = RwSignal::new(String::new());
    let key = new_key();
    let fields = vec![
        Input::new(form, "title", words::TASK, title).required(true).view(),
        Input::new(form, "due_at", words::DUE, due).kind("date").view(),
    ];
    form.view(words::SAVE, fields.into_any(), cancel(close), move || {
        let body = NewTask {
            key: key.clone(),
            record: Some(subject.id),
            title: title.get_untracked(),
            due_at: read_date(&due.get_untracked()),
            assignee: None,
        };
        form.send(async move { create::<Task>("/api/tasks", &body).await }, move |_| {
            subject.scope.say(words::TASK_SAVED);
            subject.timeline.reload_soon();
            subject.related.reload_soon();
            close.run(());
        });
    })
}
