//! The page's title, while somebody calls.

use crate::state::{PhoneModel, words};
use leptos::prelude::*;
use ringdock_phone::Stage;

/// Alternates the page's title with the caller, once a second, and puts it back.
pub fn alternate_title(phone: PhoneModel) {
    let caller = Memo::new(move |_| {
        phone.view.with(|view| {
            let call = view.call.as_ref().filter(|call| call.stage == Stage::Incoming)?;
            Some(words::incoming_title(&call.party))
        })
    });
    // The value of the effect is the page's own title, while it is covered.
    Effect::new(move |covered: Option<Option<String>>| {
        let document = web_sys::window()?.document()?;
        let covered = covered.flatten();
        let Some(caller) = caller.get() else {
            if let Some(title) = covered {
                document.set_title(&title);
            }
            return None;
        };
        let title = covered.unwrap_or_else(|| document.title());
        let even = phone.now.get().0.as_secs().is_multiple_of(2);
        document.set_title(if even { &caller } else { &title });
        Some(title)
    });
}
