use leptos::prelude::*;
use ringdock_api::Millis;

use crate::{state::iso, words};

/// A moment, for people and for programs.
pub fn moment(at: Millis) -> AnyView {
    view! { <time datetime=iso(at)>{words::moment(at)}</time> }.into_any()
}

/// A day likewise.
pub fn day(at: Millis) -> AnyView {
    view! { <time datetime=iso(at)>{words::date(at)}</time> }.into_any()
}
