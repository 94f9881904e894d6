//! What a PBX reports of its calls.

use serde::{Deserialize, Serialize};

/// The workspace's three secret URLs, relative to the server's own address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PbxWebhooks {
    /// For a call that comes in.
    pub inbound: String,
    /// For a call that goes out.
    pub outbound: String,
    /// For a call that is over.
    pub log: String,
    /// Whether a report must be signed: header `X-Ringdock-Signature: sha256=HEX`, HMAC-SHA256 of the body.
    pub signed: bool,
}

/// Sets the key of the reports' signature.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PbxWebhooksInput {
    /// The key, 16 to 200 characters; none for reports without a signature. It is never read back.
    pub hmac_key: Option<String>,
}

/// What a PBX reports, as JSON or as form fields. Reports may repeat, race and come out of order. Texts may be empty, which
/// says nothing; fields that are not known are passed over. Times are seconds since 1970, with a fraction or without.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "call_id": "1795175999.1", "from": "+12025550123", "to": "+442079460200", "extension": "1001", "started": "1795175999.5"
})))]
#[serde(default)]
pub struct PbxReport {
    /// The PBX's own id of the call, the same in all its reports: Asterisk's `LINKEDID`.
    pub call_id: String,
    /// The SIP `Call-ID` of the leg to or from the agent's dock, which makes this and the dock's reports one record.
    pub sip_call_id: String,
    /// The caller's number.
    pub from: String,
    /// The number called.
    pub to: String,
    /// The agent's extension.
    pub extension: String,
    /// The number that the agent's phone would like to present: its P-Preferred-Identity (RFC 3325), whole or its number
    /// alone. Of an outgoing call.
    pub preferred: String,
    /// When it began.
    pub started: String,
    /// When it was answered.
    pub answered: String,
    /// When it was over.
    pub ended: String,
    /// How it went, in the words of Asterisk's `DIALSTATUS`: `ANSWER`, `BUSY`, `NOANSWER`, `CANCEL`, `CONGESTION`,
    /// `CHANUNAVAIL`, `DONTCALL`, `TORTURE`; or one of [`crate::call::Outcome`]. Empty while it goes on.
    pub status: String,
    /// Where the recording is: an `https://` or `http://` URL.
    pub recording: String,
    /// `inbound` or `outbound`, for a final log; the other two URLs say it themselves.
    pub direction: String,
}

/// Says what became of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PbxAnswer {
    /// The call's record.
    pub call: crate::Id,
    /// The number to present to the other side, and the name beside it. Only of an outgoing call, and only if its agent may
    /// call from any.
    pub present: Option<crate::number::NamedNumber>,
}
