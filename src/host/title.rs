//! The page's title, while somebody calls.

use crate::state::signals::*;
use crate::state::{PhoneModel, words};
use ringdock_phone::Stage;

/// Alternates the page's title with the caller, once a second, and puts it back. One that the page sets meanwhile is the
/// page's own from then on.
pub fn alternate_title(phone: PhoneModel) {
    let caller = memo(move || {
        phone.view.with(|view| {
            let call = view.call.as_ref().filter(|call| call.stage == Stage::Incoming)?;
            Some(words::incoming_title(&call.party))
        })
    });
    // The page's own title, while it is covered.
    let mut covered: Option<String> = None;
    // As the page shows it, which is without the blanks around it.
    let mut written = String::new();
    follow(move || {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        let shown = document.title();
        let own = covered.take().filter(|_| shown == written);
        let Some(caller) = caller.get() else {
            if let Some(title) = own {
                document.set_title(&title);
            }
            return;
        };
        let title = own.unwrap_or(shown);
        let even = phone.now.get().0.as_secs().is_multiple_of(2);
        document.set_title(if even { &caller } else { &title });
        written = document.title();
        covered = Some(title);
    });
}
