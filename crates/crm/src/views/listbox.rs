//! What the lists of options below a field have in common.

use leptos::html;
use leptos::prelude::*;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

/// Scrolls an option into sight whenever it becomes the active one.
pub fn keep_in_sight(option: NodeRef<html::Li>, is_active: impl Fn() -> bool + 'static) {
    Effect::new(move || {
        if is_active()
            && let Some(option) = option.get()
        {
            let nearest = ScrollIntoViewOptions::new();
            nearest.set_block(ScrollLogicalPosition::Nearest);
            nearest.set_inline(ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
}
