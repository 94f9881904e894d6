//! The settings.

use crate::route::Section;
use ringdock_api::{line::DialFormat, record::FieldKind, user::Permission, webhook::DeliveryState};

/// The menu of the settings.
pub const SETTINGS_MENU: &str = "Settings sections";
/// Heads what the role does not allow.
pub const NOT_ALLOWED: &str = "Your role does not allow this";
/// Says whom to ask.
pub const NOT_ALLOWED_TEXT: &str = "An administrator can give your role the permission.";
/// Heads an empty list of a section.
pub const NONE_YET: &str = "None yet";
/// Says what comes of deleting something.
pub const DELETE_THIS_TEXT: &str = "This cannot be taken back.";
/// The column of what can be done with a row.
pub const ACTIONS: &str = "Actions";

/// The name of a section.
pub fn section(section: Section) -> &'static str {
    match section {
        Section::Preferences => "Preferences",
        Section::Workspace => "Workspace",
        Section::Users => "Users",
        Section::Roles => "Roles",
        Section::Types => "Record types",
        Section::Accounts => "VoIP accounts",
        Section::Numbers => "Numbers",
        Section::Pbx => "PBX webhooks",
        Section::Webhooks => "Outgoing webhooks",
        Section::Keys => "API keys",
    }
}

/// What a section is for.
pub fn section_text(section: Section) -> &'static str {
    match section {
        Section::Preferences => "How the phone and the workspace behave for you alone.",
        Section::Workspace => "What holds for everybody in the company.",
        Section::Users => "Who may sign in, and with which role.",
        Section::Roles => "What a role allows is checked by the server for every request.",
        Section::Types => "The kinds of record, their fields, and which of them is the status.",
        Section::Accounts => {
            "One extension for each user, or a line that is used by all who have none of their own."
        }
        Section::Numbers => {
            "The numbers that callers know the company by, whom they mean, and who may call from them."
        }
        Section::Pbx => {
            "The PBX reports its calls to these addresses. Whoever knows them can report calls: keep them secret."
        }
        Section::Webhooks => {
            "Other programs are told when a call is over. Each delivery is signed."
        }
        Section::Keys => "A key lets another program use the API, with the permissions of a role.",
    }
}

/// Whether the note dialog opens.
pub const NOTE_DIALOG: &str = "Ask for a note after each answered call";
/// Says what happens without it.
pub const NOTE_DIALOG_HINT: &str = "Calls are logged either way.";
/// Whose national numbers are meant.
pub const COUNTRY: &str = "Default country";
/// Says what the country is for.
pub const COUNTRY_HINT: &str =
    "Numbers without a country code are read as numbers of this country.";
/// The country of the workspace.
pub const COUNTRY_OF_WORKSPACE: &str = "As the workspace";
/// Heads the change of one's password.
pub const OWN_PASSWORD: &str = "Password";
/// The password so far.
pub const CURRENT_PASSWORD: &str = "Current password";
/// The password from now on.
pub const NEW_PASSWORD: &str = "New password";
/// How long a password is.
pub const PASSWORD_HINT: &str = "8 to 200 characters.";
/// Changes the password.
pub const CHANGE_PASSWORD: &str = "Change password";
/// After the password was changed.
pub const PASSWORD_CHANGED: &str = "Password changed";

/// The company's name.
pub const COMPANY: &str = "Company";
/// The currency of money fields.
pub const CURRENCY: &str = "Currency";
/// How a currency is written.
pub const CURRENCY_HINT: &str = "Three letters, such as GBP.";

/// Makes a user.
pub const ADD_USER: &str = "Add user";
/// The name to sign in with.
pub const LOGIN: &str = "User name";
/// The full name.
pub const FULL_NAME: &str = "Full name";
/// The mail address.
pub const EMAIL: &str = "Email";
/// The role.
pub const ROLE: &str = "Role";
/// What comes of being active.
pub const ACTIVE_USER_HINT: &str = "Only active users may sign in.";
/// A user who may not sign in.
pub const INACTIVE: &str = "Inactive";
/// A password that is kept when nothing is typed.
pub const UNCHANGED_IF_EMPTY: &str = "Leave it empty to keep the one so far.";

/// Makes a role.
pub const ADD_ROLE: &str = "Add role";
/// What a role allows.
pub const PERMISSIONS: &str = "Permissions";

/// A permission.
pub fn permission(permission: Permission) -> &'static str {
    match permission {
        Permission::Call => "Receive calls and click to call",
        Permission::Dial => "Dial by hand",
        Permission::Transfer => "Transfer calls",
        Permission::SeeOwnCalls => "See own calls",
        Permission::SeeAllCalls => "See all calls",
        Permission::HearRecordings => "Hear recordings",
        Permission::ManageChannels => "Manage channels",
        Permission::SeeStatistics => "See statistics",
        Permission::ManageUsers => "Manage users",
    }
}

/// Makes a type of record.
pub const ADD_TYPE: &str = "Add record type";
/// One of a type.
pub const SINGULAR: &str = "Name of one";
/// Many of a type.
pub const PLURAL: &str = "Name of many";
/// Refuses a type whose name makes the key of another.
pub const TYPE_TAKEN: &str =
    "There is a record type of this name. Choose another, or edit the one that is there.";
/// Heads the fields of a type.
pub const FIELDS: &str = "Fields";
/// Makes a field.
pub const ADD_FIELD: &str = "Add field";
/// A field that has no label yet.
pub const NEW_FIELD: &str = "New field";
/// What a field is called.
pub const LABEL: &str = "Label";
/// What a field holds.
pub const KIND: &str = "Kind";
/// Whether a field must have a value.
pub const REQUIRED: &str = "Required";
/// Which type a link leads to.
pub const LINKS_TO: &str = "Links to";
/// The options of a choice.
pub const OPTIONS: &str = "Options";
/// How options are typed.
pub const OPTIONS_HINT: &str =
    "One on each line. As a status, those with ! in front mean that the record is closed.";
/// The choice that is the status.
pub const STATUS_FIELD: &str = "Status field";
/// Moves a field up.
pub const MOVE_UP: &str = "Move up";
/// Takes a field away.
pub const REMOVE_FIELD: &str = "Remove";

/// What a field holds.
pub fn field_kind(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "Text",
        FieldKind::Phone => "Phone",
        FieldKind::Email => "Email",
        FieldKind::Choice => "Choice",
        FieldKind::Date => "Date",
        FieldKind::Money => "Money",
        FieldKind::Link => "Link",
    }
}

/// Something done to a field that its label tells apart.
pub fn on_field(what: &str, label: &str) -> String {
    [what, ": ", label].concat()
}

/// Makes an account.
pub const ADD_ACCOUNT: &str = "Add VoIP account";
/// Whose an account is.
pub const OWNER: &str = "Owner";
/// Whether the PBX bridges.
pub const BRIDGING: &str = "PBX bridging";
/// What bridging is.
pub const BRIDGING_HINT: &str = "The PBX rings other phones of the owner as well.";
/// Whether all use it.
pub const USED_BY_ALL: &str = "Used by all";
/// Who all are.
pub const USED_BY_ALL_HINT: &str = "Any user without an account of their own may use this line.";
/// The digest user name.
pub const USERNAME: &str = "Username";
/// The address of the extension.
pub const IDENTITY: &str = "Identity";
/// How an identity is written.
pub const IDENTITY_HINT: &str = "For example 1001@pbx.example.com.";
/// The PBX.
pub const SERVER: &str = "Server";
/// How a server is written.
pub const SERVER_HINT: &str =
    "A host name means wss://host:8089/ws. A full wss:// address is taken as it is.";
/// Put in front of numbers.
pub const GLOBAL_PREFIX: &str = "Global prefix";
/// Put behind numbers.
pub const GLOBAL_POSTFIX: &str = "Global postfix";
/// What prefix and postfix are for.
pub const AFFIX_HINT: &str = "Added to every external number that is dialled.";
/// How numbers are dialled.
pub const DIAL_FORMAT: &str = "Numbers are dialled as";

/// How numbers are dialled.
pub fn dial_format(format: DialFormat) -> &'static str {
    match format {
        DialFormat::E164 => "+442079460958",
        DialFormat::NoPlus => "442079460958",
        DialFormat::National => "02079460958",
    }
}

/// Makes a number.
pub const ADD_NUMBER: &str = "Add number";
/// What a number is for.
pub const BUSINESS_PROFILE: &str = "Business profile";
/// What a business profile is for.
pub const BUSINESS_PROFILE_HINT: &str =
    "Agents answer calls to this number as it, and it is shown to those they call.";
/// Who may call from a number.
pub const MAY_CALL_FROM: &str = "May call from it";
/// Nobody may call from a number.
pub const NOBODY_MAY: &str = "Nobody";

/// For a call that comes in.
pub const INBOUND_URL: &str = "Inbound URL";
/// For a call that goes out.
pub const OUTBOUND_URL: &str = "Outbound URL";
/// For a call that is over.
pub const LOG_URL: &str = "Final call log URL";
/// Makes new URLs.
pub const RENEW: &str = "Renew URLs";
/// Asks before the URLs are renewed.
pub const RENEW_THIS: &str = "Renew the URLs?";
/// Says what comes of it.
pub const RENEW_TEXT: &str =
    "The ones so far stop working at once. The PBX must be given the new ones.";
/// After the URLs were renewed.
pub const RENEWED: &str = "The URLs are new";
/// Heads the signature of reports.
pub const SIGNATURE: &str = "Signature";
/// Reports must be signed.
pub const SIGNED: &str = "Reports must be signed (HMAC-SHA256).";
/// Reports need no signature.
pub const UNSIGNED: &str = "Reports need no signature beside the secret address.";
/// The key of the signature.
pub const HMAC_KEY: &str = "Signing key";
/// How long a key is.
pub const SECRET_HINT: &str = "16 to 200 characters. It is never shown again.";
/// Takes the key away.
pub const STOP_SIGNING: &str = "Take reports without a signature";

/// Makes a webhook.
pub const ADD_WEBHOOK: &str = "Add webhook";
/// Where deliveries go.
pub const URL: &str = "URL";
/// What signs.
pub const SECRET: &str = "Secret";
/// In use: a webhook that is told of calls, a user who may sign in.
pub const ACTIVE: &str = "Active";
/// A webhook that is off.
pub const PAUSED: &str = "Paused";
/// What was sent.
pub const DELIVERIES: &str = "Deliveries";
/// How often it was tried.
pub const ATTEMPTS: &str = "Attempts";
/// What the other side said last.
pub const ANSWER: &str = "Last answer";
/// Heads an empty log.
pub const NO_DELIVERIES_TEXT: &str = "The next call that ends is told here.";

/// How a delivery stands.
pub fn delivery(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Waiting => "Waiting",
        DeliveryState::Delivered => "Delivered",
        DeliveryState::Failed => "Failed",
    }
}

/// Makes a key.
pub const ADD_KEY: &str = "Add API key";
/// Which program a key is for.
pub const PROGRAM: &str = "Program";
/// When it was made.
pub const MADE: &str = "Created";
/// When it was last used.
pub const USED: &str = "Last used";
/// Never used.
pub const NEVER: &str = "Never";
/// Why a key has no form.
pub const KEY_STAYS: &str = "A key cannot be changed. Delete it, and add another.";
/// The secret of a new key.
pub const NEW_KEY: &str = "New key";
/// Says that it is shown once.
pub const NEW_KEY_TEXT: &str = "Copy it now: it is shown this once.";
/// Fetches a list again.
pub const REFRESH: &str = "Refresh";
/// Puts something away.
pub const CLOSE: &str = "Close";
