//! The field for a number: what is pasted into it becomes the number in it.

use super::focus::Spot;
use super::markup::{Element, View, text};
use crate::state::signals::*;
use crate::state::words;
use ringdock_phone::dialable;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, InputEvent};

/// The field **Phone number** over this text. `hint` is the `id` of the line that says what is wrong.
pub fn number_field(typed: Signal<String>, spot: Spot, hint: &'static str) -> View {
    let on_input = move |ev: &Event| {
        let field = ev.target().and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        typed.set(field.map(|field| field.value()).unwrap_or_default());
        if is_insertion(ev) {
            clean(typed);
        }
    };
    let field = Element::new("input")
        .attr("class", "number-field")
        .attr("type", "text")
        .attr("inputmode", "tel")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-label", words::PHONE_NUMBER)
        .attr("placeholder", words::PHONE_NUMBER)
        .attr("aria-describedby", hint)
        .attr("aria-invalid", text(move || typed.with(|typed| is_wrong(typed)).to_string()))
        .attr("id", spot.id())
        .on("input", on_input);
    let input: HtmlInputElement = field.node();
    follow(move || {
        let typed = typed.get();
        // Writing what is there already would move the caret.
        if input.value() != typed {
            input.set_value(&typed);
        }
    });
    field.into()
}

/// Something was typed, and it cannot be a number.
pub fn is_wrong(typed: &str) -> bool {
    !typed.trim().is_empty() && dialable(typed).is_none()
}

/// Leaves of pasted text the number in it; text without one stays as it is, to be seen.
fn clean(typed: Signal<String>) {
    typed.update(|typed| {
        if let Some(number) = dialable(typed) {
            *typed = number;
        }
    });
}

/// Text that was not typed sign by sign: pasted, dropped, filled in.
fn is_insertion(ev: &Event) -> bool {
    let how = ev.dyn_ref::<InputEvent>().map(InputEvent::input_type);
    how.is_some_and(|how| how.starts_with("insertFrom") || how == "insertReplacementText")
}
