use leptos::prelude::*;

/// The forms that hold what was typed and not saved. Whoever takes the page away asks here first.
#[derive(Clone, Copy)]
pub struct Unsaved {
    /// The numbers of those forms.
    forms: StoredValue<Vec<u32>>,
    /// Gives each form a number.
    count: StoredValue<u32>,
    /// What waits for the person's answer.
    step: RwSignal<Option<Callback<()>>>,
}

impl Unsaved {
    pub(super) fn new() -> Self {
        Self {
            forms: StoredValue::new(Vec::new()),
            count: StoredValue::new(0),
            step: RwSignal::new(None),
        }
    }

    /// A number for a form, which is forgotten together with the current owner.
    pub fn form(self) -> u32 {
        let form = self.count.get_value();
        self.count.set_value(form.wrapping_add(1));
        on_cleanup(move || self.forget(form));
        form
    }

    /// The form holds what is not saved.
    pub fn add(self, form: u32) {
        self.forms.update_value(|forms| {
            if !forms.contains(&form) {
                forms.push(form);
            }
        });
    }

    /// It holds nothing of the kind any longer.
    pub fn forget(self, form: u32) {
        self.forms.update_value(|forms| forms.retain(|other| *other != form));
    }

    /// Whether there is anything to lose.
    pub fn any(self) -> bool {
        self.forms.with_value(|forms| !forms.is_empty())
    }

    /// Does `step`, which takes forms away; first the person is asked, if there is anything to lose.
    pub fn before(self, step: impl Fn() + Send + Sync + 'static) {
        if self.any() {
            self.step.set(Some(Callback::new(move |()| step())));
        } else {
            step();
        }
    }

    /// What waits for the person's answer.
    pub fn step(self) -> RwSignal<Option<Callback<()>>> {
        self.step
    }
}
