//! The dock, through its public interface: the element `<ring-dock>` that stands beside the pages and outlives them.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Object, Reflect};
use leptos::prelude::*;
use ringdock_api::{
    Id,
    line::{DialFormat, LineAccount},
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, Element, Event};

use crate::route::{Route, Router};

/// How often it is looked whether a call is over, in ms.
const IDLE_CHECK: u32 = 500;

/// Gives the dock its line, or takes it away. Either ends a call that is up.
pub fn set_account(account: Option<&LineAccount>, country: &str) {
    let Some(dock) = element() else { return };
    let value = account.map_or(JsValue::NULL, |account| describe(account, country).into());
    // A property that the element's script has not defined yet waits on the element until it has.
    let _ = Reflect::set(&dock, &"account".into(), &value);
}

/// Tells the dock whether there is a CRM with somebody signed in, to which it may turn.
pub fn set_crm(signed_in: bool) {
    let Some(dock) = element() else { return };
    // Attributes of a name without blanks can be set and removed always.
    let _ = if signed_in { dock.set_attribute("crm", "/") } else { dock.remove_attribute("crm") };
}

/// Whether a call is up: the dock says so by an attribute of its element.
pub fn in_call() -> bool {
    element().is_some_and(|dock| dock.has_attribute("in-call"))
}

/// Waits until no call is up. It is looked at again and again: the event of a call that is over comes while the dock
/// still counts the call, and another may go on.
pub async fn until_idle() {
    while in_call() {
        TimeoutFuture::new(IDLE_CHECK).await;
    }
}

fn describe(account: &LineAccount, country: &str) -> Object {
    let format = match account.format {
        DialFormat::E164 => "e164",
        DialFormat::NoPlus => "no-plus",
        DialFormat::National => "national",
    };
    let fields = [
        ("identity", account.identity.as_str()),
        ("username", &account.username),
        ("password", &account.password),
        ("server", &account.server),
        ("displayName", &account.display_name),
        ("defaultCountry", country),
        ("prefix", &account.prefix),
        ("postfix", &account.postfix),
        ("format", format),
    ];
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a plain object cannot fail.
        let _ = Reflect::set(&object, &name.into(), &value.into());
    }
    object
}

/// Goes to the records that the agent wants to see.
pub fn follow(router: Router) {
    let listener = element().map(|dock| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&dock, "ringdock-open", options, move |event| {
            if let Some(route) = asked_for(event) {
                event.prevent_default();
                router.go(&route);
            }
        })
    });
    StoredValue::new_local(listener);
}

/// The record that `detail` names: `{ id, type }`.
fn asked_for(event: &Event) -> Option<Route> {
    let detail = event.dyn_ref::<CustomEvent>()?.detail();
    let read = |name: &str| Reflect::get(&detail, &name.into()).ok();
    let id = read("id")?.as_f64()? as Id;
    Some(Route::record(&read("type")?.as_string()?, id))
}

fn element() -> Option<Element> {
    web_sys::window()?.document()?.query_selector("ring-dock").ok()?
}
