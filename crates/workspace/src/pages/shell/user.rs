//! Who is signed in, and the way out.

use gloo_net::http::Method;
use leptos::prelude::*;

use crate::{
    client::order,
    dock,
    parts::{Form, Icon, Question, icon},
    route::{Route, Section},
    state::Scope,
    words,
};

/// The user with a link to their preferences, and the button that ends the session.
pub fn user(scope: Scope, leave: Callback<()>) -> AnyView {
    let form = Form::new(scope.reach, "sign-out");
    let in_call = Form::new(scope.reach, "sign-out-in-call");
    let name = move || scope.session.with(|session| session.name.clone());
    let question = Question::new(in_call);
    let out = move |form: Form| {
        form.send(order(Method::DELETE, "/api/session"), move |()| leave.run(()));
    };
    // The line goes with the session, and the call with the line.
    let ask = move || if dock::in_call() { question.ask() } else { out(form) };
    view! {
        <div class="user">
            <a class="person-link" href=Route::Settings(Section::Preferences).href()>
                <span class="avatar" aria-hidden="true">{move || words::initials(&name())}</span>
                <span class="person-name">
                    {name}<small>{move || scope.session.with(|session| session.role.clone())}</small>
                </span>
            </a>
            <button type="button" class="icon-button" aria-label=words::SIGN_OUT title=words::SIGN_OUT
                on:click=move |_| scope.router.unsaved().before(ask)>
                {icon(Icon::SignOut)}
            </button>
        </div>
        {form.alert()}
        {question.view(words::SIGN_OUT_IN_CALL, words::SIGN_OUT_IN_CALL_TEXT, words::SIGN_OUT, move || out(in_call))}
    }
    .into_any()
}
