//! The one error of the server. It prints itself as a problem (RFC 9457).

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use ringdock_api::{Problem, code};
use sea_orm::{DbErr, RuntimeErr};

/// Why a request is refused.
#[derive(Debug)]
pub enum Error {
    /// The request is not what its schema says.
    Malformed(String),
    /// A value is refused: its field, one of [`code`], a sentence.
    Invalid { field: String, code: &'static str, detail: String },
    /// It does not go together with what is there: as [`Error::Invalid`].
    Conflict { field: Option<&'static str>, code: &'static str, detail: String },
    /// Nobody is signed in.
    NotSignedIn,
    /// User and password do not fit.
    WrongPassword,
    /// The role does not allow it.
    Forbidden,
    /// The request may come from another site.
    ForeignOrigin,
    /// A PBX's report is not signed, or its signature does not fit.
    BadSignature,
    /// There is no such thing, or it may not be seen.
    NotFound,
    /// The route does not take the method.
    Method,
    /// The body is too long.
    TooLarge,
    /// The body's media type is not taken.
    MediaType(&'static str),
    /// Too many attempts; seconds until the next.
    TooMany(u64),
    /// The database is busy or locked.
    Busy,
    /// The disk is full.
    DiskFull,
    /// A fault of our own. The text is for the log alone.
    Internal(String),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A value is refused.
    pub fn invalid(field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), code: code::INVALID, detail: detail.into() }
    }

    /// A value that has to be there is not.
    pub fn required(field: impl Into<String>) -> Self {
        let detail = "This cannot be empty.".to_owned();
        Self::Invalid { field: field.into(), code: code::REQUIRED, detail }
    }

    /// A text is too long.
    pub fn too_long(field: impl Into<String>, most: usize) -> Self {
        let detail = format!("This is longer than {most} bytes.");
        Self::Invalid { field: field.into(), code: code::TOO_LONG, detail }
    }

    /// Something of that name exists.
    pub fn taken(field: &'static str, detail: impl Into<String>) -> Self {
        Self::Conflict { field: Some(field), code: code::TAKEN, detail: detail.into() }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict { .. } => StatusCode::CONFLICT,
            Self::NotSignedIn | Self::WrongPassword => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::ForeignOrigin | Self::BadSignature => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => code::MALFORMED,
            Self::Invalid { code, .. } | Self::Conflict { code, .. } => code,
            Self::NotSignedIn => code::NOT_SIGNED_IN,
            Self::WrongPassword => code::WRONG_PASSWORD,
            Self::Forbidden => code::FORBIDDEN,
            Self::ForeignOrigin => code::FOREIGN_ORIGIN,
            Self::BadSignature => code::BAD_SIGNATURE,
            Self::NotFound => code::NOT_FOUND,
            Self::Method => code::METHOD,
            Self::TooLarge => code::TOO_LARGE,
            Self::MediaType(_) => code::MEDIA_TYPE,
            Self::TooMany(_) => code::TOO_MANY,
            Self::Busy => code::BUSY,
            Self::DiskFull => code::DISK_FULL,
            Self::Internal(_) => code::INTERNAL,
        }
    }

    /// The sentence for a person.
    pub fn detail(&self) -> String {
        match self {
            Self::Malformed(detail)
            | Self::Invalid { detail, .. }
            | Self::Conflict { detail, .. } => detail.clone(),
            Self::NotSignedIn => "Sign in first.".to_owned(),
            Self::WrongPassword => "User and password do not fit.".to_owned(),
            Self::Forbidden => "Your role does not allow this.".to_owned(),
            Self::ForeignOrigin => "This request may come from another site.".to_owned(),
            Self::BadSignature => {
                "The header X-Ringdock-Signature is missing or does not fit: it is sha256= and the HMAC-SHA256 of the body in hexadecimal digits, made with the key of the workspace's PBX webhooks."
                    .to_owned()
            }
            Self::NotFound => "There is no such thing here, or you may not see it.".to_owned(),
            Self::Method => "This address does not take this method.".to_owned(),
            Self::TooLarge => "This is longer than the server takes.".to_owned(),
            Self::MediaType(wanted) => format!("Send this as {wanted}."),
            Self::TooMany(seconds) => format!("Too many attempts. Try again in {seconds} s."),
            Self::Busy => {
                "The database is busy. Nothing was saved; try again in a moment.".to_owned()
            }
            Self::DiskFull => "The server's disk is full. Nothing was saved.".to_owned(),
            Self::Internal(_) => {
                "The server failed at this. Nothing was saved; its log says more.".to_owned()
            }
        }
    }

    fn field(&self) -> Option<String> {
        match self {
            Self::Invalid { field, .. } => Some(field.clone()),
            Self::Conflict { field, .. } => field.map(str::to_owned),
            _ => None,
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Internal(why) = &self {
            tracing::error!(%why, "a request failed");
        }
        let status = self.status();
        let problem = Problem {
            kind: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            code: self.code().to_owned(),
            detail: self.detail(),
            field: self.field(),
        };
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match self {
            Self::TooMany(seconds) => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            Self::Busy => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(1));
            }
            Self::NotSignedIn | Self::WrongPassword => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            _ => {}
        }
        response
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if let DbErr::ConnectionAcquire(_) = &error {
            return Self::Busy;
        }
        match database_code(&error).as_deref() {
            // SQLite: busy, locked, full, input or output. PostgreSQL: lock not available, serialization, deadlock, shutting
            // down, starting up, connections, disk full. The second word of an extended SQLite code is in the upper bits.
            Some(
                "5" | "6" | "261" | "517" | "773" | "262" | "55P03" | "40001" | "40P01" | "57P01"
                | "57P03" | "53300",
            ) => Self::Busy,
            Some("13" | "53100") => Self::DiskFull,
            // The values of a failed statement may be private, so only the database's own code is kept.
            Some(code) => Self::Internal(format!("database error {code}")),
            None => Self::Internal(format!("database: {}", kind(&error))),
        }
    }
}

fn database_code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))
    | DbErr::Conn(RuntimeErr::SqlxError(error))) = error
    else {
        return None;
    };
    error.as_database_error()?.code().map(std::borrow::Cow::into_owned)
}

/// An error in words without values.
fn kind(error: &DbErr) -> &'static str {
    match error {
        DbErr::Conn(_) => "connection",
        DbErr::Exec(_) => "statement",
        DbErr::Query(_) => "query",
        DbErr::Type(_) | DbErr::TryIntoErr { .. } => "type",
        DbErr::RecordNotFound(_) | DbErr::RecordNotUpdated | DbErr::RecordNotInserted => "row",
        _ => "other",
    }
}
