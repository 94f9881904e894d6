//! What stands around every page while somebody is signed in.

mod leave;
pub mod menu;
mod team;
mod user;

use leptos::prelude::*;
use ringdock_api::record::RecordQuery;

use super::{calls, lost::no_page, record, records, settings, statistics};
use crate::{
    parts::{Arrival, Icon, icon},
    route::Route,
    state::Scope,
    words,
};

/// The menu, the page, and the word about what was done. `leave` is told when somebody signs out.
pub fn shell(scope: Scope, leave: Callback<()>) -> AnyView {
    // On a narrow window the menu is behind a button.
    let open = RwSignal::new(false);
    let route = scope.router.route();
    let page = Memo::new_with_compare(
        move |_| route.get(),
        |before, now| !matches!((before, now), (Some(a), Some(b)) if a.same_page(b)),
    );
    follow_page(page, open, Arrival::provide());
    provide_context(scope.router.unsaved());
    view! {
        <a class="skip" href="#content">{words::SKIP}</a>
        <div class="shell" data-menu=move || open.get().then_some("open")>
            <header class="side">
                <div class="side-top">
                    <a class="home" href="/">
                        <span class="brand">{icon(Icon::Phone)}</span>
                        <span>{move || scope.session.with(|session| session.workspace.clone())}</span>
                    </a>
                    <button type="button" class="icon-button menu-button" aria-label=words::MENU
                        aria-expanded=move || open.get().to_string() aria-controls="menu"
                        on:click=move |_| open.update(|open| *open = !*open)>
                        {move || icon(if open.get() { Icon::Close } else { Icon::Menu })}
                    </button>
                </div>
                <div class="side-body" id="menu">
                    {menu::menu(scope)}
                    {team::team(scope)}
                    {user::user(scope, leave)}
                </div>
            </header>
            <main id="content" tabindex="-1">{move || show(scope, page.get())}</main>
            <div class="toast" role="status">
                {move || scope.said.get().map(|said| view! { <p>{icon(Icon::Check)}<span>{said}</span></p> })}
            </div>
            {leave::question(scope)}
        </div>
    }
    .into_any()
}

/// A new page begins at its top, with the keyboard at its heading.
fn follow_page(page: Memo<Route>, open: RwSignal<bool>, arrival: Arrival) {
    Effect::new(move |before: Option<Route>| {
        let now = page.get();
        if before.is_some_and(|before| before != now) {
            open.set(false);
            arrival.expect();
            // Once the page is drawn.
            request_animation_frame(|| window().scroll_to_with_x_and_y(0.0, 0.0));
        }
        now
    });
}

fn show(scope: Scope, route: Route) -> AnyView {
    match route {
        Route::Home => {
            // The first of the menu.
            scope.router.replace(&Route::records("contact"));
            ().into_any()
        }
        Route::Records(RecordQuery { record_type, .. }) => {
            records::list(scope, record_type.unwrap_or_default())
        }
        Route::NewRecord { kind, link, to } => records::new(scope, kind, link.zip(to)),
        Route::Record { kind, id } => record::page(scope, kind, id),
        Route::Calls(_) => calls::page(scope),
        Route::Statistics { .. } => statistics::page(scope),
        Route::Settings(section) => settings::page(scope, section),
        Route::Unknown => no_page(),
    }
}
