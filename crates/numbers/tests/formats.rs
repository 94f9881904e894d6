//! How numbers are written, by country.

use ringdock_numbers::{Formatted, format};

fn assert_formats(home: &str, rows: &[(&str, &str, &str)]) {
    for (text, display, country) in rows {
        let expected = Formatted { display: (*display).into(), country: Some((*country).into()) };
        assert_eq!(format(text, Some(home)), Some(expected), "{text:?} typed in {home}");
    }
}

fn assert_not_formatted(home: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(format(text, Some(home)), None, "{text:?} typed in {home}");
    }
}

#[test]
fn united_kingdom() {
    assert_formats(
        "GB",
        &[
            ("02079460958", "020 7946 0958", "GB"),
            ("07400123456", "07400 123456", "GB"),
            ("08001111", "0800 1111", "GB"),
            ("01534456789", "01534 456789", "JE"),
            ("+442079460958", "+44 20 7946 0958", "GB"),
            ("+441534456789", "+44 1534 456789", "JE"),
        ],
    );
}

#[test]
fn united_states() {
    assert_formats(
        "US",
        &[
            ("2025550143", "(202) 555-0143", "US"),
            ("8005550199", "(800) 555-0199", "US"),
            ("4165550123", "(416) 555-0123", "CA"),
            ("12025550143", "1 202-555-0143", "US"),
            ("+12025550143", "+1 202-555-0143", "US"),
        ],
    );
}

#[test]
fn germany() {
    assert_formats(
        "DE",
        &[
            ("030123456", "030 123456", "DE"),
            ("015123456789", "01512 3456789", "DE"),
            ("+4930123456", "+49 30 123456", "DE"),
        ],
    );
}

#[test]
fn france() {
    assert_formats(
        "FR",
        &[("0142685300", "01 42 68 53 00", "FR"), ("+33631966543", "+33 6 31 96 65 43", "FR")],
    );
}

#[test]
fn india() {
    assert_formats(
        "IN",
        &[
            ("9876543210", "98765 43210", "IN"),
            ("09876543210", "098765 43210", "IN"),
            ("+919876543210", "+91 98765 43210", "IN"),
        ],
    );
}

#[test]
fn albania() {
    assert_formats(
        "AL",
        &[
            ("042234567", "04 223 4567", "AL"),
            ("0672123456", "067 212 3456", "AL"),
            ("+355672123456", "+355 67 212 3456", "AL"),
        ],
    );
}

#[test]
fn a_leading_zero_belongs_to_italys_landlines() {
    assert_formats(
        "IT",
        &[("0236618300", "02 3661 8300", "IT"), ("+390236618300", "+39 02 3661 8300", "IT")],
    );
}

#[test]
fn what_people_write_between_digits_does_not_matter() {
    assert_formats(
        "GB",
        &[
            ("  (020) 7946-0958 ", "020 7946 0958", "GB"),
            ("020.7946.0958", "020 7946 0958", "GB"),
            ("\u{202a}020\u{a0}7946\u{2011}0958\u{202c}", "020 7946 0958", "GB"),
            ("０２０７９４６０９５８", "020 7946 0958", "GB"),
            ("tel:+44-20-7946-0958", "+44 20 7946 0958", "GB"),
            ("+44 (0)20 7946 0958", "+44 20 7946 0958", "GB"),
        ],
    );
}

#[test]
fn an_international_prefix_is_shown_as_plus() {
    assert_formats("GB", &[("00493012345678", "+49 30 12345678", "DE")]);
    assert_formats(
        "US",
        &[
            ("011493012345678", "+49 30 12345678", "DE"),
            ("00493012345678", "+49 30 12345678", "DE"),
        ],
    );
    assert_formats("JP", &[("010493012345678", "+49 30 12345678", "DE")]);
    // A toll-free number of Japan's own.
    assert_not_formatted("JP", &["00777012345"]);
}

#[test]
fn a_foreign_number_keeps_the_digits_that_are_a_trunk_prefix_at_home() {
    assert_formats("US", &[("+4915123456789", "+49 1512 3456789", "DE")]);
    assert_formats("DE", &[("+390236618300", "+39 02 3661 8300", "IT")]);
}

#[test]
fn digits_are_neither_added_nor_taken_away() {
    assert_formats(
        "GB",
        &[("2079460958", "20 7946 0958", "GB"), ("442079460958", "44 20 7946 0958", "GB")],
    );
    // The zero would be dialled: the display must not hide it.
    assert_not_formatted("GB", &["+4402079460958"]);
}

#[test]
fn a_part_of_a_number_is_grouped_as_the_whole_will_be() {
    for (home, whole) in [
        ("GB", "+44 20 7946 0958"),
        ("GB", "+1 202-555-0123"),
        ("GB", "+33 1 23 45 67 89"),
        ("GB", "+61 412 345 678"),
        ("GB", "020 7946 0958"),
        ("FR", "01 23 45 67 89"),
    ] {
        let shortest = if whole.starts_with('+') { 4 } else { 8 };
        for (end, _) in whole.char_indices().skip(shortest).filter(|(_, sign)| *sign != ' ') {
            let shown = whole[..=end].trim_end_matches('-');
            let typed = shown.replace([' ', '-'], "");
            let formatted = format(&typed, Some(home)).map(|formatted| formatted.display);
            assert_eq!(formatted.as_deref(), Some(shown), "{typed} typed in {home}");
        }
    }
}

#[test]
fn a_part_that_tells_nothing_is_not_formatted() {
    assert_not_formatted("GB", &["", "0", "+", "0207", "020794609581234"]);
    assert_not_formatted("US", &["555", "2025550", "202555014"]);
}

#[test]
fn an_internal_number_is_not_formatted() {
    for home in ["GB", "US", "DE", "FR", "IN", "AL", "AT", "SH"] {
        assert_not_formatted(
            home,
            &["0", "12", "112", "600", "601", "6001", "10001", "*97", "*43#", "#31#"],
        );
    }
}

#[test]
fn what_is_no_number_is_not_formatted() {
    let long = "0".repeat(65);
    let blanks = format!("{}02079460958", " ".repeat(64));
    assert_not_formatted(
        "GB",
        &[
            "call me",
            "020 7946 09x8",
            "<b>02079460958</b>",
            "a@b.example",
            "☎",
            "++",
            &long,
            &blanks,
        ],
    );
}

#[test]
fn without_a_country_only_international_numbers_are_formatted() {
    for unknown in [None, Some(""), Some("XX"), Some("AQ"), Some("001"), Some("Ä")] {
        assert_eq!(format("02079460958", unknown), None, "{unknown:?}");
        let known = format("+442079460958", unknown).unwrap();
        assert_eq!(known.display, "+44 20 7946 0958", "{unknown:?}");
    }
}

#[test]
fn the_countrys_letters_may_be_small() {
    assert_eq!(format("02079460958", Some("gb")), format("02079460958", Some("GB")));
}

#[test]
fn a_number_that_belongs_to_no_one_country_names_none() {
    let global = format("+80012345678", Some("FR")).unwrap();
    assert_eq!(global, Formatted { display: "+800 1234 5678".into(), country: None });
    // Possible under the code 1, but no country has it.
    assert_eq!(format("+15551234567", None).unwrap().country, None);
}
