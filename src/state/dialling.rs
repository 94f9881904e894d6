//! How the PBX wants numbers to be dialled.

use super::Format;

/// What the account says about external numbers. Internal ones (`600`, `*97`) are dialled as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dialling {
    /// How the number itself is written.
    pub format: NumberFormat,
    /// Dialled before it, `9` for example.
    pub prefix: String,
    /// Dialled behind it.
    pub postfix: String,
    /// The country of numbers without a country code is known, so that these can be told from internal ones.
    pub has_country: bool,
}

/// The ways to write an external number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberFormat {
    /// `+442079460958` (ITU-T E.164).
    #[default]
    E164,
    /// `442079460958`.
    NoPlus,
    /// `02079460958` for a number of the account's country; others as in E.164.
    National,
}

impl Dialling {
    /// Whether the formatter has to be asked before this number is dialled. Numbers of fewer than six digits are
    /// internal everywhere.
    pub fn asks_about(&self, number: &str) -> bool {
        let is_clear = number.starts_with('+') && self.format != NumberFormat::National;
        self.has_country && !is_clear && number.len() >= 6 && !number.contains(['*', '#'])
    }

    /// The keys that call this number; `known` is the formatter's word about it, if it gave one.
    pub fn dialled(&self, number: &str, known: Option<&Format>) -> String {
        let e164 = known.and_then(|known| known.e164.as_deref());
        if e164.is_none() && !number.starts_with('+') && !number.starts_with("00") {
            return number.to_owned();
        }
        let e164 = e164.unwrap_or(number);
        let written = match self.format {
            NumberFormat::E164 => e164,
            NumberFormat::NoPlus => e164.trim_start_matches('+'),
            NumberFormat::National => {
                known.and_then(|known| known.national.as_deref()).unwrap_or(e164)
            }
        };
        [&self.prefix, written, &self.postfix].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONDON: &str = "+442079460958";

    fn with(format: NumberFormat, prefix: &str, postfix: &str) -> Dialling {
        Dialling { format, prefix: prefix.into(), postfix: postfix.into(), has_country: true }
    }

    fn known(text: &str, national: Option<&str>) -> Format {
        Format {
            text: text.into(),
            e164: Some(LONDON.into()),
            national: national.map(str::to_owned),
            ..Format::default()
        }
    }

    #[test]
    fn an_external_number_is_written_as_the_account_wants_it() {
        let table = [
            (NumberFormat::E164, "+442079460958"),
            (NumberFormat::NoPlus, "442079460958"),
            (NumberFormat::National, "02079460958"),
        ];
        for text in [LONDON, "00442079460958", "02079460958"] {
            let known = known(text, Some("02079460958"));
            for (format, dialled) in table {
                assert_eq!(with(format, "", "").dialled(text, Some(&known)), dialled, "{text}");
            }
            let around = with(NumberFormat::NoPlus, "9", "#");
            assert_eq!(around.dialled(text, Some(&known)), "9442079460958#", "{text}");
        }
    }

    #[test]
    fn a_number_of_another_country_has_no_national_form() {
        let abroad = known(LONDON, None);
        assert_eq!(
            with(NumberFormat::National, "9", "").dialled(LONDON, Some(&abroad)),
            "9+442079460958"
        );
    }

    #[test]
    fn an_internal_number_is_dialled_as_it_is() {
        let rules = with(NumberFormat::NoPlus, "9", "#");
        let unknown = Format { text: "700123".into(), ..Format::default() };
        assert_eq!(rules.dialled("700123", Some(&unknown)), "700123");
        for number in ["600", "*97", "1001"] {
            assert!(!rules.asks_about(number), "{number}");
            assert_eq!(rules.dialled(number, None), number);
        }
    }

    #[test]
    fn without_the_formatters_word_only_what_leads_abroad_is_external() {
        let rules = with(NumberFormat::National, "9", "");
        assert_eq!(rules.dialled(LONDON, None), "9+442079460958");
        assert_eq!(rules.dialled("00442079460958", None), "900442079460958");
        assert_eq!(rules.dialled("02079460958", None), "02079460958");
    }

    #[test]
    fn a_whole_number_needs_the_formatter_for_its_national_form_alone() {
        assert!(!with(NumberFormat::E164, "", "").asks_about(LONDON));
        assert!(!with(NumberFormat::NoPlus, "9", "").asks_about(LONDON));
        assert!(with(NumberFormat::National, "", "").asks_about(LONDON));
        assert!(with(NumberFormat::E164, "", "").asks_about("02079460958"));
        let nowhere = Dialling { has_country: false, ..with(NumberFormat::National, "", "") };
        assert!(!nowhere.asks_about("02079460958"));
    }
}
