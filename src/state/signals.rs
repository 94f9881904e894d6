//! The signals that all state is kept in.
//!
//! Leptos' reactive system (`reactive_graph`) knows who reads what and runs it again; it is used here with one type
//! of trigger, of effect and of storage for all, because its own signals bring their code once for each type of
//! value.

use reactive_graph::effect::RenderEffect;
use reactive_graph::owner::{LocalStorage, StoredValue};
use reactive_graph::prelude::{GetValue, Notify, Track};
use reactive_graph::signal::ArcTrigger;
use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

pub use reactive_graph::owner::Owner;

/// A value that others follow. It is a handle to copy; the value goes with the owner that it was made under.
pub struct Signal<T> {
    kept: StoredValue<Kept, LocalStorage>,
    holds: PhantomData<fn() -> T>,
}

/// What an owner keeps: a signal's value in a `RefCell`, or anything else that nobody follows.
#[derive(Clone)]
struct Kept {
    value: Rc<dyn Any>,
    changed: ArcTrigger,
}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Signal<T> {}

impl<T: Default + 'static> Default for Signal<T> {
    fn default() -> Self {
        Signal::new(T::default())
    }
}

impl<T: 'static> Signal<T> {
    /// A signal that has this value.
    pub fn new(value: T) -> Self {
        Signal { kept: store(Rc::new(RefCell::new(value))), holds: PhantomData }
    }

    /// Reads the value; what calls it follows it.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        let kept = self.kept();
        kept.changed.track();
        kept.read(read)
    }

    /// Reads the value without following it.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.kept().read(read)
    }

    /// Changes the value, and has it followed. Nothing happens once the owner is gone.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        if let Some(kept) = self.kept.try_get_value() {
            change(&mut kept.cell().borrow_mut());
            kept.changed.notify();
        }
    }

    /// Puts another value there. Nothing happens once the owner is gone.
    pub fn set(self, value: T) {
        self.update(|kept| *kept = value);
    }

    fn kept(self) -> Kept {
        kept(self.kept)
    }
}

#[expect(clippy::expect_used, reason = "what reads a signal lives under the owner that keeps it")]
fn kept(signal: StoredValue<Kept, LocalStorage>) -> Kept {
    signal.try_get_value().expect("the signal's owner lives")
}

impl Kept {
    #[expect(clippy::expect_used, reason = "a signal's handle has the type of its value")]
    fn cell<T: 'static>(&self) -> &RefCell<T> {
        self.value.downcast_ref().expect("a value of the handle's type")
    }

    fn read<T: 'static, U>(&self, read: impl FnOnce(&T) -> U) -> U {
        read(&self.cell().borrow())
    }
}

impl<T: Clone + 'static> Signal<T> {
    /// The value; what calls it follows it.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value, without following it.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// The same for what may outlive the owner, such as a task of its own.
    pub fn try_get_untracked(self) -> Option<T> {
        Some(self.kept.try_get_value()?.read(T::clone))
    }
}

/// Something to do, as a handle to copy like a signal.
pub type Action<T> = Signal<Rc<dyn Fn(T)>>;

impl<T: 'static> Action<T> {
    /// Does it.
    pub fn run(self, with: T) {
        self.with_untracked(|act| act(with));
    }
}

/// A signal that has what `read` says. What follows it runs only when that has become another.
pub fn memo<T: Default + PartialEq + 'static>(mut read: impl FnMut() -> T + 'static) -> Signal<T> {
    let memo = Signal::default();
    follow(move || {
        let value = read();
        if memo.with_untracked(|kept| *kept != value) {
            memo.set(value);
        }
    });
    memo
}

/// Runs now, and again whenever a signal that it reads changes, until the owner that it was called under is
/// cleaned up: a dock, or a part of it that is built anew.
pub fn follow(run: impl FnMut() + 'static) {
    follow_boxed(Box::new(run));
}

fn follow_boxed(mut run: Box<dyn FnMut()>) {
    keep(RenderEffect::new(move |_| run()));
}

/// Keeps this for as long as the owner that it was called under.
pub fn keep(value: impl Any) {
    store(Rc::new(value));
}

fn store(value: Rc<dyn Any>) -> StoredValue<Kept, LocalStorage> {
    StoredValue::new_local(Kept { value, changed: ArcTrigger::new() })
}
