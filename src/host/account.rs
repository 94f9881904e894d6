//! The account, as the page gives it.

use crate::state::{Account, Dialling, NumberFormat, TransferCodes};
use crate::web::object::{field, text};
use wasm_bindgen::{JsCast, JsValue};

/// Reads the element's `account`; `null` and `undefined` are no account.
///
/// # Errors
/// If a field that must be there is missing or no string; the sentence names it.
pub fn read_account(value: &JsValue) -> Result<Option<Account>, String> {
    if value.is_null() || value.is_undefined() {
        return Ok(None);
    }
    let needed = |name| {
        text(value, name).ok_or_else(|| ["The account needs `", name, "`, a string."].concat())
    };
    let stun_servers = match field(value, "stunServers") {
        None => Vec::new(),
        Some(list) => {
            let list = list
                .dyn_into::<js_sys::Array>()
                .map_err(|_| "`stunServers` of the account must be a list.")?;
            list.iter().filter_map(|url| url.as_string()).collect()
        }
    };
    let default_country = text(value, "defaultCountry");
    let format = match text(value, "format").as_deref() {
        Some("no-plus") => NumberFormat::NoPlus,
        Some("national") => NumberFormat::National,
        _ => NumberFormat::E164,
    };
    Ok(Some(Account {
        dialling: Dialling {
            format,
            prefix: text(value, "prefix").unwrap_or_default(),
            postfix: text(value, "postfix").unwrap_or_default(),
            has_country: default_country.is_some(),
        },
        identity: needed("identity")?,
        password: needed("password")?,
        servers: strings(value, "server")
            .ok_or("The account needs `server`, a string or a list of strings.")?,
        username: text(value, "username"),
        display_name: text(value, "displayName"),
        default_country,
        info_digits: text(value, "dtmf").as_deref() == Some("info"),
        transfer_codes: field(value, "transferCodes").map(|codes| transfer_codes(&codes)),
        stun_servers,
    }))
}

/// A field that is a string or a list of them.
fn strings(object: &JsValue, name: &str) -> Option<Vec<String>> {
    let field = field(object, name)?;
    match field.as_string() {
        Some(one) => Some(vec![one]),
        None => field.dyn_ref::<js_sys::Array>()?.iter().map(|one| one.as_string()).collect(),
    }
}

/// Keys that are left out are those of the PBXs that made them known.
fn transfer_codes(codes: &JsValue) -> TransferCodes {
    let code = |name, usual: &str| text(codes, name).unwrap_or_else(|| usual.to_owned());
    TransferCodes {
        blind: code("blind", "*11{number}#"),
        attended: code("attended", "*22{number}#"),
        back: code("back", "*0"),
    }
}
