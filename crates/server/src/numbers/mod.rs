//! The numbers of the business (how any number is read is in `crate::number`).

pub mod choice;

use std::collections::HashMap;

use axum::{Json, extract::State, http::StatusCode};
use ringdock_api::{
    Id, Page,
    event::Event,
    number::{NamedNumber, Number, NumberInput},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ModelTrait,
    PaginatorTrait, QueryFilter, QueryOrder,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    check,
    db::{Tx, unique},
    entity::{number_user, own_number, user},
    error::{Error, Result},
    events::Audience,
    extract::{self, Path},
    number,
};

pub fn router() -> OpenApiRouter<App> {
    let settings =
        OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(read, replace, delete));
    settings.merge(choice::router())
}

/// All numbers of the business, oldest first.
#[utoipa::path(get, path = "/api/numbers", tag = "numbers", responses((status = 200, body = Page<Number>)))]
async fn list(State(app): State<App>) -> Result<Json<Page<Number>>> {
    let db = app.db.read();
    let rows = own_number::Entity::find().order_by_asc(own_number::Column::Id).all(db).await?;
    let links = number_user::Entity::find().order_by_asc(number_user::Column::UserId);
    let links = links.all(db).await?;
    Ok(Json(Page::whole(rows.into_iter().map(|row| told(row, &links)).collect())))
}

/// One number.
#[utoipa::path(get, path = "/api/numbers/{id}", tag = "numbers",
    params(("id" = Id, Path, description = "the number's row")), responses((status = 200, body = Number)))]
async fn read(State(app): State<App>, Path(id): Path<Id>) -> Result<Json<Number>> {
    let db = app.db.read();
    let row = own_number::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)?;
    let links = links(db, id).await?;
    Ok(Json(told(row, &links)))
}

/// Makes a number. Whoever may call from it can do so at once.
#[utoipa::path(post, path = "/api/numbers", tag = "numbers", request_body = NumberInput,
    responses((status = 201, body = Number)))]
async fn create(
    State(app): State<App>,
    extract::Json(input): extract::Json<NumberInput>,
) -> Result<(StatusCode, Json<Number>)> {
    let country = app.country().await?;
    let mut tx = app.db.begin().await?;
    let row = checked(&tx, &input, &country).await?;
    let row = row.insert(&tx).await.map_err(|error| unique(error, taken))?;
    let number = give(&tx, row, &users(&input)).await?;
    tx.tell(Audience::Everyone, Event::Numbers);
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(number)))
}

/// Replaces a number.
#[utoipa::path(put, path = "/api/numbers/{id}", tag = "numbers",
    params(("id" = Id, Path, description = "the number's row")),
    request_body = NumberInput, responses((status = 200, body = Number)))]
async fn replace(
    State(app): State<App>,
    Path(id): Path<Id>,
    extract::Json(input): extract::Json<NumberInput>,
) -> Result<Json<Number>> {
    let country = app.country().await?;
    let mut tx = app.db.begin().await?;
    own_number::Entity::find_by_id(id).one(&tx).await?.ok_or(Error::NotFound)?;
    let row = own_number::ActiveModel { id: Set(id), ..checked(&tx, &input, &country).await? };
    let row = row.update(&tx).await.map_err(|error| unique(error, taken))?;
    let number = give(&tx, row, &users(&input)).await?;
    tx.tell(Audience::Everyone, Event::Numbers);
    tx.commit().await?;
    Ok(Json(number))
}

/// Deletes a number. Calls that went through it keep it.
#[utoipa::path(delete, path = "/api/numbers/{id}", tag = "numbers",
    params(("id" = Id, Path, description = "the number's row")), responses((status = 204)))]
async fn delete(State(app): State<App>, Path(id): Path<Id>) -> Result<StatusCode> {
    let mut tx = app.db.begin().await?;
    let row = own_number::Entity::find_by_id(id).one(&tx).await?.ok_or(Error::NotFound)?;
    row.delete(&tx).await?;
    tx.tell(Audience::Everyone, Event::Numbers);
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

fn taken() -> Error {
    Error::taken("number", "This number is there already.")
}

async fn checked(tx: &Tx, input: &NumberInput, country: &str) -> Result<own_number::ActiveModel> {
    if input.number.trim().is_empty() {
        return Err(Error::required("number"));
    }
    let e164 = number::Number::read(&input.number, country).e164;
    let e164 = e164.ok_or_else(|| Error::invalid("number", "This is not a phone number."))?;
    check::at_most("name", input.name.trim(), 200)?;
    let known = user::Entity::find().filter(user::Column::Id.is_in(users(input)));
    if known.count(tx).await? != users(input).len() as u64 {
        return Err(Error::invalid("users", "There is no such user."));
    }
    Ok(own_number::ActiveModel {
        number: Set(e164),
        typed: Set(input.number.trim().to_owned()),
        name: Set(input.name.trim().to_owned()),
        ..Default::default()
    })
}

fn users(input: &NumberInput) -> Vec<Id> {
    let mut users = input.users.clone();
    users.sort_unstable();
    users.dedup();
    users
}

/// Lets these users, and nobody else, call from a number. Who could before keeps what they chose.
async fn give(tx: &Tx, row: own_number::Model, users: &[Id]) -> Result<Number> {
    let old = links(tx, row.id).await?;
    let gone = old.iter().filter(|link| !users.contains(&link.user_id)).map(|link| link.id);
    let gone: Vec<Id> = gone.collect();
    if !gone.is_empty() {
        let rows = number_user::Entity::delete_many();
        rows.filter(number_user::Column::Id.is_in(gone)).exec(tx).await?;
    }
    for user in users {
        if !old.iter().any(|link| link.user_id == *user) {
            let link = number_user::ActiveModel {
                number_id: Set(row.id),
                user_id: Set(*user),
                ..Default::default()
            };
            link.insert(tx).await?;
        }
    }
    let links = links(tx, row.id).await?;
    Ok(told(row, &links))
}

async fn links(db: &impl ConnectionTrait, number: Id) -> Result<Vec<number_user::Model>> {
    let links = number_user::Entity::find().filter(number_user::Column::NumberId.eq(number));
    Ok(links.order_by_asc(number_user::Column::UserId).all(db).await?)
}

fn told(row: own_number::Model, links: &[number_user::Model]) -> Number {
    let users = links.iter().filter(|link| link.number_id == row.id).map(|link| link.user_id);
    Number {
        users: users.collect(),
        id: row.id,
        number: row.number,
        typed: row.typed,
        name: row.name,
    }
}

/// Those of some numbers that are the business's own.
pub async fn named(
    db: &impl ConnectionTrait,
    numbers: impl IntoIterator<Item = &String>,
) -> Result<HashMap<String, NamedNumber>> {
    let mut numbers: Vec<&String> = numbers.into_iter().collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = own_number::Entity::find().filter(own_number::Column::Number.is_in(numbers));
    let rows = rows.all(db).await?.into_iter();
    let named = rows.map(|row| NamedNumber { number: row.number, name: row.name });
    Ok(named.map(|named| (named.number.clone(), named)).collect())
}
