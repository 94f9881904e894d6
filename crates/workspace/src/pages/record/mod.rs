//! One record: its fields, what belongs to it, and what happened to it.

mod call_backs;
mod compose;
mod details;
mod edit;
mod entry;
mod header;
mod offered;
mod related;
mod timeline;

pub use entry::call_icon;
use leptos::prelude::*;
use ringdock_api::{
    Id,
    event::{Change, Event},
    matching::Related,
    record::{Record, RecordType},
};

use crate::{
    client::{Fetched, Load},
    parts::{page_heading, refused, skeleton},
    state::Scope,
    words,
};

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Subject {
    scope: Scope,
    id: Id,
    record: Fetched<Record>,
    related: Fetched<Related>,
    timeline: timeline::Timeline,
    /// Whether the fields are being changed.
    editing: RwSignal<bool>,
}

impl Subject {
    /// Follows what happens to the record elsewhere.
    fn follow(self) {
        self.scope.live.on(move |event| match event {
            Event::Record { record, change, .. } if *record == self.id => match change {
                Change::Timeline => {
                    self.timeline.reload_soon();
                    self.related.reload_soon();
                }
                _ => self.record.reload_soon(),
            },
            // A deal or a case of it.
            Event::Record { .. } => self.related.reload_soon(),
            Event::Call { records, .. } if records.contains(&self.id) => {
                self.timeline.reload_soon();
            }
            _ => {}
        });
    }
}

/// The page of a record.
pub fn page(scope: Scope, key: String, id: Id) -> AnyView {
    let at = move |rest: &str| ["/api/records/", &id.to_string(), rest].concat();
    let subject = Subject {
        scope,
        id,
        record: Fetched::new(scope.reach, move || Some(at(""))),
        related: Fetched::new(scope.reach, move || Some(at("/related"))),
        timeline: timeline::timeline(scope, at("/timeline")),
        editing: RwSignal::new(false),
    };
    subject.follow();
    // The frame stays while the record in it changes.
    let kind = Memo::new(move |_| scope.kind(&key));
    let stands = Memo::new(move |_| match subject.record.state() {
        Load::Waiting => None,
        Load::Here(_) => Some(Ok(())),
        Load::Refused(failure) => Some(Err(failure)),
    });
    (move || match (stands.get(), kind.get()) {
        (Some(Ok(())), Some(kind)) => frame(subject, kind),
        (Some(Err(failure)), _) => {
            view! { {page_heading(|| words::NOT_THERE.to_owned())}{refused(&failure)} }.into_any()
        }
        _ => skeleton(12),
    })
    .into_any()
}

fn frame(subject: Subject, kind: RecordType) -> AnyView {
    view! {
        {header::header(subject, &kind)}
        {call_backs::call_backs(subject)}
        <div class="columns">
            <div class="column-side">
                {details::details(subject, kind.clone())}
                {related::related(subject, &kind)}
            </div>
            <section class="column-main" aria-labelledby="timeline-heading">
                <h2 id="timeline-heading" class="section-heading">{words::TIMELINE}</h2>
                {compose::compose(subject)}
                {offered::offered(subject)}
                {timeline::view(subject)}
            </section>
        </div>
    }
    .into_any()
}
