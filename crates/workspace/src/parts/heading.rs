use leptos::prelude::*;

/// The heading of a page, which the keyboard is moved to when the page is opened, and the title of the window.
pub fn page_heading(title: impl Fn() -> String + Clone + Send + Sync + 'static) -> AnyView {
    let name = title.clone();
    Effect::new(move |_| document().set_title(&[&name(), " · Ringdock"].concat()));
    view! { <h1 id="page-heading" tabindex="-1">{title}</h1> }.into_any()
}
