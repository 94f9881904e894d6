use leptos::prelude::*;
use web_sys::Element;

use super::focus;

/// The keyboard's way to the heading of a page that was just opened. The heading may come later than the page, with what
/// it tells of.
#[derive(Clone, Copy)]
pub struct Arrival {
    /// What had the keyboard when the page was opened; none once the heading has it.
    left: StoredValue<Option<Option<Element>>, LocalStorage>,
}

impl Arrival {
    /// Serves all headings below the current owner.
    pub fn provide() -> Self {
        let this = Self { left: StoredValue::new_local(None) };
        provide_context(this);
        this
    }

    /// A page was opened: its heading gets the keyboard as soon as it is there.
    pub fn expect(self) {
        self.left.set_value(Some(document().active_element()));
    }

    /// A heading is there.
    fn arrive(self) {
        let Some(left) = self.left.try_get_value().flatten() else { return };
        self.left.set_value(None);
        // Whoever has gone on elsewhere meanwhile stays there.
        let now = document().active_element();
        let nowhere = now.as_ref().is_none_or(|now| now.tag_name() == "BODY");
        if nowhere || now == left {
            focus("page-heading");
        }
    }
}

/// The heading of a page, which the keyboard is moved to when the page is opened, and the title of the window.
pub fn page_heading(title: impl Fn() -> String + Clone + Send + Sync + 'static) -> AnyView {
    let name = title.clone();
    Effect::new(move |_| document().set_title(&[&name(), " · Ringdock"].concat()));
    if let Some(arrival) = use_context::<Arrival>() {
        // Once it is drawn.
        request_animation_frame(move || arrival.arrive());
    }
    view! { <h1 id="page-heading" tabindex="-1">{title}</h1> }.into_any()
}
