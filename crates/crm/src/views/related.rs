//! What is open around the other side: three lines of each at most, more on demand.

use super::open::Opener;
use crate::crm::Crm;
use crate::drafts::is_record;
use crate::words;
use leptos::prelude::*;
use ringdock_api::call_back::CallBack;
use ringdock_api::matching::{Match, Related};
use ringdock_api::note::Note;
use ringdock_api::record::RecordBrief;
use ringdock_api::task::Task;
use wasm_bindgen_futures::spawn_local;

/// So many lines of a list are shown at first.
const LINES: usize = 3;

/// So many characters of a note are seen in its line, roughly.
const LINE: usize = 30;

/// Identity, and the lists.
pub fn related(crm: Crm, open: Opener, found: Match) -> impl IntoView {
    let Related { account, deals, cases, tasks, notes, call_backs } = found.related;
    let about = found.record.clone();
    let task = |one: Task| task(open, one.record.clone().unwrap_or_else(|| about.clone()), one);
    let note = |one: Note| note(open, about.clone(), one);
    let call_backs = list(words::CALL_BACKS, call_backs.into_iter().map(|one| call_back(crm, one)));
    view! {
        {identity(crm, open, found.record, account)}
        {call_backs}
        {list(words::DEALS, deals.into_iter().map(|one| brief(crm, open, one)))}
        {list(words::CASES, cases.into_iter().map(|one| brief(crm, open, one)))}
        {list(words::TASKS, tasks.into_iter().map(task))}
        {list(words::NOTES, notes.into_iter().map(note))}
    }
}

/// What the other side is, where it stands, and where it belongs to.
fn identity(
    crm: Crm,
    open: Opener,
    record: RecordBrief,
    account: Option<RecordBrief>,
) -> impl IntoView {
    let kind = {
        let key = record.record_type.clone();
        move || crm.types.with(|types| words::type_name(types, &key))
    };
    let account = account.map(|account| {
        let title = account.title.clone();
        view! { " · " <button type="button" class="link" on:click=move |_| open.open(&account)>{title}</button> }
    });
    let status = is_record(&record).then(|| status(crm, record));
    view! { <p class="identity">{kind} {account} {status}</p> }
}

/// The label of a record's status.
fn status(crm: Crm, record: RecordBrief) -> impl IntoView {
    let label = Memo::new(move |_| {
        let value = record.status.as_deref()?;
        crm.types.with(|types| {
            let kind = types.iter().find(|kind| kind.key == record.record_type)?;
            let option =
                kind.status_field()?.options.iter().find(|option| option.value == value)?;
            Some(option.label.clone())
        })
    });
    move || label.get().map(|label| view! { " " <span class="chip">{label}</span> })
}

fn list(title: &'static str, lines: impl Iterator<Item = AnyView>) -> Option<AnyView> {
    let mut lines: Vec<AnyView> = lines.collect();
    let count = lines.len();
    if count == 0 {
        return None;
    }
    let rest = lines.split_off(count.min(LINES));
    let all = RwSignal::new(false);
    let more = (!rest.is_empty()).then(|| {
        let label = move || {
            if all.get() { words::SHOW_LESS.to_owned() } else { words::show_all(count, title) }
        };
        let expanded = move || all.get().to_string();
        view! {
            <button type="button" class="link" aria-expanded=expanded
                on:click=move |_| all.update(|all| *all = !*all)>{label}</button>
        }
    });
    let item = |line| view! { <li>{line}</li> };
    let first = lines.into_iter().map(item).collect_view();
    let rest = rest
        .into_iter()
        .map(|line| view! { <li hidden=move || !all.get()>{line}</li> })
        .collect_view();
    Some(
        view! {
            <section class="related">
                <h3 class="section-title">{title} " " <span class="count">{count}</span></h3>
                <ul>{first} {rest}</ul>
                {more}
            </section>
        }
        .into_any(),
    )
}

fn brief(crm: Crm, open: Opener, record: RecordBrief) -> AnyView {
    let title = record.title.clone();
    let status = status(crm, record.clone());
    view! {
        <button type="button" class="link line" on:click=move |_| open.open(&record)>{title}</button>
        {status}
    }
    .into_any()
}

/// Leads to the record that the task is about.
fn task(open: Opener, record: RecordBrief, task: Task) -> AnyView {
    let due = task.due_at.map(words::day).unwrap_or_default();
    view! {
        <button type="button" class="link line" on:click=move |_| open.open(&record)>{task.title}</button>
        <span class="when">{due}</span>
    }
    .into_any()
}

/// Leads to the record that the note is about. One that is longer than its line can be unfolded.
fn note(open: Opener, record: RecordBrief, note: Note) -> AnyView {
    let day = words::day(note.created_at);
    let whole = RwSignal::new(false);
    let is_long = note.text.chars().count() > LINE || note.text.trim().contains('\n');
    let more = is_long.then(|| {
        let word = move || if whole.get() { words::LESS } else { words::MORE };
        let day = day.clone();
        view! {
            <button type="button" class="link" aria-label=move || words::of_note(word(), &day)
                aria-expanded=move || whole.get().to_string()
                on:click=move |_| whole.update(|whole| *whole = !*whole)>{word}</button>
        }
    });
    view! {
        <button type="button" class="link line" class:whole=move || whole.get()
            on:click=move |_| open.open(&record)>{note.text}</button>
        {more}
        <span class="when">{day}</span>
    }
    .into_any()
}

/// A request to call back, which can be marked as done.
fn call_back(crm: Crm, request: CallBack) -> AnyView {
    let done = RwSignal::new(false);
    let (id, label) = (request.id, words::done_with(&request.reason));
    let mark = move |_| {
        done.set(true);
        spawn_local(async move {
            let path = format!("/api/call-backs/{id}/done");
            // The same request again does no harm; the button is back for whoever wants to send it.
            if crm.client().deliver(&path, String::new()).await.is_err() {
                done.try_set(false);
            }
        });
    };
    view! {
        <span class="line" class:struck=move || done.get()>{request.reason}</span>
        <button type="button" class="link" aria-label=label disabled=move || done.get() on:click=mark>
            {words::DONE}
        </button>
    }
    .into_any()
}
