//! A record.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "records")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Key of its type.
    pub kind: String,
    pub title: String,
    pub status: Option<String>,
    /// Whether its status says that it is over and done with.
    pub closed: bool,
    /// JSON of `ringdock_api::Fields`.
    pub fields: String,
    pub created_at: i64,
    pub updated_at: i64,
    pub deleted_at: Option<i64>,
    /// Of the client; the same record is the same key.
    pub key: Option<String>,
    /// SHA-256 of what was sent with the key.
    pub digest: Option<String>,
}

/// None is declared; joins are written where they are made.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
