//! What stands where there is nothing to show.

use leptos::prelude::*;

use crate::{
    client::Failure,
    parts::{Icon, empty, page_heading},
    route::Route,
    words,
};

/// An address that leads nowhere.
pub fn no_page() -> AnyView {
    lost(words::NO_PAGE, words::NO_PAGE_TEXT, Route::Home, words::TO_BEGINNING.to_owned())
}

/// A record of the type `kind` that is not shown; `plural` is what many of them are called.
pub fn no_record(failure: &Failure, kind: &str, plural: &str) -> AnyView {
    let (title, text) = match failure.is_missing() {
        true => (words::NOT_THERE, words::NO_RECORD_TEXT.to_owned()),
        false => (words::NOT_SHOWN, failure.sentence()),
    };
    lost(title, &text, Route::records(kind), words::all_of(plural))
}

fn lost(title: &'static str, text: &str, back: Route, word: String) -> AnyView {
    let back = view! { <a class="button" href=back.href()>{word}</a> }.into_any();
    view! { {page_heading(|| title.to_owned())}{empty(Icon::Warning, "", text, back)} }.into_any()
}
