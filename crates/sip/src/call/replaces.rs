//! An INVITE that takes the place of a call (RFC 3891).
//!
//! A PBX that stands between the parties gives the other side of a call to the target as soon as it has taken a
//! REFER. If the target does not answer, all it can do is to call back the phone that handed the call on; such a call
//! takes the place of the old one as well, which nobody is behind any more.

use super::identity::is_anonymous;
use super::{Call, Calls};
use crate::message::{Name, Request};
use crate::{CallId, Time};

/// What a Replaces header says.
struct Replaces {
    call_id: String,
    /// The tag of the side that gets the INVITE.
    to_tag: String,
    from_tag: String,
    early_only: bool,
}

impl Replaces {
    fn parse(text: &str) -> Option<Replaces> {
        let mut parts = text.split(';').map(str::trim);
        let call_id = parts.next().filter(|id| !id.is_empty())?.to_owned();
        let (mut to_tag, mut from_tag, mut early_only) = (None, None, false);
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "to-tag" if to_tag.is_none() => to_tag = Some(value.trim().to_owned()),
                "from-tag" if from_tag.is_none() => from_tag = Some(value.trim().to_owned()),
                "to-tag" | "from-tag" => return None,
                "early-only" => early_only = true,
                _ => {}
            }
        }
        Some(Replaces { call_id, to_tag: to_tag?, from_tag: from_tag?, early_only })
    }
}

impl Calls {
    /// The call whose place an INVITE wants to take, if it wants one's; or the status to refuse with (RFC 3891,
    /// section 3).
    pub(super) fn replaced_by(&self, invite: &Request) -> Result<Option<CallId>, u16> {
        let mut values = invite.headers().all(Name::Replaces);
        if values.next().is_none() {
            return Ok(None);
        }
        let text = invite.headers().text(Name::Replaces).filter(|_| values.next().is_none());
        let wanted = text.as_deref().and_then(Replaces::parse).ok_or(400u16)?;
        let is_it = |dialog: &crate::dialog::Dialog| {
            dialog.is(&wanted.call_id, &wanted.to_tag, &wanted.from_tag)
        };
        for (&call, state) in self.live.iter() {
            match state {
                Call::Active(active) if is_it(&active.dialog) => {
                    return if wanted.early_only { Err(486) } else { Ok(Some(call)) };
                }
                Call::Inviting(inviting) if inviting.has_dialog(is_it) => return Ok(Some(call)),
                Call::Leaving(leaving) if is_it(&leaving.dialog) => return Err(603),
                // One that rings here was not begun by us.
                _ => {}
            }
        }
        Err(481)
    }

    /// The call that was handed on a moment ago and whose other side calls again.
    pub(super) fn coming_back(&self, now: Time, invite: &Request) -> Option<CallId> {
        let from = &invite.from().uri;
        if is_anonymous(from) {
            return None;
        }
        let mut calls = self.live.iter();
        let (call, _) = calls.find(|(_, state)| {
            matches!(state, Call::Active(active) if active.may_return(now)
                && active.dialog.is_with(from))
        })?;
        Some(*call)
    }
}
