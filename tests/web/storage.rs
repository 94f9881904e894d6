use ringdock::web::{random, storage};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn what_is_saved_is_there_again() {
    storage::save("ringdock.test", "left");
    assert_eq!(storage::load("ringdock.test").as_deref(), Some("left"));
    assert_eq!(storage::load("ringdock.never"), None);
}

#[wasm_bindgen_test]
fn random_numbers_differ() {
    let (mut one, mut other) = ([0; 16], [0; 16]);
    random::fill(&mut one);
    random::fill(&mut other);
    assert_ne!(one, other);
}
