//! The top of the page: what it is, its status, and what can be done with the record as a whole.

use gloo_net::http::Method;
use leptos::prelude::*;
use ringdock_api::{
    Fields,
    record::{Field, Record, RecordChange, RecordType},
};

use super::Subject;
use crate::{
    client::{order, send},
    pages::shell::menu::kind_icon,
    parts::{Form, Icon, Question, icon, page_heading},
    route::Route,
    words,
};

pub fn header(subject: Subject, kind: Memo<RecordType>) -> AnyView {
    // A record that has gone is still called as it was.
    let title = Memo::new(move |before: Option<&String>| {
        let now = subject.record.with(|record| record.map(|record| record.title.clone()));
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let key = kind.with_untracked(|kind| kind.key.clone());
    let field = Memo::new(move |_| kind.with(|kind| kind.status_field().cloned()));
    let status = move || field.get().map(|field| status(subject, field));
    view! {
        <nav class="crumbs" aria-label=words::BREADCRUMB>
            <a href=Route::records(&key).href()>
                {icon(kind_icon(&key))}<span>{move || kind.with(|kind| kind.plural.clone())}</span>
            </a>
        </nav>
        <div class="page-top">
            {page_heading(move || title.get())}
            <div class="page-actions" hidden=move || subject.is_gone()>{status}{delete(subject, key, title)}</div>
        </div>
    }
    .into_any()
}

/// The choice of a status, which is saved at once.
fn status(subject: Subject, field: Field) -> AnyView {
    let form = Form::new(subject.scope.reach, "status");
    let now = Memo::new(move |_| {
        subject.record.with(|record| record.and_then(|r| r.status.clone()).unwrap_or_default())
    });
    // What is chosen shows at once; what is refused is taken back.
    let shown = RwSignal::new(String::new());
    Effect::new(move |_| shown.set(now.get()));
    let key = field.key.clone();
    let change = move |value: String| {
        let mut fields = Fields::default();
        fields.set(&key, &value);
        shown.set(value);
        let path = ["/api/records/", &subject.id.to_string()].concat();
        form.send(
            async move {
                let change = RecordChange { fields };
                let answer = send::<Record>(Method::PATCH, &path, &change).await;
                if let (Err(_), Some(now)) = (&answer, now.try_get_untracked()) {
                    shown.set(now);
                }
                answer
            },
            move |record| {
                subject.record.set(record);
                subject.scope.say(words::SAVED);
            },
        );
    };
    let options = field.options.iter().map(|option| {
        let value = option.value.clone();
        let selected = move || shown.with(|shown| *shown == value);
        view! { <option value=option.value.clone() prop:selected=selected>{option.label.clone()}</option> }
    });
    let none = move || {
        let selected = move || shown.with(String::is_empty);
        now.with(String::is_empty)
            .then(|| view! { <option value="" prop:selected=selected></option> })
    };
    view! {
        <div class="status-choice">
            <select aria-label=field.label.clone() on:change:target=move |event| change(event.target().value())>
                {none}{options.collect_view()}
            </select>
            {form.alert()}
        </div>
    }
    .into_any()
}

fn delete(subject: Subject, kind: String, title: Memo<String>) -> AnyView {
    let question = Form::new(subject.scope.reach, "delete");
    let dialog = Question::new(question);
    let act = move || {
        let path = ["/api/records/", &subject.id.to_string()].concat();
        let kind = kind.clone();
        question.send(async move { order(Method::DELETE, &path).await }, move |()| {
            dialog.close();
            subject.scope.say(&words::deleted(&title.get_untracked()));
            subject.scope.router.replace(&Route::records(&kind));
        });
    };
    let asked = Signal::derive(move || words::delete_this(&title.get()));
    view! {
        <button type="button" class="icon-button" aria-label=words::DELETE title=words::DELETE
            on:click=move |_| dialog.ask()>{icon(Icon::Trash)}</button>
        {dialog.view(asked, words::DELETE_RECORD_TEXT, words::DELETE, act)}
    }
    .into_any()
}
