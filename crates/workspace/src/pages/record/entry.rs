//! One thing that happened.

use gloo_net::http::Method;
use leptos::prelude::*;
use ringdock_api::{
    call::{Call, Direction, Outcome},
    note::Note,
    task::{Task, TaskChange},
    timeline::{Entry, What},
};

use super::Subject;
use crate::{
    client::send,
    parts::{Form, Icon, badge, icon, other_side, outcome_badge, player},
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
            <time class="muted small">{move || words::moment(entry.with(|entry| entry.at))}</time>
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
    (move || match entry.get().what {
        What::Call(_) => ().into_any(),
        What::Note(note) => note_row(subject, &note),
        What::Task(task) => task_row(subject, task),
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
    let reason = call.reason.clone().filter(|_| call.outcome != Outcome::Answered);
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

fn task_row(subject: Subject, task: Task) -> AnyView {
    let form = Form::new(subject.scope.reach, "task-done");
    let done = task.done_at.is_some();
    let due = task.due_at.map(|due| words::due(&words::date(due)));
    let assignee = task.assignee.as_ref().map(|person| person.name.clone());
    let facts = [due, assignee].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let (id, title) = (task.id, task.title.clone());
    let label = words::mark_task(&title);
    let toggle = move |done: bool| {
        let change = TaskChange {
            title: task.title.clone(),
            due_at: task.due_at,
            assignee: task.assignee.as_ref().map(|person| person.id),
            done,
        };
        let path = ["/api/tasks/", &id.to_string()].concat();
        form.send(async move { send::<Task>(Method::PUT, &path, &change).await }, move |_| {
            subject.timeline.reload_soon()
        });
    };
    view! {
        <p class="entry-line">
            <input type="checkbox" aria-label=label prop:checked=done
                on:change:target=move |event| toggle(event.target().checked()) />
            <strong class:done=done>{title}</strong>
        </p>
        <p class="entry-facts muted">{facts}</p>
        {form.alert()}
    }
    .into_any()
}
