//! A list whose entries are made, changed and deleted in a form above it.

use std::sync::Arc;

use gloo_net::http::Method;
use leptos::prelude::*;
use ringdock_api::Page;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    client::{Fetched, order, send},
    parts::{Form, Icon, Question, empty, focus, focus_first, has_focus, icon, loaded},
    state::Scope,
    words,
};

/// The `id` of the button that makes a new entry.
const ADD: &str = "editor-add";
/// The `id` of the form.
const FORM: &str = "editor-form";

/// What is in the form.
#[derive(Clone, PartialEq)]
enum Open<T> {
    Nothing,
    New,
    Old(T),
}

/// The list and its form.
pub struct Editor<T: Send + Sync + 'static> {
    scope: Scope,
    /// The route of the list; an entry's is behind it.
    path: &'static str,
    /// What tells an entry apart.
    name: fn(&T) -> &str,
    pub list: Fetched<Page<T>>,
    open: RwSignal<Open<T>>,
    /// The `id` of the button that opened the form, which gets the keyboard when the form is closed.
    opener: StoredValue<Option<String>>,
}

impl<T: Send + Sync + 'static> Clone for Editor<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Editor<T> {}

impl<T: DeserializeOwned + Clone + PartialEq + Send + Sync + 'static> Editor<T> {
    /// The list at `path`, each entry of which is called by its `name`.
    pub fn new(scope: Scope, path: &'static str, name: fn(&T) -> &str) -> Self {
        let list = Fetched::new(scope.reach, move || Some(path.to_owned()));
        let (open, opener) = (RwSignal::new(Open::Nothing), StoredValue::new(None));
        Self { scope, path, name, list, open, opener }
    }

    /// The list with the button `add`. `form` is the form for an entry (none: a new one), `table` the entries.
    pub fn view(
        self,
        add: &'static str,
        form: impl Fn(Option<T>) -> AnyView + Send + Sync + 'static,
        table: impl Fn(Vec<T>) -> AnyView + Send + Sync + 'static,
    ) -> AnyView {
        let (form, table) = (Arc::new(form), Arc::new(table));
        let editing = move || {
            let (title, entry) = match self.open.get() {
                Open::Nothing => return ().into_any(),
                Open::New => (add.to_owned(), None),
                Open::Old(entry) => (words::edit((self.name)(&entry)), Some(entry)),
            };
            view! {
                <section class="card" id=FORM aria-labelledby="editor-title">
                    <div class="card-top"><h2 id="editor-title">{title}</h2></div>
                    {form(entry)}
                </section>
            }
            .into_any()
        };
        let entries = move || {
            let table = table.clone();
            // Drawing the rows anew may have taken the keyboard's button away.
            request_animation_frame(move || self.give_keyboard_back());
            loaded(self.list.state(), 5, move |page| match page.items {
                items if items.is_empty() => {
                    empty(Icon::Settings, words::NONE_YET, "", ().into_any())
                }
                items => table(items),
            })
        };
        view! {
            <div class="buttons">
                <button type="button" class="button primary" id=ADD
                    on:click=move |_| self.show(Open::New, ADD.to_owned())>
                    {icon(Icon::Plus)}<span>{add}</span>
                </button>
            </div>
            {editing}
            <div class="card list scroll">{entries}</div>
        }
        .into_any()
    }

    /// Opens the form; `opener` is the `id` of the button that was pressed.
    fn show(self, what: Open<T>, opener: String) {
        self.scope.router.unsaved().before(move || {
            self.opener.set_value(Some(opener.clone()));
            self.open.set(what.clone());
            window().scroll_to_with_x_and_y(0.0, 0.0);
            request_animation_frame(|| focus_first(FORM));
        });
    }

    /// Closes the form.
    fn close(self) {
        self.open.set(Open::Nothing);
        request_animation_frame(move || self.give_keyboard_back());
    }

    /// The keyboard goes back to the button that opened the form, unless it is elsewhere. An entry that is gone, or has
    /// another name, has no such button.
    fn give_keyboard_back(self) {
        let closed = self.open.try_with_untracked(|open| *open == Open::Nothing);
        let opener = self.opener.try_get_value().flatten();
        let Some(opener) = opener.filter(|_| closed == Some(true) && !has_focus()) else { return };
        focus(&opener);
        if !has_focus() {
            focus(ADD);
        }
    }

    /// The button of a row that puts its entry into the form.
    pub fn edit_button(self, entry: &T) -> AnyView {
        let entry = entry.clone();
        let label = words::edit((self.name)(&entry));
        let id = label.split_whitespace().collect::<Vec<_>>().join("-");
        let opener = id.clone();
        view! {
            <button type="button" class="icon-button" id=id aria-label=label title=words::EDIT
                on:click=move |_| self.show(Open::Old(entry.clone()), opener.clone())>{icon(Icon::Edit)}</button>
        }
        .into_any()
    }

    /// Closes the form and fetches the list again.
    pub fn saved(self) {
        self.close();
        self.list.reload();
        self.scope.say(words::SAVED);
    }

    /// Sends an entry: a new one if `id` is none.
    pub fn save(self, form: Form, id: Option<String>, body: impl Serialize + 'static) {
        let (method, path) = match id {
            None => (Method::POST, self.path.to_owned()),
            Some(id) => (Method::PUT, [self.path, "/", &id].concat()),
        };
        form.send(async move { send::<T>(method, &path, &body).await }, move |_| self.saved());
    }

    /// The buttons beside **Save**: one that closes the form, and one that deletes the entry of that id.
    pub fn buttons(self, id: Option<String>) -> AnyView {
        let question = Form::new(self.scope.reach, "delete");
        let dialog = Question::new(question);
        let asked = self.open.with_untracked(|open| match open {
            Open::Old(entry) => words::delete_this((self.name)(entry)),
            Open::Nothing | Open::New => String::new(),
        });
        let delete = id.map(|id| {
            let act = move || {
                let path = [self.path, "/", &id].concat();
                question.send(async move { order(Method::DELETE, &path).await }, move |()| {
                    dialog.close();
                    self.saved();
                });
            };
            view! {
                <button type="button" class="button end-button" on:click=move |_| dialog.ask()>
                    {icon(Icon::Trash)}<span>{words::DELETE}</span>
                </button>
                {dialog.view(asked, words::DELETE_THIS_TEXT, words::DELETE, act)}
            }
        });
        view! {
            <button type="button" class="button" on:click=move |_| self.close()>{words::CANCEL}</button>
            {delete}
        }
        .into_any()
    }
}
