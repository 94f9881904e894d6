//! A person who can sign in.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub login: String,
    pub name: String,
    pub email: String,
    /// As typed.
    pub phone: String,
    /// PHC string; none for who signs in by the demo alone.
    pub password: Option<String>,
    pub role_id: i64,
    pub active: bool,
    pub note_dialog: bool,
    pub country: Option<String>,
    pub created_at: i64,
}

/// None is declared; joins are written where they are made.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
