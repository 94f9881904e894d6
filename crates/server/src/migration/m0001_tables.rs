//! The first tables.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

fn column(name: &str) -> ColumnDef {
    let mut column = ColumnDef::new(Alias::new(name));
    column.not_null();
    column
}

fn key() -> ColumnDef {
    column("id").big_integer().auto_increment().primary_key().to_owned()
}

fn text(name: &str) -> ColumnDef {
    column(name).text().to_owned()
}

fn big(name: &str) -> ColumnDef {
    column(name).big_integer().to_owned()
}

fn small(name: &str) -> ColumnDef {
    column(name).integer().to_owned()
}

fn flag(name: &str) -> ColumnDef {
    column(name).boolean().to_owned()
}

fn text_or_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).text().to_owned()
}

fn big_or_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).big_integer().to_owned()
}

fn small_or_null(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).integer().to_owned()
}

fn tables() -> Vec<(&'static str, Vec<ColumnDef>)> {
    vec![
        (
            "workspace",
            vec![
                big("id").primary_key().to_owned(),
                text("name"),
                text("country"),
                text("currency"),
                text("inbound_secret"),
                text("outbound_secret"),
                text("log_secret"),
                text_or_null("hmac_key"),
            ],
        ),
        ("roles", vec![key(), text("name"), text("permissions")]),
        (
            "users",
            vec![
                key(),
                text("login"),
                text("name"),
                text("email"),
                text("phone"),
                text_or_null("password"),
                big("role_id"),
                flag("active"),
                flag("note_dialog"),
                text_or_null("country"),
                big("created_at"),
            ],
        ),
        (
            "sessions",
            vec![key(), text("token"), big("user_id"), big("created_at"), big("expires_at")],
        ),
        (
            "api_keys",
            vec![
                key(),
                text("name"),
                text("token"),
                big("role_id"),
                big("created_at"),
                big_or_null("used_at"),
            ],
        ),
        (
            "record_types",
            vec![text("key").primary_key().to_owned(), small("position"), text("definition")],
        ),
        (
            "records",
            vec![
                key(),
                text("kind"),
                text("title"),
                text_or_null("status"),
                flag("closed"),
                text("fields"),
                big("created_at"),
                big("updated_at"),
                big_or_null("deleted_at"),
            ],
        ),
        (
            "phones",
            vec![
                key(),
                text("subject"),
                big("subject_id"),
                text("field"),
                text("typed"),
                text_or_null("e164"),
                text("digits"),
            ],
        ),
        ("words", vec![key(), text("word"), big("record_id")]),
        ("links", vec![key(), big("record_id"), text("field"), big("target_id")]),
        (
            "calls",
            vec![
                key(),
                text("facts"),
                text("channel"),
                text("direction"),
                text("caller"),
                text("callee"),
                text("other"),
                text("outcome"),
                big("started_at"),
                big_or_null("answered_at"),
                big_or_null("ended_at"),
                big("talk_seconds"),
                big_or_null("agent_id"),
                big("heard_at"),
            ],
        ),
        ("call_ids", vec![text("key").primary_key().to_owned(), big("call_id")]),
        (
            "call_links",
            vec![key(), big("call_id"), text("subject"), big("subject_id"), text_or_null("field")],
        ),
        (
            "notes",
            vec![
                key(),
                text("key"),
                text("digest"),
                big_or_null("record_id"),
                big_or_null("call_id"),
                big_or_null("author_id"),
                text("text"),
                text_or_null("status_from"),
                text_or_null("status_to"),
                big("created_at"),
            ],
        ),
        (
            "tasks",
            vec![
                key(),
                text("key"),
                text("digest"),
                big_or_null("record_id"),
                text("title"),
                big_or_null("due_at"),
                big_or_null("assignee_id"),
                big_or_null("done_at"),
                big("created_at"),
            ],
        ),
        ("timeline", vec![key(), big("record_id"), big("at"), text("kind"), big("ref_id")]),
        (
            "call_backs",
            vec![
                key(),
                text("key"),
                text("digest"),
                big("record_id"),
                text_or_null("number"),
                text("reason"),
                big_or_null("due_at"),
                big_or_null("done_at"),
                big("created_at"),
            ],
        ),
        (
            "voip_accounts",
            vec![
                key(),
                big_or_null("owner_id"),
                flag("bridging"),
                flag("shared"),
                text("username"),
                text("identity"),
                text("password"),
                text("server"),
                text("prefix"),
                text("postfix"),
                text("format"),
            ],
        ),
        ("webhooks", vec![key(), text("url"), text("topics"), flag("active"), text("secret")]),
        (
            "deliveries",
            vec![
                key(),
                big("webhook_id"),
                text("key"),
                text("topic"),
                big("call_id"),
                text("body"),
                text("state"),
                small("attempts"),
                small_or_null("last_status"),
                text_or_null("last_error"),
                big_or_null("next_at"),
                big("created_at"),
            ],
        ),
    ]
}

/// Table, columns, whether no two rows may have the same.
const INDEXES: [(&str, &[&str], bool); 31] = [
    ("roles", &["name"], true),
    ("users", &["login"], true),
    ("users", &["role_id"], false),
    ("sessions", &["token"], true),
    ("sessions", &["user_id"], false),
    ("api_keys", &["token"], true),
    ("records", &["kind", "updated_at", "id"], false),
    ("records", &["updated_at", "id"], false),
    ("phones", &["e164"], false),
    ("phones", &["digits"], false),
    ("phones", &["subject", "subject_id"], false),
    ("words", &["word", "record_id"], false),
    ("words", &["record_id"], false),
    ("links", &["target_id"], false),
    ("links", &["record_id"], false),
    ("calls", &["started_at", "id"], false),
    ("calls", &["agent_id", "started_at", "id"], false),
    ("calls", &["other", "started_at"], false),
    ("calls", &["ended_at", "heard_at"], false),
    ("call_ids", &["call_id"], false),
    ("call_links", &["call_id", "subject", "subject_id"], true),
    ("call_links", &["subject", "subject_id", "call_id"], false),
    ("notes", &["key"], true),
    ("notes", &["call_id"], false),
    ("tasks", &["key"], true),
    ("tasks", &["record_id"], false),
    ("timeline", &["record_id", "kind", "ref_id"], true),
    ("timeline", &["record_id", "at", "id"], false),
    ("call_backs", &["key"], true),
    ("call_backs", &["record_id"], false),
    ("deliveries", &["state", "next_at"], false),
];

/// Table, column, the table whose row must exist.
const REFERENCES: [(&str, &str, &str); 3] = [
    ("users", "role_id", "roles"),
    ("sessions", "user_id", "users"),
    ("api_keys", "role_id", "roles"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, columns) in tables() {
            let mut table = Table::create();
            table.table(Alias::new(name));
            for mut column in columns {
                table.col(&mut column);
            }
            for (_, column, other) in REFERENCES.iter().filter(|(table, ..)| *table == name) {
                let mut reference = ForeignKey::create();
                reference.from(Alias::new(name), Alias::new(*column));
                table.foreign_key(reference.to(Alias::new(*other), Alias::new("id")));
            }
            manager.create_table(table).await?;
        }
        let connection = manager.get_connection();
        if connection.get_database_backend() == DbBackend::Postgres {
            // Ranges of beginnings need the order of bytes, not that of a language.
            connection
                .execute_unprepared(r#"ALTER TABLE words ALTER COLUMN word TYPE text COLLATE "C""#)
                .await?;
        }
        for (table, columns, unique) in INDEXES {
            let mut index = Index::create();
            index.name(format!("{table}_{}", columns.join("_"))).table(Alias::new(table));
            columns.iter().for_each(|column| {
                index.col(Alias::new(*column));
            });
            if unique {
                index.unique();
            }
            manager.create_index(index).await?;
        }
        // One account to a user.
        let one = "CREATE UNIQUE INDEX voip_accounts_owner ON voip_accounts (owner_id) WHERE owner_id IS NOT NULL";
        connection.execute_unprepared(one).await?;
        Ok(())
    }
}
