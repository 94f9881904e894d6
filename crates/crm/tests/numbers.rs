//! Which number of the business is meant, and which one is called from.

use ringdock_api::number::LineNumber;
use ringdock_crm::numbers::Numbers;

const LONDON: &str = "+442079460200";
const LEEDS: &str = "+441134960200";

fn line(number: &str, name: &str, may_call_from: bool) -> LineNumber {
    LineNumber { number: number.into(), name: name.into(), may_call_from }
}

fn both() -> Numbers {
    let mut numbers = Numbers::default();
    numbers.set(vec![line(LONDON, "London", true), line(LEEDS, "Leeds", true)]);
    numbers
}

#[test]
fn a_choice_comes_before_what_is_usual_and_that_before_the_first() {
    let mut numbers = both();
    assert_eq!(numbers.from(), Some(LONDON));
    numbers.expect(Some(LEEDS.into()));
    assert_eq!(numbers.from(), Some(LEEDS));
    numbers.choose(LONDON);
    assert_eq!(numbers.from(), Some(LONDON));
    numbers.forget_choice();
    assert_eq!(numbers.from(), Some(LEEDS));
}

#[test]
fn what_may_no_longer_be_called_from_is_not_shown() {
    let mut numbers = both();
    numbers.choose(LEEDS);
    numbers.expect(Some(LEEDS.into()));
    numbers.set(vec![line(LONDON, "London", true), line(LEEDS, "Leeds", false)]);
    assert_eq!(numbers.from(), Some(LONDON));
    assert!(!numbers.is_choice());
    // Nor is it chosen again when it is given back.
    numbers.expect(None);
    numbers.set(vec![line(LONDON, "London", true), line(LEEDS, "Leeds", true)]);
    assert_eq!(numbers.from(), Some(LONDON));
    assert!(numbers.is_choice());
    assert_eq!(Numbers::default().from(), None);
}

#[test]
fn a_called_number_is_known_in_all_ways_that_a_pbx_writes_it() {
    let mut numbers = both();
    numbers.set(vec![line(LONDON, "London", false), line(LEEDS, "Leeds", true)]);
    for called in [LONDON, "442079460200", "00442079460200", "02079460200", "20 7946 0200"] {
        assert_eq!(numbers.named(called).map(|own| own.name.as_str()), Some("London"), "{called}");
    }
    for other in ["", "0200", "1001", "+12079460200", "anonymous", "000000"] {
        assert_eq!(numbers.named(other), None, "{other}");
    }
}
