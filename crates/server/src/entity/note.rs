//! A note.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notes")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Of the client; the same note is the same key.
    pub key: String,
    /// SHA-256 of what was sent.
    pub digest: String,
    pub record_id: Option<i64>,
    pub call_id: Option<i64>,
    pub author_id: Option<i64>,
    pub text: String,
    pub status_from: Option<String>,
    pub status_to: Option<String>,
    pub created_at: i64,
}

/// None is declared; joins are written where they are made.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
