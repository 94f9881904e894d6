//! Decides between the way in and the pages.

use leptos::prelude::*;
use ringdock_api::session::Session;
use wasm_bindgen_futures::spawn_local;

use crate::{
    client::{self, Reach},
    dock,
    pages::{away, session_over, shell, sign_in},
    route::Router,
    state::Scope,
};

/// Who is there.
#[derive(Clone, PartialEq)]
enum Who {
    /// Not known yet.
    Unknown,
    /// Nobody is signed in.
    Nobody,
    /// A user is.
    Somebody(Session),
}

/// The whole application.
pub fn app() -> AnyView {
    let reach = Reach::new();
    let router = Router::new();
    let who = RwSignal::new(Who::Unknown);
    dock::follow(router);
    find_out(reach, who);
    let leave = Callback::new(move |()| {
        reach.signed_out().set(false);
        who.set(Who::Nobody);
    });
    // A call needs no session: it goes on, and the person leaves when they want to.
    Effect::new(move |_| {
        if reach.signed_out().get() && !dock::in_call() {
            leave.run(());
        }
    });
    let page = move || match who.get() {
        Who::Unknown => ().into_any(),
        Who::Nobody => {
            sign_in(reach, Callback::new(move |session| who.set(Who::Somebody(session))))
        }
        Who::Somebody(session) => shell(Scope::new(reach, router, session), leave),
    };
    vec![away(reach), session_over(reach, leave), page.into_any()].into_any()
}

/// Asks the server who is signed in, as often as it takes.
fn find_out(reach: Reach, who: RwSignal<Who>) {
    Effect::new(move |_| {
        reach.track();
        if who.with_untracked(|who| *who != Who::Unknown) {
            return;
        }
        spawn_local(async move {
            match client::get("/api/session").await {
                Ok(session) => who.set(Who::Somebody(session)),
                Err(failure) if failure.passes() => reach.lost(),
                Err(_) => who.set(Who::Nobody),
            }
        });
    });
}
