//! The phone as components see it: what there is to draw, and how to ask for something.

use crate::state::signals::*;
use ringdock_phone::{Intent, PhoneView, Time};
use std::rc::Rc;

/// A context: the phone's view, the time, and the way to the machine.
#[derive(Clone, Copy)]
pub struct PhoneModel {
    /// What to draw.
    pub view: Signal<PhoneView>,
    /// The driver's clock, moved on once a second while something on screen counts.
    pub now: Signal<Time>,
    act: Action<Intent>,
}

impl PhoneModel {
    /// A model over the driver's signals and its inbox.
    pub fn new(view: Signal<PhoneView>, now: Signal<Time>, act: Rc<dyn Fn(Intent)>) -> Self {
        PhoneModel { view, now, act: Signal::new(act) }
    }

    /// Asks the phone for something. What may not be done is ignored there.
    pub fn act(&self, intent: Intent) {
        self.act.run(intent);
    }
}
