//! Who is signed in, and the way out.

use gloo_net::http::Method;
use leptos::prelude::*;

use crate::{
    client::order,
    parts::{Form, Icon, icon},
    route::{Route, Section},
    state::Scope,
    words,
};

/// The user with a link to their preferences, and the button that ends the session.
pub fn user(scope: Scope, leave: Callback<()>) -> AnyView {
    let form = Form::new(scope.reach, "sign-out");
    let name = move || scope.session.with(|session| session.name.clone());
    let out = move |_| {
        form.send(order(Method::DELETE, "/api/session"), move |()| leave.run(()));
    };
    view! {
        <div class="user">
            <a class="person-link" href=Route::Settings(Section::Preferences).href()>
                <span class="avatar" aria-hidden="true">{move || words::initials(&name())}</span>
                <span class="person-name">
                    {name}<small>{move || scope.session.with(|session| session.role.clone())}</small>
                </span>
            </a>
            <button type="button" class="icon-button" aria-label=words::SIGN_OUT title=words::SIGN_OUT on:click=out>
                {icon(Icon::SignOut)}
            </button>
        </div>
        {form.alert()}
    }
    .into_any()
}
