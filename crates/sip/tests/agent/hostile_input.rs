//! Whatever comes in whatever order: the laws of `play` hold.

use std::{fs, path::Path};

use proptest::prelude::*;

use crate::play::play;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_script_ends_in_peace(script in proptest::collection::vec(any::<u8>(), 0..200)) {
        play(&script, || 0);
    }
}

/// What the fuzzer found worth keeping, each of them.
#[test]
fn the_kept_scripts_end_in_peace() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/agent");
    let mut played = 0;
    for entry in fs::read_dir(&folder).expect("the corpus of the fuzz target `agent`") {
        let script = fs::read(entry.expect("an entry").path()).expect("a script");
        play(&script, || 0);
        played += 1;
    }
    assert!(played > 0, "there are no scripts in {}", folder.display());
}
