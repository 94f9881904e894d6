//! A desktop notification while somebody calls and the agent is busy in another window or tab.

use crate::state::signals::*;
use crate::state::{PhoneModel, words};
use gloo_events::EventListener;
use ringdock_phone::Stage;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// A notification on the agent's desktop; dropping it takes it away.
struct Shown {
    notification: Notification,
    _click: EventListener,
}

impl Shown {
    fn new(title: &str, body: &str) -> Option<Shown> {
        let options = NotificationOptions::new();
        options.set_body(body);
        options.set_tag("ringdock-call");
        options.set_require_interaction(true);
        let notification = Notification::new_with_options(title, &options).ok()?;
        let click = EventListener::new(&notification, "click", |_| {
            if let Some(window) = web_sys::window() {
                // A browser that keeps the tab where it is leaves the notification to be read.
                let _ = window.focus();
            }
        });
        Some(Shown { notification, _click: click })
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.notification.close();
    }
}

/// Notifies of calls that come in, where the page has the permission to. The dock does not ask for it: that is
/// the page's to do, at a moment that the agent understands.
pub fn notify(phone: PhoneModel) {
    let caller = memo(move || {
        phone.view.with(|view| {
            let call = view.call.as_ref().filter(|call| call.stage == Stage::Incoming)?;
            Some((words::incoming_title(&call.party), call.party.number.clone()))
        })
    });
    let mut shown = None;
    follow(move || {
        drop(shown.take());
        shown = caller.get().and_then(|(title, number)| {
            (is_left() && is_permitted()).then(|| Shown::new(&title, &number)).flatten()
        });
    });
}

/// The keyboard is elsewhere: a page that is seen beside another window is not looked at for that.
fn is_left() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| !document.has_focus().unwrap_or_default())
}

/// Some browsers have no notifications at all.
fn is_permitted() -> bool {
    js_sys::Reflect::has(&js_sys::global(), &"Notification".into()).unwrap_or(false)
        && Notification::permission() == NotificationPermission::Granted
}
