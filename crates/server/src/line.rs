//! VoIP accounts, and which one a dock registers with.

mod address;

use axum::{Json, extract::State, http::StatusCode};
use ringdock_api::{
    Id, Page,
    event::Event,
    line::{DialFormat, Line, LineAccount, VoipAccount, VoipAccountInput},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::Who,
    calls::store::{value, word},
    check,
    db::{Tx, unique},
    entity::voip_account,
    error::{Error, Result},
    events::Audience,
    extract::{self, Path},
    users,
};

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(own))
        .routes(routes!(list, create))
        .routes(routes!(read, replace, delete))
}

/// The account that who asks registers with, and its password.
#[utoipa::path(get, path = "/api/line", tag = "line", responses((status = 200, body = Line)))]
async fn own(State(app): State<App>, who: Who) -> Result<Json<Line>> {
    let user = who.person()?;
    let Some(row) = of_user(app.db.read(), user).await? else {
        return Ok(Json(Line { account: None }));
    };
    Ok(Json(Line {
        account: Some(LineAccount {
            id: row.id,
            password: app.seal.unseal(&row.password)?,
            server: address::kept_url(&row.server),
            display_name: who.name,
            format: value(&row.format)?,
            identity: row.identity,
            username: row.username,
            prefix: row.prefix,
            postfix: row.postfix,
        }),
    }))
}

/// A user's own account, else the first that is used by all.
async fn of_user(db: &impl ConnectionTrait, user: Id) -> Result<Option<voip_account::Model>> {
    let own =
        voip_account::Entity::find().filter(voip_account::Column::OwnerId.eq(user)).one(db).await?;
    if own.is_some() {
        return Ok(own);
    }
    let shared = voip_account::Entity::find().filter(voip_account::Column::Shared.eq(true));
    Ok(shared.order_by_asc(voip_account::Column::Id).one(db).await?)
}

/// All accounts.
#[utoipa::path(get, path = "/api/voip-accounts", tag = "line", responses((status = 200, body = Page<VoipAccount>)))]
async fn list(State(app): State<App>) -> Result<Json<Page<VoipAccount>>> {
    let rows = voip_account::Entity::find()
        .order_by_asc(voip_account::Column::Id)
        .all(app.db.read())
        .await?;
    rows.into_iter().map(told).collect::<Result<_>>().map(Page::whole).map(Json)
}

/// One account.
#[utoipa::path(get, path = "/api/voip-accounts/{id}", tag = "line",
    params(("id" = Id, Path, description = "the account")), responses((status = 200, body = VoipAccount)))]
async fn read(State(app): State<App>, Path(id): Path<Id>) -> Result<Json<VoipAccount>> {
    let row = voip_account::Entity::find_by_id(id).one(app.db.read()).await?;
    told(row.ok_or(Error::NotFound)?).map(Json)
}

/// Makes an account. Its owner's docks register at once.
#[utoipa::path(post, path = "/api/voip-accounts", tag = "line", request_body = VoipAccountInput,
    responses((status = 201, body = VoipAccount)))]
async fn create(
    State(app): State<App>,
    extract::Json(input): extract::Json<VoipAccountInput>,
) -> Result<(StatusCode, Json<VoipAccount>)> {
    let password = input.password.clone().ok_or_else(|| Error::required("password"))?;
    let mut tx = app.db.begin().await?;
    let mut row = checked(&tx, None, &input).await?;
    row.password = Set(app.seal.seal(&password)?);
    let row = row.insert(&tx).await.map_err(|error| unique(error, owner_taken))?;
    tell(&mut tx, None, &row);
    tx.commit().await?;
    Ok((StatusCode::CREATED, told(row).map(Json)?))
}

/// Replaces an account. Its owner's docks register anew at once.
#[utoipa::path(put, path = "/api/voip-accounts/{id}", tag = "line",
    params(("id" = Id, Path, description = "the account")),
    request_body = VoipAccountInput, responses((status = 200, body = VoipAccount)))]
async fn replace(
    State(app): State<App>,
    Path(id): Path<Id>,
    extract::Json(input): extract::Json<VoipAccountInput>,
) -> Result<Json<VoipAccount>> {
    let mut tx = app.db.begin().await?;
    let old = voip_account::Entity::find_by_id(id).one(&tx).await?.ok_or(Error::NotFound)?;
    let mut row = checked(&tx, Some(id), &input).await?;
    row.id = Set(id);
    row.password = match &input.password {
        Some(password) => Set(app.seal.seal(password)?),
        None => Set(old.password.clone()),
    };
    let row = row.update(&tx).await.map_err(|error| unique(error, owner_taken))?;
    tell(&mut tx, Some(&old), &row);
    tx.commit().await?;
    told(row).map(Json)
}

/// Deletes an account. Its owner's docks let go of it at once.
#[utoipa::path(delete, path = "/api/voip-accounts/{id}", tag = "line",
    params(("id" = Id, Path, description = "the account")), responses((status = 204)))]
async fn delete(State(app): State<App>, Path(id): Path<Id>) -> Result<StatusCode> {
    let mut tx = app.db.begin().await?;
    let row = voip_account::Entity::find_by_id(id).one(&tx).await?.ok_or(Error::NotFound)?;
    row.clone().into_active_model().delete(&tx).await?;
    tell(&mut tx, None, &row);
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

fn owner_taken() -> Error {
    Error::taken("owner", "This user has an account already.")
}

/// Tells all docks whose line may have changed.
fn tell(tx: &mut Tx, old: Option<&voip_account::Model>, row: &voip_account::Model) {
    let rows = || old.into_iter().chain([row]);
    if rows().any(|row| row.shared) {
        return tx.tell(Audience::Everyone, Event::Line);
    }
    for owner in rows().filter_map(|row| row.owner_id) {
        tx.tell(Audience::User(owner), Event::Line);
    }
}

/// The account with that id, if it is not new, as it is to be.
async fn checked(
    tx: &Tx,
    id: Option<Id>,
    input: &VoipAccountInput,
) -> Result<voip_account::ActiveModel> {
    match input.owner {
        Some(owner) if !users::is_active(tx, owner).await? => {
            return Err(Error::invalid("owner", "There is no such user."));
        }
        None if !input.shared => return Err(Error::required("owner")),
        _ => {}
    }
    let username = check::name("username", &input.username)?;
    let identity = input.identity.trim().trim_start_matches("sip:").to_owned();
    let parts =
        identity.split_once('@').filter(|(user, host)| !user.is_empty() && !host.is_empty());
    if parts.is_none()
        || identity.len() > 200
        || identity.contains(|c: char| c.is_whitespace() || "<>\"".contains(c))
    {
        return Err(Error::invalid("identity", "An identity is written as 1001@pbx.example.com."));
    }
    if is_taken(tx, id, &identity).await? {
        let detail = "Another account has this identity: two docks would take each other's calls.";
        return Err(Error::taken("identity", detail));
    }
    if input.password.as_ref().is_some_and(|password| password.is_empty() || password.len() > 200) {
        return Err(Error::invalid("password", "A password has 1 to 200 bytes."));
    }
    for (field, text) in [("prefix", &input.prefix), ("postfix", &input.postfix)] {
        if text.len() > 20 || !text.bytes().all(|b| b.is_ascii_digit() || b"*#+".contains(&b)) {
            return Err(Error::invalid(field, "This is up to 20 of 0-9, *, # and +."));
        }
    }
    let server = input.server.trim().to_owned();
    address::url(&server)?;
    Ok(voip_account::ActiveModel {
        owner_id: Set(input.owner),
        bridging: Set(input.bridging),
        shared: Set(input.shared),
        username: Set(username),
        identity: Set(identity),
        server: Set(server),
        prefix: Set(input.prefix.clone()),
        postfix: Set(input.postfix.clone()),
        format: Set(word(&input.format)?),
        ..Default::default()
    })
}

/// Whether another account has the identity. A host is the same in capitals and small letters (RFC 3261, section 19.1.4).
async fn is_taken(tx: &Tx, id: Option<Id>, identity: &str) -> Result<bool> {
    let same = |other: &str| match (identity.split_once('@'), other.split_once('@')) {
        (Some((user, host)), Some((other, its_host))) => {
            user == other && host.eq_ignore_ascii_case(its_host)
        }
        _ => false,
    };
    let accounts = voip_account::Entity::find().all(tx).await?;
    Ok(accounts.iter().any(|other| Some(other.id) != id && same(&other.identity)))
}

fn told(row: voip_account::Model) -> Result<VoipAccount> {
    Ok(VoipAccount {
        id: row.id,
        owner: row.owner_id,
        bridging: row.bridging,
        shared: row.shared,
        has_password: !row.password.is_empty(),
        url: address::kept_url(&row.server),
        format: value::<DialFormat>(&row.format)?,
        username: row.username,
        identity: row.identity,
        server: row.server,
        prefix: row.prefix,
        postfix: row.postfix,
    })
}
