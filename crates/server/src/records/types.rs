//! Types of record.

use axum::{Json, extract::State, http::StatusCode};
use ringdock_api::{
    Page, code,
    event::Event,
    record::{Field, FieldKind, RecordType},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, sea_query::OnConflict,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{builtin, store};
use crate::{
    app::App,
    check,
    entity::{record, record_type},
    error::{Error, Result},
    events::Audience,
    extract::{self, Path},
};

const MOST_FIELDS: usize = 100;
const MOST_OPTIONS: usize = 200;

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(replace, delete))
}

/// All types.
#[utoipa::path(get, path = "/api/types", tag = "records", responses((status = 200, body = Page<RecordType>)))]
async fn list(State(app): State<App>) -> Result<Json<Page<RecordType>>> {
    all(app.db.read()).await.map(Page::whole).map(Json)
}

/// Makes a type, or replaces one. Values of fields that are gone stay stored, and are shown again with the field.
#[utoipa::path(put, path = "/api/types/{key}", tag = "records",
    params(("key" = String, Path, description = "the type's key")),
    request_body = RecordType, responses((status = 200, body = RecordType)))]
async fn replace(
    State(app): State<App>,
    Path(key): Path<String>,
    extract::Json(input): extract::Json<RecordType>,
) -> Result<Json<RecordType>> {
    if input.key != key {
        return Err(Error::invalid("key", "This is not the type that the address names."));
    }
    let country = app.country().await?;
    let mut tx = app.db.begin().await?;
    let others = all(&tx).await?;
    let mut keys: Vec<&str> = others.iter().map(|other| other.key.as_str()).collect();
    keys.push(&key);
    self::check(&input, &keys)?;
    // It writes all records of the type, and meanwhile nobody else writes.
    let derived_alike = others.iter().find(|old| old.key == key).is_some_and(|old| {
        old.fields == input.fields && old.title == input.title && old.status == input.status
    });
    let definition = serde_json::to_string(&input).map_err(|e| Error::Internal(e.to_string()))?;
    let position = i32::try_from(others.len()).unwrap_or(i32::MAX);
    let row = record_type::ActiveModel {
        key: Set(key),
        position: Set(position),
        definition: Set(definition),
    };
    let conflict = OnConflict::column(record_type::Column::Key)
        .update_column(record_type::Column::Definition)
        .to_owned();
    record_type::Entity::insert(row).on_conflict(conflict).exec_without_returning(&tx).await?;
    if !derived_alike {
        store::derive_again(&tx, &input, &country).await?;
    }
    tx.tell(Audience::Everyone, Event::Types);
    tx.commit().await?;
    Ok(Json(input))
}

/// Deletes a type that never had a record. Deleted records are kept and count: without
/// their type nobody could say what they were.
#[utoipa::path(delete, path = "/api/types/{key}", tag = "records",
    params(("key" = String, Path, description = "the type's key")), responses((status = 204)))]
async fn delete(State(app): State<App>, Path(key): Path<String>) -> Result<StatusCode> {
    let mut tx = app.db.begin().await?;
    find(&tx, &key).await?.ok_or(Error::NotFound)?;
    let used = record::Entity::find().filter(record::Column::Kind.eq(&key)).count(&tx).await? > 0;
    if used || builtin::KEYS.contains(&key.as_str()) {
        let detail =
            "This type has or had records, deleted ones as well, or is one that is always there."
                .to_owned();
        return Err(Error::Conflict { field: None, code: code::IN_USE, detail });
    }
    record_type::Entity::delete_by_id(key).exec(&tx).await?;
    tx.tell(Audience::Everyone, Event::Types);
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// All types, in their order.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<RecordType>> {
    let rows =
        record_type::Entity::find().order_by_asc(record_type::Column::Position).all(db).await?;
    rows.iter().map(read).collect()
}

/// The type of that key.
pub async fn find(db: &impl ConnectionTrait, key: &str) -> Result<Option<RecordType>> {
    let row = record_type::Entity::find_by_id(key).one(db).await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &record_type::Model) -> Result<RecordType> {
    serde_json::from_str(&row.definition)
        .map_err(|e| Error::Internal(format!("the record type {}: {e}", row.key)))
}

/// Checks a type; `types` are the keys of all there will be.
pub fn check(kind: &RecordType, types: &[&str]) -> Result<()> {
    check::slug("key", &kind.key)?;
    if kind.key == "user" {
        return Err(Error::taken("key", "Users have this name."));
    }
    check::name("name", &kind.name)?;
    check::name("plural", &kind.plural)?;
    if kind.fields.is_empty() || kind.fields.len() > MOST_FIELDS {
        return Err(Error::invalid("fields", format!("A type has 1 to {MOST_FIELDS} fields.")));
    }
    for (index, field) in kind.fields.iter().enumerate() {
        let place = format!("fields.{index}");
        if kind.fields.iter().take(index).any(|other| other.key == field.key) {
            return Err(Error::invalid(format!("{place}.key"), "Another field has this key."));
        }
        check_field(&place, field, types)?;
    }
    if kind.title.is_empty()
        || kind.title.len() > 5
        || kind.title.iter().any(|key| kind.field(key).is_none())
    {
        return Err(Error::invalid("title", "A title is made of 1 to 5 of the type's fields."));
    }
    let is_choice =
        |field: Option<&Field>| field.is_some_and(|field| field.kind == FieldKind::Choice);
    if kind.status.is_some() && !is_choice(kind.status_field()) {
        return Err(Error::invalid("status", "The status is one of the type's choices."));
    }
    Ok(())
}

fn check_field(place: &str, field: &Field, types: &[&str]) -> Result<()> {
    check::slug(format!("{place}.key"), &field.key)?;
    check::name(&format!("{place}.label"), &field.label)?;
    let options = format!("{place}.options");
    if (field.kind == FieldKind::Choice) != (1..=MOST_OPTIONS).contains(&field.options.len()) {
        return Err(Error::invalid(
            options,
            format!("A choice has 1 to {MOST_OPTIONS} options, others have none."),
        ));
    }
    for (index, option) in field.options.iter().enumerate() {
        check::slug(format!("{options}.{index}.value"), &option.value)?;
        check::name(&format!("{options}.{index}.label"), &option.label)?;
        if field.options.iter().take(index).any(|other| other.value == option.value) {
            return Err(Error::invalid(
                format!("{options}.{index}.value"),
                "Another option has this value.",
            ));
        }
    }
    let target_fits = match (&field.target, field.kind) {
        (Some(target), FieldKind::Link) => types.contains(&target.as_str()),
        (None, FieldKind::Link) | (Some(_), _) => false,
        (None, _) => true,
    };
    if target_fits {
        Ok(())
    } else {
        Err(Error::invalid(format!("{place}.target"), "A link leads to a type of record."))
    }
}
