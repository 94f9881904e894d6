//! The twelve keys of a telephone.

use super::markup::{Element, Text, View};
use super::shapes::{block, piece, seen_only};
use crate::state::signals::*;
use gloo_timers::callback::Timeout;
use web_sys::{MouseEvent, PointerEvent};

/// The signs in rows of three, each with the letters below it (ITU-T E.161).
const KEYS: [(char, &str); 12] = [
    ('1', ""),
    ('2', "ABC"),
    ('3', "DEF"),
    ('4', "GHI"),
    ('5', "JKL"),
    ('6', "MNO"),
    ('7', "PQRS"),
    ('8', "TUV"),
    ('9', "WXYZ"),
    ('*', ""),
    ('0', ""),
    ('#', ""),
];

/// In milliseconds.
const LONG_PRESS: u32 = 500;

/// The keys. With `plus`, a `0` that is held down is followed by a `+`.
pub fn keys(press: Action<char>, disabled: Signal<bool>, plus: bool) -> View {
    let key = |(sign, letters)| {
        let letters = if plus && sign == '0' { "+" } else { letters };
        key(press, disabled, sign, letters)
    };
    block("keys", Vec::from(KEYS.map(key)))
}

fn key(press: Action<char>, disabled: Signal<bool>, sign: char, letters: &'static str) -> View {
    // Dropped with the key, and then it never fires.
    let held = Signal::new(None::<Timeout>);
    // A press counts when it begins, so that it is heard at once; a click without one is the keyboard's.
    let on_pointer_down = move |ev: &PointerEvent| {
        if ev.button() != 0 || disabled.get_untracked() {
            return;
        }
        press.run(sign);
        if letters == "+" {
            held.set(Some(Timeout::new(LONG_PRESS, move || press.run('+'))));
        }
    };
    let on_click = move |ev: &MouseEvent| {
        if ev.detail() == 0 {
            press.run(sign);
        }
    };
    let leave = move |_: &PointerEvent| held.set(None);
    Element::new("button")
        .attr("type", "button")
        .attr("class", "key")
        .toggle("disabled", Box::new(move || disabled.get()))
        .on("mousedown", |ev: &MouseEvent| ev.prevent_default())
        .on("pointerdown", on_pointer_down)
        .on("pointerup", leave)
        .on("pointerleave", leave)
        .on("pointercancel", leave)
        .on("click", on_click)
        .child(piece("sign", Text::from(sign.to_string())))
        .child(seen_only("letters", letters))
        .into()
}
