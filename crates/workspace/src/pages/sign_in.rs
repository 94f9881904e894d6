//! The way in.

use gloo_net::http::Method;
use leptos::prelude::*;
use ringdock_api::session::{DemoSignIn, DemoUser, Session, SignIn, SignInPage};

use crate::{
    client::{Fetched, Load, Reach, send},
    parts::{Form, Icon, Input, icon, page_heading, refused},
    words,
};

/// Asks who is there; `enter` is given the session.
pub fn sign_in(reach: Reach, enter: Callback<Session>) -> AnyView {
    let page: Fetched<SignInPage> = Fetched::new(reach, || Some("/api/sign-in".to_owned()));
    let inside = move || match page.state() {
        Load::Waiting => ().into_any(),
        Load::Refused(failure) => refused(&failure),
        Load::Here(page) => choices(reach, page, enter),
    };
    view! { <main class="sign-in" id="content"><div class="card">{inside}</div></main> }.into_any()
}

fn choices(reach: Reach, page: SignInPage, enter: Callback<Session>) -> AnyView {
    let heading = page.workspace;
    let demo = !page.demo_users.is_empty();
    let form = password(reach, enter);
    let rest = if demo {
        view! { <details class="or"><summary>{words::OR_PASSWORD}</summary>{form}</details> }
            .into_any()
    } else {
        form
    };
    view! {
        <div class="brand">{icon(Icon::Phone)}</div>
        {page_heading(move || heading.clone())}
        {demo.then(|| demo_users(reach, page.demo_users, enter))}
        {rest}
    }
    .into_any()
}

fn demo_users(reach: Reach, users: Vec<DemoUser>, enter: Callback<Session>) -> AnyView {
    let form = Form::new(reach, "demo");
    let rows = users.into_iter().map(|user| {
        let login = user.login.clone();
        let act = move |_| {
            let body = DemoSignIn { login: login.clone() };
            form.send(
                async move { send(Method::POST, "/api/session/demo", &body).await },
                move |session| enter.run(session),
            );
        };
        view! {
            <li>
                <button type="button" class="person" on:click=act>
                    <span class="avatar" aria-hidden="true">{words::initials(&user.name)}</span>
                    <span class="person-name">
                        <span><span class="unseen">{words::SIGN_IN_AS}" "</span>{user.name.clone()}</span>
                        " "<small>{user.role}</small>
                    </span>
                    {icon(Icon::Right)}
                </button>
            </li>
        }
    });
    view! {
        <h2>{words::DEMO_USERS}</h2>
        <p class="muted">{words::DEMO_TEXT}</p>
        <ul class="people">{rows.collect_view()}</ul>
        {form.alert()}
    }
    .into_any()
}

fn password(reach: Reach, enter: Callback<Session>) -> AnyView {
    let form = Form::new(reach, "sign-in");
    let login = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let fields = vec![
        Input::new(form, "login", words::USER, login).autocomplete("username").view(),
        Input::new(form, "password", words::PASSWORD, password)
            .kind("password")
            .autocomplete("current-password")
            .view(),
    ];
    form.view(words::SIGN_IN, fields.into_any(), ().into_any(), move || {
        let body = SignIn { login: login.get_untracked(), password: password.get_untracked() };
        form.send(async move { send(Method::POST, "/api/session", &body).await }, move |session| {
            enter.run(session)
        });
    })
}
