//! Finds who makes a request: by the cookie of a session, or by the key of another program.

use axum::http::{HeaderMap, header};
use ringdock_api::user::Permission;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, sea_query::Expr};

use super::{Who, session::COOKIE};
use crate::{
    app::App,
    db::sql,
    entity::api_key,
    error::{Error, Result},
    secret,
    time::{MINUTE, now},
};

/// Who it is.
pub async fn identify(app: &App, headers: &HeaderMap) -> Result<Who> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let value = value.to_str().unwrap_or_default();
        let key = value.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let key = key.map(|(_, key)| key.trim()).ok_or(Error::NotSignedIn)?;
        return by_key(app, key).await;
    }
    let token = cookie(headers).ok_or(Error::NotSignedIn)?;
    by_session(app, &secret::hash(token)).await
}

/// The session's token, from the cookie.
pub fn cookie(headers: &HeaderMap) -> Option<&str> {
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(';')).find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == COOKIE).then_some(value)
    })
}

#[derive(FromQueryResult)]
struct UserRow {
    id: i64,
    login: String,
    name: String,
    role: String,
    permissions: String,
    country: Option<String>,
    note_dialog: bool,
}

async fn by_session(app: &App, token: &str) -> Result<Who> {
    let db = app.db.read();
    let find = sql(
        db,
        "SELECT u.id, u.login, u.name, r.name AS role, r.permissions, u.country, u.note_dialog \
         FROM sessions s JOIN users u ON u.id = s.user_id JOIN roles r ON r.id = u.role_id \
         WHERE s.token = $1 AND s.expires_at > $2 AND u.active",
        [token.into(), now().into()],
    );
    let row = UserRow::find_by_statement(find).one(db).await?.ok_or(Error::NotSignedIn)?;
    Ok(Who {
        user: Some(row.id),
        login: row.login,
        name: row.name,
        role: row.role,
        permissions: permissions(&row.permissions),
        country: row.country,
        note_dialog: row.note_dialog,
        session: Some(token.to_owned()),
        key: None,
    })
}

#[derive(FromQueryResult)]
struct KeyRow {
    id: i64,
    name: String,
    role: String,
    permissions: String,
    used_at: Option<i64>,
}

async fn by_key(app: &App, key: &str) -> Result<Who> {
    let db = app.db.read();
    let find = sql(
        db,
        "SELECT k.id, k.name, r.name AS role, r.permissions, k.used_at \
         FROM api_keys k JOIN roles r ON r.id = k.role_id WHERE k.token = $1",
        [secret::hash(key).into()],
    );
    let row = KeyRow::find_by_statement(find).one(db).await?.ok_or(Error::NotSignedIn)?;
    let minute = now() / MINUTE * MINUTE;
    if row.used_at.is_none_or(|used| used < minute) {
        let used =
            api_key::Entity::update_many().col_expr(api_key::Column::UsedAt, Expr::value(minute));
        let tx = app.db.begin().await?;
        used.filter(api_key::Column::Id.eq(row.id)).exec(&tx).await?;
        tx.commit().await?;
    }
    Ok(Who {
        user: None,
        login: row.name.clone(),
        name: row.name,
        role: row.role,
        permissions: permissions(&row.permissions),
        country: None,
        note_dialog: false,
        session: None,
        key: Some(row.id),
    })
}

/// What a role allows, as it is stored. What this version does not know is passed over.
pub fn permissions(stored: &str) -> Vec<Permission> {
    let names: Vec<serde_json::Value> = serde_json::from_str(stored).unwrap_or_default();
    names.into_iter().filter_map(|name| serde_json::from_value(name).ok()).collect()
}
