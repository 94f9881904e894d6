//! What each open page of an agent says of their presence.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = |name: &str| ColumnDef::new(Alias::new(name)).not_null().to_owned();
        let key = ["user_id", "page"].map(Alias::new);
        let mut primary = Index::create();
        for column in key {
            primary.col(column);
        }
        let table = Table::create()
            .table(Alias::new("presence_pages"))
            .col(column("user_id").big_integer().to_owned())
            .col(column("page").text().to_owned())
            .col(column("state").text().to_owned())
            .col(column("heard_at").big_integer().to_owned())
            .primary_key(&mut primary)
            .to_owned();
        manager.create_table(table).await
    }
}
