//! A task on the timeline.

use gloo_net::http::Method;
use leptos::prelude::*;
use ringdock_api::task::{Task, TaskChange};

use super::Subject;
use crate::{
    client::send,
    parts::{Form, badge, keep_focus},
    state::{day_start, now},
    words,
};

/// The row of a task. `ticked` says whether it was ticked on or off here.
pub fn task_row(subject: Subject, task: Task, ticked: StoredValue<bool>) -> AnyView {
    let form = Form::new(subject.scope.reach, "task-done");
    let done = task.done_at.is_some();
    let due = task.due_at.map(|due| words::due(&words::date(due)));
    let is_late = !done && task.due_at.is_some_and(|due| due < day_start(now(), 0));
    let late = is_late.then(|| badge("danger", words::OVERDUE.to_owned()));
    let assignee = task.assignee.as_ref().map(|person| person.name.clone());
    let facts = [due, assignee].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let (id, title) = (task.id, task.title.clone());
    let label = words::mark_task(&title);
    let element = ["task-", &id.to_string()].concat();
    if ticked.get_value() {
        keep_focus([element.clone()]);
    }
    let toggle = move |done: bool| {
        ticked.set_value(true);
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
            <input type="checkbox" id=element aria-label=label prop:checked=done
                on:change:target=move |event| toggle(event.target().checked()) />
            <strong class:done=done>{title}</strong>
        </p>
        <p class="entry-facts muted">{late}{facts}</p>
        {form.alert()}
    }
    .into_any()
}
