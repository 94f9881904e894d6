//! The dock as a whole: panel or bubble, in one of the window's two bottom corners.

use super::announcer::announcer;
use super::banners::is_due;
use super::bubble::bubble;
use super::focus::{Focus, Lifebuoy, Spot};
use super::markup::{Element, View, dynamic, text, when};
use super::panel::panel;
use super::places::Places;
use super::scope::{Scope, is_live};
use super::style::STYLE;
use crate::state::signals::*;
use crate::state::{Corner, Dock, Numbers, Panel, PhoneModel, words};
use ringdock_phone::LineState;
use web_sys::{FocusEvent, KeyboardEvent};

/// The dock over its state; it draws nothing while there is no line. It lives as long as the reactive owner that
/// it is built under.
pub fn root(phone: PhoneModel, dock: Dock, numbers: Numbers, places: Places) -> View {
    let scope = Scope { phone, dock, numbers, focus: Focus::default(), places };
    follow_calls(scope);
    when(scope.holds(|view| view.line != LineState::Off), move || {
        let style = Element::new("style").child(STYLE);
        vec![style.into(), softphone(scope)].into()
    })
}

fn softphone(scope: Scope) -> View {
    let Scope { dock, .. } = scope;
    // A memo, so that opening what is open does not build the panel anew.
    let collapsed = memo(move || dock.collapsed.get());
    let class = text(move || if collapsed.get() { "dock bubbled" } else { "dock" }.to_owned());
    let corner = text(move || match dock.corner.get() {
        Corner::Left => "left".to_owned(),
        Corner::Right => "right".to_owned(),
    });
    let lifebuoy = Lifebuoy::new(scope.focus);
    // A call opens the bubble by itself.
    follow(move || {
        collapsed.get();
        lifebuoy.check();
    });
    let content = move || if collapsed.get() { bubble(scope) } else { panel(scope, lifebuoy) };
    let section = Element::new("section")
        .attr("class", class)
        .attr("aria-label", words::SOFTPHONE)
        .attr("data-corner", corner)
        .on("keydown", move |ev| close_panel(scope, ev))
        .on("focusin", move |ev| lifebuoy.remember(ev))
        .on("focusout", move |_: &FocusEvent| lifebuoy.check())
        .child(announcer(scope))
        .child(dynamic(content));
    scope.focus.of(section.node());
    section.into()
}

/// Escape closes what is unfolded, and gives focus back to the button that unfolded it.
fn close_panel(scope: Scope, ev: &KeyboardEvent) {
    let opener = match scope.dock.panel.get_untracked() {
        Panel::DialPad => Spot::DialPad,
        Panel::Keypad => Spot::Keypad,
        Panel::Transfer => Spot::Transfer,
        Panel::None => return,
    };
    if ev.key() == "Escape" && !scope.dock.collapsed.get_untracked() {
        ev.stop_propagation();
        scope.dock.panel.set(Panel::None);
        scope.focus.send(opener);
    }
}

/// Opens the dock when a call begins or waits for something that the agent has to do, and puts away what was unfolded in
/// it when the call is over.
fn follow_calls(scope: Scope) {
    let Scope { dock, .. } = scope;
    let due = scope.holds(is_due);
    follow(move || {
        if due.get() {
            dock.collapsed.set(false);
        }
    });
    let live = scope.holds(is_live);
    follow(move || {
        if live.get() {
            dock.collapsed.set(false);
        } else if dock.panel.get_untracked() != Panel::DialPad {
            dock.panel.set(Panel::None);
        }
    });
}
