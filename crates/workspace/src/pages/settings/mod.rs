//! The settings: a menu, and one section at a time.

mod accounts;
mod country;
mod editor;
mod key_name;
mod keys;
mod numbers;
mod pbx;
mod preferences;
mod roles;
mod rows;
mod type_field;
mod types;
mod users;
mod webhooks;
mod workspace;

use leptos::prelude::*;
use ringdock_api::user::Permission;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::{
    parts::{Icon, empty, page_heading},
    route::{Route, Section},
    state::Scope,
    words,
};

/// The page of the settings.
pub fn page(scope: Scope, section: Section) -> AnyView {
    let items = move || {
        let allowed = Section::ALL.into_iter().filter(|section| allows(scope, *section));
        let item = |other: Section| {
            let current = (other == section).then_some("page");
            let href = Route::Settings(other).href();
            view! { <li><a href=href aria-current=current>{words::section(other)}</a></li> }
        };
        allowed.map(item).collect_view()
    };
    request_animation_frame(show_current);
    let allowed = Memo::new(move |_| allows(scope, section));
    let body = move || {
        if allowed.get() {
            show(scope, section)
        } else {
            empty(Icon::Key, words::NOT_ALLOWED, words::NOT_ALLOWED_TEXT, ().into_any())
        }
    };
    view! {
        <div class="settings">
            <nav class="settings-menu" aria-label=words::SETTINGS_MENU><ul>{items}</ul></nav>
            <div class="settings-body">
                {page_heading(move || words::section(section).to_owned())}
                <p class="muted settings-intro">{words::section_text(section)}</p>
                {body}
            </div>
        </div>
    }
    .into_any()
}

/// In a narrow window the menu is a strip that may have to be moved to where one is.
fn show_current() {
    let current = document().query_selector(".settings-menu [aria-current]").ok().flatten();
    let Some(current) = current else { return };
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options.set_inline(ScrollLogicalPosition::Center);
    current.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Whether the role allows the section.
fn allows(scope: Scope, section: Section) -> bool {
    match section {
        Section::Preferences => true,
        Section::Workspace | Section::Users | Section::Roles | Section::Types | Section::Keys => {
            scope.may(Permission::ManageUsers)
        }
        Section::Accounts | Section::Numbers | Section::Pbx | Section::Webhooks => {
            scope.may(Permission::ManageChannels)
        }
    }
}

fn show(scope: Scope, section: Section) -> AnyView {
    match section {
        Section::Preferences => preferences::preferences(scope),
        Section::Workspace => workspace::workspace(scope),
        Section::Users => users::users(scope),
        Section::Roles => roles::roles(scope),
        Section::Types => types::types(scope),
        Section::Accounts => accounts::accounts(scope),
        Section::Numbers => numbers::numbers(scope),
        Section::Pbx => pbx::pbx(scope),
        Section::Webhooks => webhooks::webhooks(scope),
        Section::Keys => keys::keys(scope),
    }
}
