//! The signals that all state is kept in: Leptos' reactive system, without its views and its server side.

pub use reactive_graph::callback::{Callable, Callback};
pub use reactive_graph::computed::Memo;
pub use reactive_graph::owner::{LocalStorage, Owner, StoredValue};
pub use reactive_graph::prelude::*;
pub use reactive_graph::signal::{ReadSignal, RwSignal, WriteSignal};

use reactive_graph::effect::RenderEffect;

/// Runs now, and again whenever a signal that it reads changes, until the owner that it was called under is
/// cleaned up: a dock, or a part of it that is built anew.
pub fn follow(run: impl FnMut() + 'static) {
    follow_boxed(Box::new(run));
}

// One type of effect, so that its code is there once.
fn follow_boxed(mut run: Box<dyn FnMut()>) {
    StoredValue::new_local(RenderEffect::new(move |_| run()));
}
