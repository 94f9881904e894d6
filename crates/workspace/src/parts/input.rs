use leptos::prelude::*;

use super::Form;

/// A field of a form that is typed into.
pub struct Input {
    form: Form,
    field: String,
    label: String,
    value: RwSignal<String>,
    kind: &'static str,
    hint: Option<String>,
    autocomplete: &'static str,
    required: bool,
    lines: u32,
}

impl Input {
    /// A line of text. `field` is its name in the request.
    pub fn new(form: Form, field: &str, label: &str, value: RwSignal<String>) -> Self {
        Self {
            form,
            field: field.to_owned(),
            label: label.to_owned(),
            value,
            kind: "text",
            hint: None,
            autocomplete: "off",
            required: false,
            lines: 1,
        }
    }

    /// Of another kind: `email`, `tel`, `date`, `password`, `url`.
    pub fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    /// With a word about what belongs in it.
    pub fn hint(mut self, hint: &str) -> Self {
        self.hint = Some(hint.to_owned());
        self
    }

    /// That the browser may fill in.
    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = what;
        self
    }

    /// That must have a value.
    pub fn required(mut self, required: bool) -> Self {
        self.required = required;
        self
    }

    /// With several lines.
    pub fn lines(mut self, lines: u32) -> Self {
        self.lines = lines;
        self
    }

    /// The field, with its label above and its error below.
    pub fn view(self) -> AnyView {
        let Self { form, value, kind, autocomplete, required, lines, .. } = self;
        let id = form.id(&self.field);
        let error = form.error(&self.field);
        if required {
            form.require(&self.field, value);
        }
        let described = described_by(&id, self.hint.is_some());
        let invalid = move || error.with(Option::is_some).then_some("true");
        let control = if lines > 1 {
            view! {
                <textarea id=id.clone() rows=lines aria-describedby=described aria-invalid=invalid
                    aria-required=required.then_some("true") bind:value=value></textarea>
            }
            .into_any()
        } else {
            view! {
                <input id=id.clone() type=kind autocomplete=autocomplete aria-describedby=described
                    aria-invalid=invalid aria-required=required.then_some("true") bind:value=value />
            }
            .into_any()
        };
        field(&id, &self.label, required, control, self.hint, error)
    }
}

/// The `id`s of the elements that tell more of a control.
pub fn described_by(id: &str, hint: bool) -> String {
    let error = [id, "-error"].concat();
    if hint { [&error, " ", id, "-hint"].concat() } else { error }
}

/// A control between its label and what is to be said of it.
pub fn field(
    id: &str,
    label: &str,
    required: bool,
    control: AnyView,
    hint: Option<String>,
    error: Memo<Option<String>>,
) -> AnyView {
    let mark = required.then(|| view! { <span class="required" aria-hidden="true">"*"</span> });
    let hint_id = [id, "-hint"].concat();
    view! {
        <div class="field">
            <label for=id.to_owned()>{label.to_owned()}{mark}</label>
            {control}
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <p class="error" id=[id, "-error"].concat()>{move || error.get()}</p>
        </div>
    }
    .into_any()
}
