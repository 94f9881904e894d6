use serde::{Deserialize, Serialize};

/// Why a request was refused (RFC 9457, `application/problem+json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Always `about:blank`: [`Problem::code`] tells problems apart.
    #[serde(rename = "type")]
    pub kind: String,
    /// A few words for the kind of problem.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What a program decides by: one of [`code`].
    pub code: String,
    /// A sentence for the person who made the request.
    pub detail: String,
    /// The field of the request at fault, as `fields.phone` for one inside another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// The values of [`Problem::code`].
pub mod code {
    /// The request is not what its schema says: no JSON, a missing field, a wrong kind of value.
    pub const MALFORMED: &str = "malformed";
    /// A field has a value that is refused; [`super::Problem::field`] names it.
    pub const INVALID: &str = "invalid";
    /// There is a required field without a value.
    pub const REQUIRED: &str = "required";
    /// The value of a choice is none of its options.
    pub const UNKNOWN_OPTION: &str = "unknown_option";
    /// A text is longer than it may be.
    pub const TOO_LONG: &str = "too_long";
    /// Something of that name exists.
    pub const TAKEN: &str = "taken";
    /// It is still in use by something else.
    pub const IN_USE: &str = "in_use";
    /// The same key was sent with another content before.
    pub const KEY_REUSED: &str = "key_reused";
    /// Nobody is signed in, or no longer.
    pub const NOT_SIGNED_IN: &str = "not_signed_in";
    /// User and password do not fit.
    pub const WRONG_PASSWORD: &str = "wrong_password";
    /// The role of who asks does not allow it.
    pub const FORBIDDEN: &str = "forbidden";
    /// The request came from another site, or lacks the header that says it did not.
    pub const FOREIGN_ORIGIN: &str = "foreign_origin";
    /// A PBX's report is not signed, or its signature does not fit.
    pub const BAD_SIGNATURE: &str = "bad_signature";
    /// There is no such thing, or it may not be seen.
    pub const NOT_FOUND: &str = "not_found";
    /// It existed and was deleted.
    pub const DELETED: &str = "deleted";
    /// The route does not take this method.
    pub const METHOD: &str = "method_not_allowed";
    /// The body is longer than the route takes.
    pub const TOO_LARGE: &str = "too_large";
    /// The body's media type is not taken here.
    pub const MEDIA_TYPE: &str = "media_type";
    /// Too many attempts; `Retry-After` says when to come back.
    pub const TOO_MANY: &str = "too_many";
    /// The database is busy or locked: the same request may succeed in a moment.
    pub const BUSY: &str = "busy";
    /// The server's disk is full: nothing was saved.
    pub const DISK_FULL: &str = "disk_full";
    /// A fault of the server's own.
    pub const INTERNAL: &str = "internal";
}
