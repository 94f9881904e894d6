//! What is open on screen: the part of the dock's state that no phone has.

use crate::state::signals::*;

/// A context: how the dock is laid out right now.
#[derive(Clone, Copy)]
pub struct Dock {
    /// Shrunk to the bubble.
    pub collapsed: Signal<bool>,
    /// The bottom corner that the dock sits in.
    pub corner: Signal<Corner>,
    /// What the middle shows beside the call.
    pub panel: Signal<Panel>,
    /// The number as it stands in the field **Phone number**.
    pub typed: Signal<String>,
    /// The number of the business that the agent chose to dial from; empty without a choice.
    pub from: Signal<String>,
    /// The agent's own number or extension; empty while it is not known.
    pub own: Signal<String>,
    /// Whether the agent may dial by hand.
    pub may_dial: Signal<bool>,
    /// Whether the agent may pass calls on.
    pub may_transfer: Signal<bool>,
}

/// A bottom corner of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Corner {
    /// Bottom left.
    Left,
    /// Bottom right.
    #[default]
    Right,
}

/// What is unfolded in the middle of the dock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Panel {
    /// Nothing but the state.
    #[default]
    None,
    /// The dial pad, when no call is up.
    DialPad,
    /// The keypad for tones, in a call.
    Keypad,
    /// Whom to pass the call on to, in a call.
    Transfer,
}

impl Default for Dock {
    /// A dock as a page first shows it.
    fn default() -> Self {
        Dock {
            collapsed: Signal::default(),
            corner: Signal::default(),
            panel: Signal::default(),
            typed: Signal::default(),
            from: Signal::default(),
            own: Signal::default(),
            may_dial: Signal::new(true),
            may_transfer: Signal::new(true),
        }
    }
}

impl Dock {
    /// Opens this panel, or closes it if it is the one that is open.
    pub fn toggle(&self, panel: Panel) {
        self.panel.update(|open| *open = if *open == panel { Panel::None } else { panel });
    }
}
