//! Users.

use std::collections::HashMap;

use axum::{Json, extract::State, http::StatusCode};
use ringdock_api::{
    Id, Page,
    event::Event,
    user::{Permission, Person, User, UserInput},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::{App, OpenError},
    auth::{Who, password},
    check,
    db::{Tx, unique},
    entity::{phone, role, session, user, voip_account},
    error::{Error, Result},
    events::Audience,
    extract::{self, Path},
    number::{self, Number},
    time::now,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(read, replace, delete))
}

/// All users, by name. Who may not manage users is told no more of others than it takes to choose one.
#[utoipa::path(get, path = "/api/users", tag = "users", responses((status = 200, body = Page<User>)))]
async fn list(State(app): State<App>, who: Who) -> Result<Json<Page<User>>> {
    let rows = user::Entity::find().order_by_asc(user::Column::Name).all(app.db.read()).await?;
    Ok(Json(Page::whole(rows.into_iter().map(|row| told_to(&who, row)).collect())))
}

/// One user. Who may not manage users is told no more of others than it takes to choose one.
#[utoipa::path(get, path = "/api/users/{id}", tag = "users", params(("id" = Id, Path, description = "the user")),
    responses((status = 200, body = User)))]
async fn read(State(app): State<App>, who: Who, Path(id): Path<Id>) -> Result<Json<User>> {
    let row = user::Entity::find_by_id(id).one(app.db.read()).await?.ok_or(Error::NotFound)?;
    Ok(Json(told_to(&who, row)))
}

/// Makes a user.
#[utoipa::path(post, path = "/api/users", tag = "users", request_body = UserInput,
    responses((status = 201, body = User)))]
async fn create(
    State(app): State<App>,
    extract::Json(input): extract::Json<UserInput>,
) -> Result<(StatusCode, Json<User>)> {
    let password = input.password.clone().ok_or_else(|| Error::required("password"))?;
    let password = hashed(&input.login, password).await?;
    let country = app.country().await?;
    let tx = app.db.begin().await?;
    let mut row = checked(&tx, input).await?;
    row.password = Set(Some(password));
    row.note_dialog = Set(true);
    row.created_at = Set(now());
    let row = row.insert(&tx).await.map_err(|error| unique(error, name_taken))?;
    index(&tx, &row, &country).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(told(row))))
}

/// Replaces what is known of a user. One who may no longer sign in is signed out at once.
#[utoipa::path(put, path = "/api/users/{id}", tag = "users", params(("id" = Id, Path, description = "the user")),
    request_body = UserInput, responses((status = 200, body = User)))]
async fn replace(
    State(app): State<App>,
    who: Who,
    Path(id): Path<Id>,
    extract::Json(input): extract::Json<UserInput>,
) -> Result<Json<User>> {
    let password = match input.password.clone() {
        Some(password) => Some(hashed(&input.login, password).await?),
        None => None,
    };
    let country = app.country().await?;
    let mut tx = app.db.begin().await?;
    let old = user::Entity::find_by_id(id).one(&tx).await?.ok_or(Error::NotFound)?;
    let new = checked(&tx, input).await?;
    let locked_out = new.active == Set(false) || new.role_id != Set(old.role_id);
    if who.user == Some(id) && locked_out {
        return Err(Error::invalid("role", "You cannot take your own role or sign-in away."));
    }
    let sign_out = new.active == Set(false) || password.is_some() && who.user != Some(id);
    let mut row = old.into_active_model();
    (row.login, row.name, row.email, row.phone) = (new.login, new.name, new.email, new.phone);
    (row.role_id, row.active) = (new.role_id, new.active);
    if let Some(password) = password {
        row.password = Set(Some(password));
    }
    let row = row.update(&tx).await.map_err(|error| unique(error, name_taken))?;
    if sign_out {
        session::Entity::delete_many().filter(session::Column::UserId.eq(id)).exec(&tx).await?;
    }
    index(&tx, &row, &country).await?;
    tx.tell(Audience::User(id), Event::Session);
    tx.commit().await?;
    Ok(Json(told(row)))
}

/// Deletes a user who never had a call, a note or a task; any other can be made inactive.
#[utoipa::path(delete, path = "/api/users/{id}", tag = "users", params(("id" = Id, Path, description = "the user")),
    responses((status = 204)))]
async fn delete(State(app): State<App>, who: Who, Path(id): Path<Id>) -> Result<StatusCode> {
    let mut tx = app.db.begin().await?;
    let row = user::Entity::find_by_id(id).one(&tx).await?.ok_or(Error::NotFound)?;
    let used = crate::db::sql(
        &tx,
        "SELECT 1 AS used WHERE EXISTS (SELECT 1 FROM calls WHERE agent_id = $1) \
         OR EXISTS (SELECT 1 FROM notes WHERE author_id = $1) OR EXISTS (SELECT 1 FROM tasks WHERE assignee_id = $1) \
         OR EXISTS (SELECT 1 FROM voip_accounts WHERE owner_id = $1)",
        [id.into()],
    );
    if who.user == Some(id) || tx.query_one(used).await?.is_some() {
        let detail =
            "This user has calls, notes, tasks or a line, or is you: make them inactive instead."
                .to_owned();
        return Err(Error::Conflict { field: None, code: ringdock_api::code::IN_USE, detail });
    }
    session::Entity::delete_many().filter(session::Column::UserId.eq(id)).exec(&tx).await?;
    unindex(&tx, id).await?;
    user::Entity::delete_by_id(row.id).exec(&tx).await?;
    tx.tell(Audience::User(id), Event::Session);
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

fn name_taken() -> Error {
    Error::taken("login", "There is a user of that name.")
}

async fn hashed(login: &str, password: String) -> Result<String> {
    password::check("password", &password, login)?;
    password::hash(password).await
}

async fn checked(tx: &Tx, input: UserInput) -> Result<user::ActiveModel> {
    let login = input.login;
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_@".contains(&b);
    if !(1..=check::LONGEST_LOGIN).contains(&login.len()) || !login.bytes().all(plain) {
        return Err(Error::invalid(
            "login",
            "A name to sign in with is 1 to 64 of a-z, 0-9, and . - _ @",
        ));
    }
    let name = check::name("name", &input.name)?;
    check::at_most("email", &input.email, 200)?;
    check::at_most("phone", &input.phone, number::LONGEST)?;
    if role::Entity::find_by_id(input.role).one(tx).await?.is_none() {
        return Err(Error::invalid("role", "There is no such role."));
    }
    Ok(user::ActiveModel {
        login: Set(login),
        name: Set(name),
        email: Set(input.email),
        phone: Set(input.phone),
        role_id: Set(input.role),
        active: Set(input.active),
        ..Default::default()
    })
}

/// Makes a user's phone number one that can be found.
pub async fn index(tx: &impl ConnectionTrait, user: &user::Model, country: &str) -> Result<()> {
    unindex(tx, user.id).await?;
    let number = Number::read(&user.phone, country);
    if number.digits.is_empty() {
        return Ok(());
    }
    let row = phone::ActiveModel {
        subject: Set("user".to_owned()),
        subject_id: Set(user.id),
        field: Set("phone".to_owned()),
        typed: Set(user.phone.clone()),
        e164: Set(number.e164),
        digits: Set(number.digits),
        ..Default::default()
    };
    phone::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

async fn unindex(tx: &impl ConnectionTrait, user: Id) -> Result<()> {
    let rows = phone::Entity::delete_many().filter(phone::Column::Subject.eq("user"));
    rows.filter(phone::Column::SubjectId.eq(user)).exec(tx).await?;
    Ok(())
}

fn told_to(who: &Who, row: user::Model) -> User {
    if who.may(Permission::ManageUsers) || who.user == Some(row.id) {
        return told(row);
    }
    User {
        id: row.id,
        name: row.name,
        active: row.active,
        login: String::new(),
        email: String::new(),
        phone: String::new(),
        role: 0,
    }
}

fn told(row: user::Model) -> User {
    User {
        id: row.id,
        login: row.login,
        name: row.name,
        email: row.email,
        phone: row.phone,
        role: row.role_id,
        active: row.active,
    }
}

/// The names of some users.
pub async fn people(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, Person>> {
    let mut ids: Vec<Id> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = user::Entity::find().filter(user::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, Person { id: row.id, name: row.name })).collect())
}

/// Whether there is such a user who may sign in.
pub async fn is_active(db: &impl ConnectionTrait, id: Id) -> Result<bool> {
    Ok(user::Entity::find_by_id(id).one(db).await?.is_some_and(|user| user.active))
}

/// The user whose own line has that extension: the user part of the account's identity.
pub async fn with_extension(db: &impl ConnectionTrait, extension: &str) -> Result<Option<Id>> {
    if extension.is_empty() {
        return Ok(None);
    }
    let accounts = voip_account::Entity::find().filter(voip_account::Column::OwnerId.is_not_null());
    let own = accounts
        .filter(voip_account::Column::Identity.starts_with(format!("{extension}@")))
        .all(db)
        .await?;
    // `%` and `_` in what a PBX sent would be wildcards above.
    let own = own.into_iter().find(|account| account.identity.split('@').next() == Some(extension));
    Ok(own.and_then(|account| account.owner_id))
}

/// Makes an administrator, for a server that has none yet.
///
/// # Errors
/// The name is taken, or name or password is refused.
pub async fn add_administrator(
    app: &App,
    login: &str,
    password: String,
) -> std::result::Result<(), OpenError> {
    let made = async {
        let roles = role::Entity::find().order_by_asc(role::Column::Id).all(app.db.read()).await?;
        let role = roles
            .into_iter()
            .find(|role| role.permissions.contains("manage_users"))
            .ok_or(Error::NotFound)?;
        let input = UserInput {
            login: login.to_owned(),
            name: login.to_owned(),
            email: String::new(),
            phone: String::new(),
            role: role.id,
            active: true,
            password: Some(password),
        };
        create(State(app.clone()), extract::Json(input)).await
    };
    made.await.map(drop).map_err(|error| OpenError::new(error.detail()))
}
