//! To come.
use crate::{route::Section, state::Scope};
use leptos::prelude::*;
pub fn page(_scope: Scope, _section: Section) -> AnyView {
    ().into_any()
}
