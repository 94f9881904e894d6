//! What happened to the record: calls, notes and tasks in one stream, newest first.

use leptos::prelude::*;
use ringdock_api::timeline::Entry;

use super::{Subject, entry::entry};
use crate::{
    client::Paged,
    pages::records::more,
    parts::{Icon, empty, loaded},
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
    let entries = move || {
        loaded(timeline.state(), 6, |entries| {
            if entries.is_empty() {
                let none = ().into_any();
                return empty(Icon::Clock, words::NO_ENTRIES, words::NO_ENTRIES_TEXT, none);
            }
            let rows = entries.into_iter().map(|what| entry(subject, what)).collect_view();
            view! { <ol class="timeline">{rows}</ol> }.into_any()
        })
    };
    vec![entries.into_any(), more(timeline)].into_any()
}
