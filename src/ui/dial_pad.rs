//! The dial pad: a field and twelve keys in the middle, **Call** below.

use super::dialer::{Dialer, Hint};
use super::focus::Spot;
use super::icon::{Icon, icon};
use super::keys::keys;
use super::markup::{Element, View, text};
use super::number_field::number_field;
use super::places::Place;
use super::scope::Scope;
use super::shapes::{Button, block, piece};
use crate::state::signals::*;
use crate::state::words;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent, PointerEvent};

/// The field **Phone number** and the keys.
pub fn dial_pad(scope: Scope) -> View {
    let dialer = Dialer(scope);
    let focus = scope.focus;
    dialer.ask_format();
    // With a mouse the caret stays in the field, so that Enter dials; a finger must not open a keyboard.
    let keep_typing = move |ev: &PointerEvent| {
        if ev.pointer_type() == "mouse" {
            focus.send(Spot::Number);
        }
    };
    let press = Action::new(Rc::new(move |sign| dialer.press(sign)));
    Element::new("div")
        .attr("class", "dial-pad")
        .on("keydown", move |ev| on_key(dialer, ev))
        .on("pointerup", keep_typing)
        .child(scope.places.show(Place::From))
        .child(number_field(dialer.typed(), Spot::Number, "dial-hint"))
        .child(scope.places.show(Place::Suggestions))
        .child(hint_line(dialer))
        .child(keys(press, memo(|| false), true))
        .into()
}

/// One line of a fixed height, so that nothing jumps when there is something to say.
fn hint_line(dialer: Dialer) -> View {
    let class = text(move || match dialer.hint() {
        Hint::Wrong => "hint wrong".to_owned(),
        Hint::Remark(_) => "hint".to_owned(),
        Hint::Formatted { .. } => "hint formatted".to_owned(),
    });
    let words = text(move || match dialer.hint() {
        Hint::Wrong => words::NOT_A_NUMBER.to_owned(),
        Hint::Remark(text) => text,
        Hint::Formatted { number, .. } => number,
    });
    let country = text(move || match dialer.hint() {
        Hint::Wrong | Hint::Remark(_) => String::new(),
        Hint::Formatted { country, .. } => country,
    });
    let parts = vec![piece("", words), piece("country", country)];
    Element::new("p").attr("id", "dial-hint").attr("class", class).child(parts).into()
}

/// **Delete last digit** and **Call**.
pub fn dial_controls(scope: Scope) -> View {
    let dialer = Dialer(scope);
    let delete = Button::bare("tile", Icon::Delete, words::DELETE_LAST_DIGIT)
        .disabled(move || dialer.typed().with(String::is_empty))
        .on_click(move || dialer.delete());
    let call = Button::with_icon("action go", icon(Icon::Phone), words::CALL)
        .described_by("dial-hint")
        .disabled(move || !dialer.can_call())
        .on_click(move || dialer.call());
    block("controls dial-controls", vec![delete, call])
}

/// Enter dials. On a key, the keyboard writes into the field as well.
fn on_key(dialer: Dialer, ev: &KeyboardEvent) {
    if ev.ctrl_key() || ev.alt_key() || ev.meta_key() || ev.is_composing() {
        return;
    }
    let in_field = ev.target().is_some_and(|target| target.has_type::<HtmlInputElement>());
    let key = ev.key();
    match (key.as_str(), in_field) {
        ("Enter", true) => dialer.call(),
        ("Backspace", false) => dialer.delete(),
        ("0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "*" | "#" | "+", false) => {
            key.chars().for_each(|sign| dialer.press(sign));
        }
        _ => return,
    }
    ev.prevent_default();
}
