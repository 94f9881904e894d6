//! How components build the page: elements made directly, and parts of them that follow Leptos' signals.
//!
//! Leptos' own views generate their code again for every nesting of elements, which weighs more than all the rest
//! of the dock's components. Here every element, text and attribute is of one type.

use crate::state::signals::*;
use gloo_events::{EventListener, EventListenerOptions};
use std::borrow::Cow;
use wasm_bindgen::JsCast;
use web_sys::{self, Event, Node};

/// The page that the dock is in.
#[expect(clippy::expect_used, reason = "the dock was made for an element of a document")]
pub fn document() -> web_sys::Document {
    web_sys::window().and_then(|window| window.document()).expect("a document")
}

/// A piece of the page: an element, a text, several of them, or nothing.
pub struct View(Node);

/// Text that is fixed, or follows signals.
pub enum Text {
    /// It never changes.
    Fixed(Cow<'static, str>),
    /// It is read again when a signal that it reads changes.
    Follows(Box<dyn FnMut() -> String>),
}

/// A yes or no that follows signals.
pub type Flag = Box<dyn FnMut() -> bool>;

/// Text that follows signals.
pub fn text(read: impl FnMut() -> String + 'static) -> Text {
    Text::Follows(Box::new(read))
}

/// A part of the page that is built anew when a signal it reads changes.
pub fn dynamic(build: impl FnMut() -> View + 'static) -> View {
    dynamic_boxed(Box::new(build))
}

fn dynamic_boxed(mut build: Box<dyn FnMut() -> View>) -> View {
    let document = document();
    let (start, end) = (document.create_text_node(""), document.create_text_node(""));
    let both = View::from(vec![View(start.clone().into()), View(end.clone().into())]);
    follow(move || {
        let View(next) = build();
        // What stands between the two is what was built before, with whatever grew inside it.
        while let Some(old) = start.next_sibling().filter(|node| !end.is_same_node(Some(node))) {
            detach(&old);
        }
        if let Some(parent) = end.parent_node() {
            // The parent is `end`'s, so that nothing is refused.
            let _ = parent.insert_before(&next, Some(&end));
        }
    });
    both
}

fn detach(node: &Node) {
    if let Some(parent) = node.parent_node() {
        // It is the node's own parent.
        let _ = parent.remove_child(node);
    }
}

/// A part of the page that is there while `condition` holds.
pub fn when(condition: Signal<bool>, build: impl Fn() -> View + 'static) -> View {
    dynamic(move || if condition.get() { build() } else { View::nothing() })
}

impl View {
    /// A node that is there already. It leaves the place where it is.
    pub fn of(node: &Node) -> View {
        View(node.clone())
    }

    /// Nothing to see.
    pub fn nothing() -> View {
        View::from(Vec::new())
    }

    /// Puts it at the end of this element.
    pub fn mount(self, parent: &Node) {
        // A node that was just made has no place that the browser could refuse to move it from.
        let _ = parent.append_child(&self.0);
    }
}

impl From<Vec<View>> for View {
    fn from(views: Vec<View>) -> View {
        let fragment = document().create_document_fragment();
        for view in views {
            view.mount(&fragment);
        }
        View(fragment.into())
    }
}

impl From<Text> for View {
    fn from(text: Text) -> View {
        let node = document().create_text_node("");
        let view = View(node.clone().into());
        text.bind(Box::new(move |text| node.set_data(text)));
        view
    }
}

impl From<&'static str> for View {
    fn from(text: &'static str) -> View {
        View::from(Text::from(text))
    }
}

impl From<String> for View {
    fn from(text: String) -> View {
        View::from(Text::from(text))
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Text {
        Text::Fixed(text.into())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text::Fixed(text.into())
    }
}

impl Text {
    /// Hands the text to `show`, now and whenever it has become another.
    fn bind(self, mut show: Box<dyn FnMut(&str)>) {
        match self {
            Text::Fixed(text) => show(&text),
            Text::Follows(mut read) => {
                let mut shown = None;
                follow(move || {
                    let text = Some(read());
                    if text != shown {
                        show(text.as_deref().unwrap_or_default());
                        shown = text;
                    }
                });
            }
        }
    }
}

/// An element that is being put together.
pub struct Element(web_sys::Element);

impl Element {
    /// An element of HTML.
    pub fn new(tag: &'static str) -> Element {
        Element::in_namespace("http://www.w3.org/1999/xhtml", tag)
    }

    /// An element of SVG.
    pub fn svg(tag: &'static str) -> Element {
        Element::in_namespace("http://www.w3.org/2000/svg", tag)
    }

    #[expect(clippy::expect_used, reason = "browsers refuse malformed names, and these are ours")]
    fn in_namespace(namespace: &'static str, tag: &'static str) -> Element {
        Element(document().create_element_ns(Some(namespace), tag).expect("a well-formed tag"))
    }

    /// Sets an attribute.
    pub fn attr(self, name: &'static str, value: impl Into<Text>) -> Element {
        self.bind_attr(name, value.into())
    }

    fn bind_attr(self, name: &'static str, value: Text) -> Element {
        let element = self.0.clone();
        // The names are well-formed: they are ours.
        value.bind(Box::new(move |value| _ = element.set_attribute(name, value)));
        self
    }

    /// Sets an attribute if there is a value for it.
    pub fn maybe<T: Into<Text>>(self, name: &'static str, value: Option<T>) -> Element {
        match value {
            Some(value) => self.bind_attr(name, value.into()),
            None => self,
        }
    }

    /// An attribute that is there while this holds.
    pub fn toggle(self, name: &'static str, mut flag: Flag) -> Element {
        let element = self.0.clone();
        // As above: a well-formed name.
        follow(move || _ = element.toggle_attribute_with_force(name, flag()));
        self
    }

    /// Listens for an event of the kind `E`, and may keep the browser from its own reaction.
    pub fn on<E: JsCast>(self, name: &'static str, mut act: impl FnMut(&E) + 'static) -> Element {
        self.listen(name, Box::new(move |event| act(event.unchecked_ref())))
    }

    fn listen(self, name: &'static str, act: Box<dyn FnMut(&Event)>) -> Element {
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&self.0, name, options, act);
        keep(listener);
        self
    }

    /// Puts this inside, after what is there.
    pub fn child(self, view: impl Into<View>) -> Element {
        view.into().mount(&self.0);
        self
    }

    /// The browser's element.
    pub fn node<T: JsCast>(&self) -> T {
        self.0.clone().unchecked_into()
    }
}

impl From<Element> for View {
    fn from(element: Element) -> View {
        View(element.0.into())
    }
}
