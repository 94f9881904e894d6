//! The numbers of the business, and who may call from them.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Numbers {
    Table,
    Id,
    Number,
    Typed,
    Name,
}

#[derive(DeriveIden)]
enum NumberUsers {
    Table,
    Id,
    NumberId,
    UserId,
    ChosenAt,
}

#[derive(DeriveIden)]
enum Users {
    Table,
    Id,
}

fn key(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().auto_increment().primary_key().to_owned()
}

fn text(name: impl IntoIden) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let numbers = Table::create()
            .table(Numbers::Table)
            .col(key(Numbers::Id))
            .col(text(Numbers::Number))
            .col(text(Numbers::Typed))
            .col(text(Numbers::Name))
            .to_owned();
        manager.create_table(numbers).await?;
        let mut of_number = ForeignKey::create();
        of_number.from(NumberUsers::Table, NumberUsers::NumberId);
        of_number.to(Numbers::Table, Numbers::Id).on_delete(ForeignKeyAction::Cascade);
        let mut of_user = ForeignKey::create();
        of_user.from(NumberUsers::Table, NumberUsers::UserId);
        of_user.to(Users::Table, Users::Id).on_delete(ForeignKeyAction::Cascade);
        let users = Table::create()
            .table(NumberUsers::Table)
            .col(key(NumberUsers::Id))
            .col(ColumnDef::new(NumberUsers::NumberId).big_integer().not_null())
            .col(ColumnDef::new(NumberUsers::UserId).big_integer().not_null())
            .col(ColumnDef::new(NumberUsers::ChosenAt).big_integer())
            .foreign_key(&mut of_number)
            .foreign_key(&mut of_user)
            .to_owned();
        manager.create_table(users).await?;
        let number = Index::create()
            .name("numbers_number")
            .table(Numbers::Table)
            .col(Numbers::Number)
            .unique()
            .to_owned();
        manager.create_index(number).await?;
        let once = Index::create()
            .name("number_users_user_id_number_id")
            .table(NumberUsers::Table)
            .col(NumberUsers::UserId)
            .col(NumberUsers::NumberId)
            .unique()
            .to_owned();
        manager.create_index(once).await
    }
}
