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
/// says nothing; fields that are not known are passed over. In JSON, a number or a boolean is taken as the text that stands
/// there, and `null` as nothing. Times are seconds since 1970, with a fraction or without; one that is still to come is taken
/// as now, and an end or an answer before the begin as the begin.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "call_id": "1795175999.1", "from": "+12025550123", "to": "+442079460200", "extension": "1001", "started": "1795175999.5"
})))]
#[serde(default)]
pub struct PbxReport {
    /// The PBX's own id of the call, the same in all its reports: Asterisk's `LINKEDID`.
    #[cfg_attr(feature = "openapi", schema(value_type = PbxText))]
    pub call_id: String,
    /// The SIP `Call-ID` of the leg to or from the agent's dock, which makes this and the dock's reports one record.
    #[cfg_attr(feature = "openapi", schema(value_type = PbxText))]
    pub sip_call_id: String,
    /// The caller's number.
    #[cfg_attr(feature = "openapi", schema(value_type = PbxText))]
    pub from: String,
    /// The number called.
    #[cfg_attr(feature = "openapi", schema(value_type = PbxText))]
    pub to: String,
    /// The agent's extension.
    #[cfg_attr(feature = "openapi", schema(value_type = PbxText))]
    pub extension: String,
    /// The number that the agent's phone would like to present: its P-Preferred-Identity (RFC 3325), whole or its number
    /// alone. Of an outgoing call.
    #[cfg_attr(feature = "openapi", schema(value_type = PbxText))]
    pub preferred: String,
    /// When it began.
    #[cfg_attr(feature = "openapi", schema(value_type = PbxText))]
    pub started: String,
    /// When it was answered.
    #[cfg_attr(feature = "openapi", schema(value_type = PbxText))]
    pub answered: String,
    /// When it was over. A final log without it came when the call was over.
    #[cfg_attr(feature = "openapi", schema(value_type = PbxText))]
    pub ended: String,
    /// How it went, in the words of Asterisk's `DIALSTATUS`: `ANSWER`, `BUSY`, `NOANSWER`, `CANCEL`, `CONGESTION`,
    /// `CHANUNAVAIL`, `DONTCALL`, `TORTURE`; or one of [`crate::call::Outcome`]. Empty while it goes on. A final log
    /// without it is of a call that was answered, if it says when or another report does, and else one that nobody answered.
    #[cfg_attr(feature = "openapi", schema(value_type = PbxText))]
    pub status: String,
    /// Where the recording is: an `https://` or `http://` URL.
    #[cfg_attr(feature = "openapi", schema(value_type = PbxText))]
    pub recording: String,
    /// `inbound` or `outbound`, for a final log; the other two URLs say it themselves.
    #[cfg_attr(feature = "openapi", schema(value_type = PbxText))]
    pub direction: String,
}

/// A text, as a PBX may write it in JSON: as a string, a number or a boolean; `null` is no text.
#[cfg(feature = "openapi")]
pub struct PbxText;

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for PbxText {}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for PbxText {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::{Object, Type, schema::SchemaType};
        let kinds = vec![Type::String, Type::Number, Type::Boolean, Type::Null];
        let mut text = Object::with_type(SchemaType::Array(kinds));
        text.description = Some(
            "A string; a number or a boolean is taken as its text, null as nothing.".to_owned(),
        );
        utoipa::openapi::schema::Schema::Object(text).into()
    }
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
