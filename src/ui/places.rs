//! Elements that outlive the views around them, for another program to draw in: the CRM's side of the dock.
//!
//! A component shows a place wherever it belongs now. An element that is shown anew only moves, with all that was
//! drawn in it.

use super::markup::{Element, View};
use crate::state::signals::*;

/// One of the elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// What the other side's name was found by; below the number.
    Matched,
    /// What is known of the other side; below who, while a call comes in or is up.
    Context,
    /// What is to be written about a call that is over; in the place of the middle.
    Note,
    /// The choice of the number to call from; above the field of the dial pad.
    From,
    /// Numbers that fit what was typed; below the field of the dial pad.
    Suggestions,
    /// Colleagues to pass the call on to.
    Agents,
}

/// The names of the elements, in the order of [`Place`].
const NAMES: [&str; 6] = ["matched", "context", "note", "from", "suggestions", "agents"];

/// The elements of one dock.
#[derive(Clone, Copy)]
pub struct Places(Signal<[web_sys::Element; 6]>);

impl Default for Places {
    /// Empty elements, which the page does not show yet.
    fn default() -> Self {
        let element = |name: &'static str| Element::new("div").attr("class", name).node();
        Places(Signal::new(NAMES.map(element)))
    }
}

impl Places {
    /// The element, to be shown here and nowhere else from now on.
    pub fn show(self, place: Place) -> View {
        self.0.with_untracked(|all| View::of(&all[place as usize]))
    }

    /// The element of that name.
    pub fn find(self, name: &str) -> Option<web_sys::Element> {
        let at = NAMES.iter().position(|known| *known == name)?;
        Some(self.0.with_untracked(|all| all[at].clone()))
    }
}
