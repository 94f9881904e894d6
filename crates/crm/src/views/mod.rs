//! What is drawn into the places of the dock.

mod actions;
mod agents;
mod context;
mod form;
mod from;
mod listbox;
mod matched;
mod note;
mod open;
mod related;
mod suggestions;

use crate::crm::Crm;
use crate::phone::Softphone;
use leptos::mount::mount_to;
use leptos::prelude::*;
use web_sys::{HtmlElement, ShadowRoot};

/// All rules of this side, for the dock's shadow root.
pub const STYLE: &str = concat!(
    include_str!("../../style/context.css"),
    include_str!("../../style/form.css"),
    include_str!("../../style/note.css"),
    include_str!("../../style/lists.css"),
    include_str!("../../style/numbers.css"),
);

/// Draws everything, for as long as the current owner lives.
pub fn mount(crm: Crm, element: &HtmlElement, root: &ShadowRoot) {
    let open = open::Opener::new(element.clone());
    let form = form::Forms::new();
    place(crm, "matched", move || matched::matched(crm));
    place(crm, "context", move || context::context(crm, open, form));
    place(crm, "note", move || note::note(crm));
    let colleagues = agents::Agents::new(crm, root);
    place(crm, "agents", move || agents::agents(colleagues));
    place(crm, "from", move || from::from(crm));
    let suggestions = suggestions::Suggestions::new(crm, root);
    place(crm, "suggestions", move || suggestions::suggestions(suggestions));
}

fn place<V: IntoView + 'static>(crm: Crm, name: &str, draw: impl FnOnce() -> V + 'static)
where
    V::State: 'static,
{
    if let Some(place) = crm.phone.with_value(|phone: &Softphone| phone.place(name)) {
        StoredValue::new_local(mount_to(place, draw));
    }
}
