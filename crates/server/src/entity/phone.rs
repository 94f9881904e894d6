//! A phone field with a value: the index that matching stands on.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "phones")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// `record` or `user`.
    pub subject: String,
    pub subject_id: i64,
    pub field: String,
    pub typed: String,
    pub e164: Option<String>,
    pub digits: String,
}

/// None is declared; joins are written where they are made.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
