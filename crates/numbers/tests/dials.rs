//! How numbers are dialled, by country.

use ringdock_numbers::dialled;

#[test]
fn an_external_number_has_one_international_form_however_it_is_written() {
    for (home, text, e164, national) in [
        ("GB", "020 7946 0958", "+442079460958", Some("02079460958")),
        ("GB", "+44 (0)20 7946 0958", "+442079460958", Some("02079460958")),
        ("GB", "0044 20 7946 0958", "+442079460958", Some("02079460958")),
        ("GB", "tel:%2B442079460958", "+442079460958", Some("02079460958")),
        ("GB", "+1 202-555-0143", "+12025550143", None),
        ("GB", "01534456789", "+441534456789", Some("01534456789")),
        ("US", "(202) 555-0143", "+12025550143", Some("2025550143")),
        ("US", "1 202 555 0143", "+12025550143", Some("2025550143")),
        ("US", "011 44 20 7946 0958", "+442079460958", None),
        ("IT", "06 698 12345", "+390669812345", Some("0669812345")),
        ("DE", "030 123456", "+4930123456", Some("030123456")),
        ("ES", "912 345 678", "+34912345678", Some("912345678")),
    ] {
        let number = dialled(text, Some(home)).map(|number| (number.e164, number.national));
        assert_eq!(number, Some((e164.into(), national.map(str::to_owned))), "{text:?} in {home}");
    }
}

#[test]
fn an_internal_number_is_none() {
    for text in ["600", "1001", "*97", "*21*02079460958#", "700123", "9999999", "call me", ""] {
        assert_eq!(dialled(text, Some("GB")), None, "{text:?}");
    }
}

#[test]
fn without_a_country_only_a_whole_number_is_known() {
    assert_eq!(dialled("02079460958", None), None);
    let number = dialled("+442079460958", None).unwrap();
    assert_eq!((number.e164.as_str(), number.national), ("+442079460958", None));
}

#[test]
fn a_whole_number_that_is_too_short_for_its_country_is_none() {
    assert_eq!(dialled("+4420", Some("GB")), None);
}
