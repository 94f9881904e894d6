//! One record: its fields, what belongs to it, and what happened to it.

mod call_backs;
mod compose;
mod details;
mod edit;
mod entry;
mod header;
mod offered;
mod related;
mod task;
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
    client::{Failure, Fetched, Load},
    pages::lost::no_record,
    parts::{Icon, icon, skeleton},
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
    /// Whether the record has gone, and its page stands only for what was typed there.
    fn is_gone(self) -> bool {
        matches!(self.record.state(), Load::Refused(_))
    }

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
    // The frame stays while the record in it changes, and its type.
    let kind = Memo::new({
        let key = key.clone();
        move |_| scope.kind(&key)
    });
    let has_kind = Memo::new(move |_| kind.with(Option::is_some));
    let unsaved = scope.router.unsaved();
    let stands = Memo::new(move |before: Option<&Option<Result<(), Failure>>>| {
        match subject.record.state() {
            Load::Waiting => None,
            Load::Here(_) => Some(Ok(())),
            // What was typed here and is not saved stays on screen, whatever becomes of the record.
            Load::Refused(_) if before == Some(&Some(Ok(()))) && unsaved.any() => Some(Ok(())),
            Load::Refused(failure) => Some(Err(failure)),
        }
    });
    (move || match (stands.get(), has_kind.get()) {
        (Some(Ok(())), true) => match kind.get_untracked() {
            Some(first) => frame(subject, kind, first),
            None => ().into_any(),
        },
        (Some(Err(failure)), _) => {
            let plural = kind.with_untracked(|kind| kind.as_ref().map(|kind| kind.plural.clone()));
            no_record(&failure, &key, &plural.unwrap_or_default())
        }
        _ => skeleton(12),
    })
    .into_any()
}

fn frame(subject: Subject, kind: Memo<Option<RecordType>>, first: RecordType) -> AnyView {
    let kind = Memo::new(move |_| kind.get().unwrap_or_else(|| first.clone()));
    let is_gone = Memo::new(move |_| subject.is_gone());
    view! {
        {header::header(subject, kind)}
        <div role="alert">
            {move || is_gone.get().then(|| view! {
                <p class="alert page-alert">{icon(Icon::Warning)}<span>{words::DELETED_ELSEWHERE}</span></p>
            })}
        </div>
        {call_backs::call_backs(subject)}
        <div class="columns">
            <div class="column-side">
                {details::details(subject, kind)}
                {related::related(subject, kind)}
            </div>
            <section class="column-main" aria-labelledby="timeline-heading">
                <h2 id="timeline-heading" class="section-heading" tabindex="-1">{words::TIMELINE}</h2>
                {compose::compose(subject)}
                {offered::offered(subject)}
                {timeline::view(subject)}
            </section>
        </div>
    }
    .into_any()
}
