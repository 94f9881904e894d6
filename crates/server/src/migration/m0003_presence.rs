//! Who is there: in the database, because several servers may share it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = |name: &str| ColumnDef::new(Alias::new(name)).not_null().to_owned();
        let table = Table::create()
            .table(Alias::new("presence"))
            .col(column("user_id").big_integer().primary_key().to_owned())
            .col(column("state").text().to_owned())
            .col(column("since").big_integer().to_owned())
            .col(column("heard_at").big_integer().to_owned())
            .to_owned();
        manager.create_table(table).await
    }
}
