//! A request to call somebody back.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "call_backs")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub key: String,
    pub digest: String,
    pub record_id: i64,
    pub number: Option<String>,
    pub reason: String,
    pub due_at: Option<i64>,
    pub done_at: Option<i64>,
    pub created_at: i64,
}

/// None is declared; joins are written where they are made.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
