//! The question before what was typed is lost.

use leptos::prelude::*;

use crate::{
    parts::{Form, Question},
    state::Scope,
    words,
};

/// Asked whenever something is about to take forms away that hold what is not saved.
pub fn question(scope: Scope) -> AnyView {
    let step = scope.router.unsaved().step();
    let question = Question::new(Form::new(scope.reach, "leave"));
    let asked = StoredValue::new(None::<Callback<()>>);
    Effect::new(move |_| {
        if let Some(next) = step.get() {
            // Asked once, whatever the answer.
            step.set(None);
            asked.set_value(Some(next));
            question.ask();
        }
    });
    let leave = move || {
        question.close();
        if let Some(next) = asked.get_value() {
            next.run(());
        }
    };
    question.view(words::LEAVE_UNSAVED, words::LEAVE_UNSAVED_TEXT, words::LEAVE, leave)
}
