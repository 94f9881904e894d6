//! What happened to the record: calls, notes and tasks in one stream, newest first.

use leptos::prelude::*;
use ringdock_api::{
    Id,
    timeline::{Entry, What},
};

use super::{Subject, entry::entry};
use crate::{
    client::Paged,
    parts::{Icon, empty, keyed, more},
    state::Scope,
    words,
};

/// The stream, in parts.
pub type Timeline = Paged<Entry>;

/// The stream of the record whose timeline is at `path`.
pub fn timeline(scope: Scope, path: String) -> Timeline {
    Paged::new(scope.reach, move || path.clone())
}

/// The stream on the page.
pub fn view(subject: Subject) -> AnyView {
    let timeline = subject.timeline;
    let entries = keyed(
        move || timeline.state(),
        6,
        key,
        || empty(Icon::Clock, words::NO_ENTRIES, words::NO_ENTRIES_TEXT, ().into_any()),
        move |what| entry(subject, what),
        |rows| view! { <ol class="timeline">{rows}</ol> }.into_any(),
    );
    vec![entries, more(timeline)].into_any()
}

/// What tells entries apart: calls, notes and tasks are counted each for themselves.
fn key(entry: &Entry) -> (u8, Id) {
    match &entry.what {
        What::Call(call) => (0, call.id),
        What::Note(note) => (1, note.id),
        What::Task(task) => (2, task.id),
    }
}
