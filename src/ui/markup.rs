//! The few shapes that all components are made of.
//!
//! Every closure and every nesting of elements is a type of its own, and for each type the framework's code is
//! generated once more. The shapes here have one type each, which halves what a page has to load.

use super::icon::{Icon, icon};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// Text that follows signals.
pub type Text = Box<dyn FnMut() -> String + Send>;

/// A yes or no that follows signals.
pub type Flag = Box<dyn FnMut() -> bool + Send>;

/// Text that follows signals.
pub fn text(read: impl FnMut() -> String + Send + 'static) -> Text {
    Box::new(read)
}

/// A yes or no that follows signals.
pub fn flag(read: impl FnMut() -> bool + Send + 'static) -> Flag {
    Box::new(read)
}

/// A part of the page that is built anew when a signal it reads changes.
pub fn dynamic(build: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let build: Box<dyn FnMut() -> AnyView + Send> = Box::new(build);
    build.into_any()
}

/// A part of the page that is there while `condition` holds.
pub fn when(condition: Memo<bool>, build: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    dynamic(move || if condition.get() { build() } else { ().into_any() })
}

/// Runs again whenever a signal that it reads changes.
pub fn follow(run: impl FnMut() + 'static) {
    let mut run: Box<dyn FnMut()> = Box::new(run);
    Effect::new(move |_| run());
}

/// A `div`.
pub fn block(class: &'static str, children: Vec<AnyView>) -> AnyView {
    div(class, None, children)
}

/// A `div` that may be a live region.
pub fn div(class: &'static str, live: Option<&'static str>, children: Vec<AnyView>) -> AnyView {
    view! { <div class=class aria-live=live>{children}</div> }.into_any()
}

/// A `div` whose class follows signals and which may have a role.
pub fn region(role: Option<&'static str>, class: Text, children: Vec<AnyView>) -> AnyView {
    view! { <div role=role class=class>{children}</div> }.into_any()
}

/// A heading.
pub fn heading(class: &'static str, content: AnyView) -> AnyView {
    view! { <h2 class=class>{content}</h2> }.into_any()
}

/// A paragraph.
pub fn line(class: &'static str, content: AnyView) -> AnyView {
    view! { <p class=class>{content}</p> }.into_any()
}

/// A piece of a line.
pub fn piece(class: &'static str, content: AnyView) -> AnyView {
    span(class, None, false, content)
}

/// A piece of a line that may have a role, or be for eyes only.
pub fn span(
    class: &'static str,
    role: Option<&'static str>,
    seen_only: bool,
    content: AnyView,
) -> AnyView {
    let hidden = seen_only.then_some("true");
    view! { <span class=class role=role aria-hidden=hidden>{content}</span> }.into_any()
}

/// Any button but the keys and the bubble.
pub struct Button {
    class: &'static str,
    content: AnyView,
    label: Option<&'static str>,
    described_by: Option<&'static str>,
    pressed: Option<Text>,
    expanded: Option<Text>,
    disabled: Flag,
    id: Option<&'static str>,
}

impl Button {
    /// A button that shows its name.
    pub fn worded(class: &'static str, name: &'static str) -> Button {
        Button::new(class, None, name.into_any())
    }

    /// A button that shows its name beside an icon.
    pub fn with_icon(class: &'static str, sign: AnyView, name: &'static str) -> Button {
        Button::new(class, None, vec![sign, name.into_any()].into_any())
    }

    /// A button that shows an icon alone.
    pub fn bare(class: &'static str, sign: Icon, name: &'static str) -> Button {
        Button::new(class, Some(name), icon(sign))
    }

    fn new(class: &'static str, label: Option<&'static str>, content: AnyView) -> Button {
        Button {
            class,
            content,
            label,
            described_by: None,
            pressed: None,
            expanded: None,
            disabled: flag(|| false),
            id: None,
        }
    }

    /// Names the element that says why the button is disabled.
    pub fn described_by(mut self, id: &'static str) -> Button {
        self.described_by = Some(id);
        self
    }

    /// Makes it a switch.
    pub fn pressed(mut self, read: impl Fn() -> bool + Send + 'static) -> Button {
        self.pressed = Some(text(move || read().to_string()));
        self
    }

    /// Makes it the opener of something.
    pub fn expanded(mut self, read: impl Fn() -> bool + Send + 'static) -> Button {
        self.expanded = Some(text(move || read().to_string()));
        self
    }

    /// Takes it out of use while this holds.
    pub fn disabled(mut self, read: impl Fn() -> bool + Send + 'static) -> Button {
        self.disabled = flag(read);
        self
    }

    /// Gives it an `id`, to be found by.
    pub fn id(mut self, id: &'static str) -> Button {
        self.id = Some(id);
        self
    }

    /// The button, with what a click does.
    pub fn on_click(self, act: impl FnMut() + 'static) -> AnyView {
        let mut act: Box<dyn FnMut()> = Box::new(act);
        view! {
            <button
                type="button"
                class=self.class
                aria-label=self.label
                aria-describedby=self.described_by
                aria-pressed=self.pressed
                aria-expanded=self.expanded
                disabled=self.disabled
                id=self.id
                on:click=move |_: MouseEvent| act()
            >
                {self.content}
            </button>
        }
        .into_any()
    }
}
