//! What can be dialled of what people type and paste.

use ringdock_phone::dialable;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn numbers_come_out_of_what_surrounds_them() {
    let numbers = [
        ("600", "600"),
        ("*97", "*97"),
        ("*21*1002#", "*21*1002#"),
        ("+442079460958", "+442079460958"),
        ("+44 (20) 7946-0958", "+442079460958"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("(0)20 7946", "0207946"),
        ("  020.7946/0958\t\n", "02079460958"),
        ("[+1] 555-0100", "+15550100"),
        ("+44\u{a0}20\u{202f}7946\u{2009}0958", "+442079460958"),
        ("020\u{2011}7946\u{2013}0958\u{2212}1", "020794609581"),
        ("\u{202a}+442079460958\u{202c}", "+442079460958"),
        ("\u{feff}600\u{200b}", "600"),
        ("tel:+44-20-7946-0958", "+442079460958"),
        ("TEL:600", "600"),
        (" tel: 600 ", "600"),
        ("tel:7042;phone-context=example.com", "7042"),
        ("tel:+442079460958;ext=12", "+442079460958"),
        ("+442079460958;ext=12", "+442079460958"),
        ("tel:%2B44%2020%207946-0958", "+442079460958"),
        ("tel:*97%23", "*97#"),
        ("sip:1002", "1002"),
        ("\u{ff0b}\u{ff14}\u{ff14}\u{ff08}\u{ff12}\u{ff10}\u{ff09}", "+4420"),
        ("\u{ff0a}\u{ff19}\u{ff17}\u{ff03}", "*97#"),
        ("\u{0661}\u{0662}\u{0669}\u{0660}", "1290"),
        ("\u{06f4}\u{06f4}", "44"),
        ("\u{0966}\u{096f}", "09"),
    ];
    for (text, number) in numbers {
        assert_eq!(dialable(text).as_deref(), Some(number), "{text:?}");
    }
}

#[test]
fn what_is_no_number_is_not_dialled() {
    let texts = [
        "",
        "   ",
        "+",
        "()",
        "tel:",
        "tel:;ext=5",
        "alice",
        "0800 CALL",
        "12+34",
        "++44",
        "sip:1002@pbx.example",
        "https://example.com/600",
        "600, 601",
        "50%",
        "600%2",
        "600%\u{e9}1",
        "555 ext. 7",
        "½",
        "1:2",
        "<b>1</b>",
        "６x",
    ];
    for text in texts {
        assert_eq!(dialable(text), None, "{text:?}");
    }
}

#[test]
fn what_no_channel_takes_is_no_number() {
    assert!(dialable(&"1".repeat(64)).is_some());
    assert_eq!(dialable(&"1".repeat(65)), None);
}

#[test]
fn what_can_be_dialled_stays_as_it_is() {
    for text in ["600", "+442079460958", "*97", "#"] {
        assert_eq!(dialable(text).as_deref(), Some(text));
    }
}
