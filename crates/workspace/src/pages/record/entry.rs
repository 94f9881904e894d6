//! One thing that happened.

use leptos::prelude::*;
use ringdock_api::{
    call::{Call, Direction, Outcome},
    note::Note,
    timeline::{Entry, What},
};

use super::{Subject, task::task_row};
use crate::{
    parts::{Icon, badge, icon, moment, other_side, outcome_badge, player},
    words,
};

/// The row of an entry.
pub fn entry(subject: Subject, entry: Signal<Entry>) -> AnyView {
    let (kind, content) = match entry.get_untracked().what {
        What::Call(call) => ("entry call", call_row(subject, call_of(entry, call))),
        What::Note(_) => ("entry note", other_row(subject, entry)),
        What::Task(_) => ("entry task", other_row(subject, entry)),
    };
    let sign = move || {
        entry.with(|entry| match &entry.what {
            What::Call(call) => icon(call_icon(call)),
            What::Note(_) => icon(Icon::Note),
            What::Task(_) => icon(Icon::Task),
        })
    };
    view! {
        <li class=kind>
            <span class="entry-sign">{sign}</span>
            <div class="entry-body">{content}</div>
            <span class="entry-time muted small">{move || moment(entry.with(|entry| entry.at))}</span>
        </li>
    }
    .into_any()
}

/// The call of an entry that is one.
fn call_of(entry: Signal<Entry>, first: Call) -> Signal<Call> {
    Signal::derive(move || match entry.get().what {
        What::Call(call) => call,
        What::Note(_) | What::Task(_) => first.clone(),
    })
}

fn other_row(subject: Subject, entry: Signal<Entry>) -> AnyView {
    // Whether the task was ticked here: drawn anew, it gets the keyboard back.
    let ticked = StoredValue::new(false);
    (move || match entry.get().what {
        What::Call(_) => ().into_any(),
        What::Note(note) => note_row(subject, &note),
        What::Task(task) => task_row(subject, task, ticked),
    })
    .into_any()
}

/// The sign of a call: where it came from, and whether anybody took it.
pub fn call_icon(call: &Call) -> Icon {
    match (call.direction, call.outcome) {
        (Direction::Incoming, Outcome::Answered | Outcome::Ringing) => Icon::Incoming,
        (Direction::Incoming, _) => Icon::Missed,
        (Direction::Outgoing, _) => Icon::Outgoing,
    }
}

fn call_row(subject: Subject, call: Signal<Call>) -> AnyView {
    let notes = move || {
        call.with(|call| call.notes.iter().map(|note| note_body(subject, note)).collect_view())
    };
    view! {
        {move || call.with(|call| call_facts(subject, call))}
        {player(call)}
        {notes}
    }
    .into_any()
}

fn call_facts(subject: Subject, call: &Call) -> AnyView {
    let talk = (call.talk_seconds > 0).then(|| {
        view! { <span class="number" title=words::TALK_TIME>{words::talk(call.talk_seconds)}</span> }
    });
    let agent = call.agent.as_ref().map(|agent| view! { <span>{agent.name.clone()}</span> });
    let business = call.business.as_ref().map(|business| {
        view! { <span title=business.number.clone()>{words::through(call.direction, business)}</span> }
    });
    let reason = words::why_failed(call).map(str::to_owned);
    view! {
        <p class="entry-line">
            <strong>{words::call_title(call.direction)}</strong>
            {outcome_badge(call)}
            {talk}
        </p>
        <p class="entry-facts muted">
            {other_side(subject.scope, call)}
            {business}
            {agent}
        </p>
        {reason.map(|reason| view! { <p class="muted small">{reason}</p> })}
    }
    .into_any()
}

fn note_row(subject: Subject, note: &Note) -> AnyView {
    let author = note.author.as_ref().map_or(words::A_PROGRAM, |author| author.name.as_str());
    view! {
        <p class="entry-line"><strong>{words::NOTE}</strong><span class="muted">{author.to_owned()}</span></p>
        {note_body(subject, note)}
    }
    .into_any()
}

fn note_body(subject: Subject, note: &Note) -> AnyView {
    let status = note.status.as_ref().map(|change| {
        let label = |value: &str| status_label(subject, value);
        badge(
            "info",
            words::status_change(change.from.as_deref().map(label).as_deref(), &label(&change.to)),
        )
    });
    let text = (!note.text.is_empty())
        .then(|| view! { <blockquote class="note-text">{note.text.clone()}</blockquote> });
    view! { {status}{text} }.into_any()
}

/// What the record's type calls a status.
fn status_label(subject: Subject, value: &str) -> String {
    let kind = subject.record.with(|record| record.map(|record| record.record_type.clone()));
    let kind = kind.and_then(|key| subject.scope.kind(&key));
    kind.as_ref()
        .and_then(|kind| kind.status_field())
        .and_then(|field| field.options.iter().find(|option| option.value == value))
        .map_or_else(|| value.to_owned(), |option| option.label.clone())
}
