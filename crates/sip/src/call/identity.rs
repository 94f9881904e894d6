//! Who is at the other end, by what the message says and by what the server vouches for (RFC 3325; RFC 3323;
//! RFC 5806); and which number was called (RFC 7315).

use crate::message::{Headers, Name, NameAddr, Request, Uri};
use crate::{Caller, Party};

/// The longest name that is shown; whatever comes may be far longer.
const LONGEST_NAME: usize = 128;

/// Who calls.
pub(super) fn caller(invite: &Request) -> Caller {
    let headers = invite.headers();
    let from = invite.from();
    let is_private = is_private(headers);
    let asserted = asserted(headers, "calling");
    let Party { number, name } = party(asserted.as_ref().unwrap_or(from));
    Caller {
        number,
        name,
        withheld: is_private || asserted.is_none() && is_anonymous(&from.uri),
        asserted: asserted.is_some(),
        diverted_from: diverted_from(headers),
    }
}

/// Who the server says is at the other end of a dialog, if it vouches for anybody who may be shown. `role`: what
/// the other side is in it, `calling` or `called`.
pub(crate) fn vouched(headers: &Headers, role: &str) -> Option<Party> {
    asserted(headers, role).as_ref().map(party)
}

/// Whether an address says that nobody is to know it (RFC 3323, section 4.1.1.3; Asterisk may put its own domain
/// behind it).
pub(super) fn is_anonymous(uri: &Uri) -> bool {
    uri.host().eq_ignore_ascii_case("anonymous.invalid")
        || uri.user().eq_ignore_ascii_case("anonymous")
}

fn is_private(headers: &Headers) -> bool {
    let privacy = headers.text(Name::Privacy).unwrap_or_default().to_ascii_lowercase();
    privacy.split(';').any(|wish| matches!(wish.trim(), "id" | "user" | "header"))
}

/// The number that the caller dialled, which is lost from a request that was led on to an extension.
pub(super) fn called(invite: &Request) -> Option<String> {
    let called = invite.headers().addresses(Name::PCalledPartyId).ok()?.into_iter().next()?;
    Some(party(&called).number).filter(|number| !number.is_empty())
}

/// The identity that the server vouches for and that may be shown.
fn asserted(headers: &Headers, role: &str) -> Option<NameAddr> {
    if is_private(headers) {
        return None;
    }
    let first = |name| headers.addresses(name).ok()?.into_iter().next();
    first(Name::PAssertedIdentity).or_else(|| {
        let parties = headers.addresses(Name::RemotePartyId).ok()?;
        parties.into_iter().find(|party| {
            let is = |name, value: &str| {
                party.params.get(name).is_some_and(|found| found.eq_ignore_ascii_case(value))
            };
            (is("party", role) || party.params.get("party").is_none())
                && party
                    .params
                    .get("privacy")
                    .is_none_or(|privacy| privacy.eq_ignore_ascii_case("off"))
        })
    })
}

/// The latest diversion comes first (RFC 5806, section 6).
fn diverted_from(headers: &Headers) -> Option<Party> {
    let latest = headers.addresses(Name::Diversion).ok()?.into_iter().next()?;
    let may_be_shown =
        latest.params.get("privacy").is_none_or(|privacy| privacy.eq_ignore_ascii_case("off"));
    may_be_shown.then(|| party(&latest))
}

/// Who has this address.
pub(crate) fn party(address: &NameAddr) -> Party {
    let name = address.display_name.as_deref().map(shown).filter(|name| !name.is_empty());
    Party { number: shown(&address.uri.user_unescaped()), name }
}

/// What can be shown of a text that a stranger wrote.
pub(super) fn shown(text: &str) -> String {
    let visible = text.chars().filter(|c| !c.is_control()).take(LONGEST_NAME);
    visible.collect::<String>().trim().to_owned()
}
