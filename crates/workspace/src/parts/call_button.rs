use leptos::prelude::*;
use ringdock_api::{
    call::{Call, Direction},
    record::{Phone, RecordBrief},
};

use super::{Icon, icon};
use crate::{
    state::{Line, Scope},
    words,
};

/// The button that calls a number. What a click does is the dock's: it looks for the attributes.
pub fn call_button(scope: Scope, phone: &Phone, record: &RecordBrief) -> AnyView {
    let number = phone.e164.clone().unwrap_or_else(|| phone.typed.clone());
    number_button(scope, &phone.typed, number, Some(record))
}

/// The number of the other side of a call, with the button that calls it.
pub fn other_side(scope: Scope, call: &Call) -> AnyView {
    let number = match call.direction {
        Direction::Incoming => &call.from,
        Direction::Outgoing => &call.to,
    };
    if number.is_empty() {
        return view! { <span>{words::WITHHELD}</span> }.into_any();
    }
    view! {
        <span class="number">{number.clone()}</span>
        {number_button(scope, number, number.clone(), None)}
    }
    .into_any()
}

/// The same for a number that stands alone; `shown` is how it stands on the page. What is no number has nothing to click.
pub fn number_button(
    scope: Scope,
    shown: &str,
    number: String,
    record: Option<&RecordBrief>,
) -> AnyView {
    if !is_number(&number) {
        return ().into_any();
    }
    let label = words::call_number(shown);
    let name = record.map(|record| record.title.clone());
    let id = record.map(|record| record.id.to_string());
    let kind = record.map(|record| record.record_type.clone());
    let allowed = move || scope.line.get() != Line::None;
    (move || {
        allowed().then(|| {
            view! {
                <button type="button" class="call-button" aria-label=label.clone() title=label.clone()
                    data-ringdock-number=number.clone() data-ringdock-name=name.clone()
                    data-ringdock-record=id.clone() data-ringdock-record-type=kind.clone()>
                    {icon(Icon::Phone)}
                </button>
            }
        })
    })
    .into_any()
}

/// Whether this can be dialled: digits with what is written between them. Callers send words as well.
fn is_number(text: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_digit() || "+*# ()-./".contains(c);
    text.chars().all(is_sign) && text.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn only_a_number_has_a_button() {
        for text in ["+442079460958", "*21#", "(020) 7946-0.958/12", "600"] {
            assert!(is_number(text), "{text}");
        }
        for text in ["", "+", "anonymous", "<script>", "@x", "call me maybe", "1001@pbx"] {
            assert!(!is_number(text), "{text}");
        }
    }
}
