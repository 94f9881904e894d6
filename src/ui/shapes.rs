//! The few shapes that all components are made of.

use super::icon::{Icon, icon};
use super::markup::{Element, Flag, Text, View, text};

/// A `div`.
pub fn block(class: &'static str, children: Vec<View>) -> View {
    Element::new("div").attr("class", class).child(children).into()
}

/// A `div` whose class follows signals and which may have a role.
pub fn region(role: Option<&'static str>, class: Text, children: Vec<View>) -> View {
    Element::new("div").maybe("role", role).attr("class", class).child(children).into()
}

/// A heading.
pub fn heading(class: &'static str, content: impl Into<View>) -> View {
    Element::new("h2").attr("class", class).child(content).into()
}

/// A paragraph.
pub fn line(class: &'static str, content: impl Into<View>) -> View {
    Element::new("p").attr("class", class).child(content).into()
}

/// A piece of a line.
pub fn piece(class: &'static str, content: impl Into<View>) -> View {
    Element::new("span").attr("class", class).child(content).into()
}

/// A piece of a line that is for eyes only: a screen reader has the same from elsewhere.
pub fn seen_only(class: &'static str, content: impl Into<View>) -> View {
    Element::new("span").attr("class", class).attr("aria-hidden", "true").child(content).into()
}

/// Any button but the keys and the bubble.
pub struct Button {
    element: Element,
    content: View,
}

impl Button {
    /// A button that shows its name.
    pub fn worded(class: &'static str, name: &'static str) -> Button {
        Button::new(class, name.into())
    }

    /// A button that shows its name beside an icon.
    pub fn with_icon(class: &'static str, sign: View, name: impl Into<View>) -> Button {
        Button::new(class, vec![sign, name.into()].into())
    }

    /// A button that shows an icon alone.
    pub fn bare(class: &'static str, sign: Icon, name: &'static str) -> Button {
        Button::new(class, icon(sign)).attr("aria-label", name)
    }

    fn new(class: &'static str, content: View) -> Button {
        let element = Element::new("button").attr("type", "button").attr("class", class);
        Button { element, content }
    }

    fn attr(mut self, name: &'static str, value: impl Into<Text>) -> Button {
        self.element = self.element.attr(name, value);
        self
    }

    /// Names the element that says why the button is disabled.
    pub fn described_by(self, id: &'static str) -> Button {
        self.attr("aria-describedby", id)
    }

    /// Makes it a switch.
    pub fn pressed(self, read: impl Fn() -> bool + 'static) -> Button {
        self.attr("aria-pressed", text(move || read().to_string()))
    }

    /// Says while this holds that it was clicked and waits.
    pub fn busy(self, read: impl Fn() -> bool + 'static) -> Button {
        self.attr("aria-busy", text(move || read().to_string()))
    }

    /// Makes it the opener of something.
    pub fn expanded(self, read: impl Fn() -> bool + 'static) -> Button {
        self.attr("aria-expanded", text(move || read().to_string()))
    }

    /// Takes it out of use while this holds.
    pub fn disabled(mut self, read: impl Fn() -> bool + 'static) -> Button {
        let disabled: Flag = Box::new(read);
        self.element = self.element.toggle("disabled", disabled);
        self
    }

    /// Gives it an `id`, to be found by.
    pub fn id(self, id: &'static str) -> Button {
        self.attr("id", id)
    }

    /// The button, with what a click does.
    pub fn on_click(self, mut act: impl FnMut() + 'static) -> View {
        self.element.on("click", move |_: &web_sys::Event| act()).child(self.content).into()
    }
}
