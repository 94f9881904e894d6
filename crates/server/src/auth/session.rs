//! Signing in and out, and what users choose for themselves.

use axum::{
    Json,
    extract::{FromRequest, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use ringdock_api::{
    Millis,
    event::Event,
    session::{DemoSignIn, DemoUser, NewPassword, Preferences, Session, SignIn, SignInPage},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Who, attempts::Attempt, client, identify, password};
use crate::{
    app::App,
    entity::{role, session, user},
    error::{Error, Result},
    events::Audience,
    extract, number, secret,
    time::{DAY, now},
};

pub const COOKIE: &str = "ringdock_session";

/// A session ends by itself.
const LIFE: Millis = 14 * DAY;

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(sign_in_page))
        .routes(routes!(read, sign_in, sign_out))
        .routes(routes!(sign_in_to_demo))
        .routes(routes!(prefer))
        .routes(routes!(change_password))
}

/// What the sign-in page shows.
#[utoipa::path(get, path = "/api/sign-in", tag = "session", responses((status = 200, body = SignInPage)))]
async fn sign_in_page(State(app): State<App>) -> Result<Json<SignInPage>> {
    let mut demo_users = Vec::new();
    if app.options.demo {
        let roles = role::Entity::find().all(app.db.read()).await?;
        let users = user::Entity::find()
            .filter(user::Column::Active.eq(true))
            .filter(user::Column::Password.is_null())
            .order_by_asc(user::Column::Id);
        for user in users.all(app.db.read()).await? {
            let role = roles.iter().find(|role| role.id == user.role_id);
            let role = role.map(|role| role.name.clone()).unwrap_or_default();
            demo_users.push(DemoUser { login: user.login, name: user.name, role });
        }
    }
    Ok(Json(SignInPage { workspace: app.workspace().await?.name, demo_users }))
}

/// Signs a user in. The reply sets the session's cookie.
#[utoipa::path(post, path = "/api/session", tag = "session", request_body = SignIn,
    responses((status = 200, body = Session)))]
async fn sign_in(State(app): State<App>, request: Request) -> Result<Response> {
    let address = client::address(request.extensions(), request.headers(), &app.options.proxies);
    let extract::Json(input) = extract::Json::<SignIn>::from_request(request, &app).await?;
    let attempt = Attempt::new(now(), &input.login, address)?;
    app.attempts.count(&attempt)?;
    let found = user::Entity::find().filter(user::Column::Login.eq(&attempt.login));
    let found = found.one(app.db.read()).await?.filter(|user| user.active);
    let stored = found.as_ref().and_then(|user| user.password.clone());
    let fits = password::verify(input.password, stored).await?;
    let user = found.filter(|_| fits).ok_or(Error::WrongPassword)?;
    app.attempts.succeeded(&attempt);
    begin(&app, &user).await
}

/// Signs a user of a demo server in: one without a password, as those are who came with the demo.
#[utoipa::path(post, path = "/api/session/demo", tag = "session", request_body = DemoSignIn,
    responses((status = 200, body = Session)))]
async fn sign_in_to_demo(
    State(app): State<App>,
    extract::Json(input): extract::Json<DemoSignIn>,
) -> Result<Response> {
    if !app.options.demo {
        return Err(Error::NotFound);
    }
    let found =
        user::Entity::find().filter(user::Column::Login.eq(input.login)).one(app.db.read()).await?;
    let user = found
        .filter(|user| user.active && user.password.is_none())
        .ok_or_else(|| Error::invalid("login", "There is no such user."))?;
    begin(&app, &user).await
}

async fn begin(app: &App, user: &user::Model) -> Result<Response> {
    let (token, now) = (secret::token()?, now());
    let tx = app.db.begin().await?;
    session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(now)).exec(&tx).await?;
    let row = session::ActiveModel {
        token: Set(secret::hash(&token)),
        user_id: Set(user.id),
        created_at: Set(now),
        expires_at: Set(now + LIFE),
        ..Default::default()
    };
    row.insert(&tx).await?;
    tx.commit().await?;
    let mut headers = HeaderMap::new();
    headers.insert(header::COOKIE, cookie_value(&format!("{COOKIE}={token}"))?);
    let who = identify::identify(app, &headers).await?;
    let mut response = Json(session(app, &who).await?).into_response();
    response.headers_mut().insert(header::SET_COOKIE, set_cookie(app, &token, LIFE)?);
    Ok(response)
}

fn set_cookie(app: &App, token: &str, life: Millis) -> Result<HeaderValue> {
    let secure = if app.options.https { "; Secure" } else { "" };
    let seconds = life / 1000;
    cookie_value(&format!(
        "{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}"
    ))
}

fn cookie_value(text: &str) -> Result<HeaderValue> {
    HeaderValue::from_str(text)
        .map_err(|_| Error::Internal("a cookie could not be written".to_owned()))
}

async fn session(app: &App, who: &Who) -> Result<Session> {
    let workspace = app.workspace().await?;
    Ok(Session {
        user: who.user.unwrap_or(0),
        login: who.login.clone(),
        name: who.name.clone(),
        role: who.role.clone(),
        permissions: who.permissions.clone(),
        workspace: workspace.name,
        country: who.country.clone().unwrap_or(workspace.country),
        preferences: Preferences { note_dialog: who.note_dialog, country: who.country.clone() },
    })
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/session", tag = "session", responses((status = 200, body = Session)))]
async fn read(State(app): State<App>, who: Who) -> Result<Json<Session>> {
    session(&app, &who).await.map(Json)
}

/// Signs out. The session is dead at once.
#[utoipa::path(delete, path = "/api/session", tag = "session", responses((status = 204)))]
async fn sign_out(State(app): State<App>, who: Who) -> Result<Response> {
    if let Some(token) = &who.session {
        let mut tx = app.db.begin().await?;
        session::Entity::delete_many().filter(session::Column::Token.eq(token)).exec(&tx).await?;
        if let Some(user) = who.user {
            tx.tell(Audience::User(user), Event::Session);
        }
        tx.commit().await?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(header::SET_COOKIE, set_cookie(&app, "", 0)?);
    Ok(response)
}

/// Changes what the user chose.
#[utoipa::path(put, path = "/api/me", tag = "session", request_body = Preferences,
    responses((status = 200, body = Session)))]
async fn prefer(
    State(app): State<App>,
    who: Who,
    extract::Json(input): extract::Json<Preferences>,
) -> Result<Json<Session>> {
    if input.country.as_deref().is_some_and(|country| !number::is_country(country)) {
        return Err(Error::invalid("country", "A country has two letters, such as GB."));
    }
    let mut tx = app.db.begin().await?;
    let row = own(&tx, &who).await?;
    tx.tell(Audience::User(row.id), Event::Session);
    let mut row = row.into_active_model();
    row.note_dialog = Set(input.note_dialog);
    row.country = Set(input.country.clone());
    row.update(&tx).await?;
    tx.commit().await?;
    let who = Who { note_dialog: input.note_dialog, country: input.country, ..who };
    session(&app, &who).await.map(Json)
}

/// Changes one's own password and ends one's other sessions.
#[utoipa::path(put, path = "/api/me/password", tag = "session", request_body = NewPassword,
    responses((status = 204)))]
async fn change_password(
    State(app): State<App>,
    who: Who,
    extract::Json(input): extract::Json<NewPassword>,
) -> Result<StatusCode> {
    password::check("new", &input.new, &who.login)?;
    let attempt = Attempt::new(now(), &who.login, None)?;
    app.attempts.count(&attempt)?;
    let stored = own(app.db.read(), &who).await?.password;
    if !password::verify(input.current, stored).await? {
        return Err(Error::invalid("current", "This is not your password."));
    }
    app.attempts.succeeded(&attempt);
    let hash = password::hash(input.new).await?;
    let mut tx = app.db.begin().await?;
    let mut row = own(&tx, &who).await?.into_active_model();
    row.password = Set(Some(hash));
    let user = row.update(&tx).await?;
    let others = session::Entity::delete_many().filter(session::Column::UserId.eq(user.id));
    others.filter(session::Column::Token.ne(who.session.unwrap_or_default())).exec(&tx).await?;
    // The pages of this session come again at once.
    tx.tell(Audience::User(user.id), Event::Session);
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn own(db: &impl sea_orm::ConnectionTrait, who: &Who) -> Result<user::Model> {
    user::Entity::find_by_id(who.person()?).one(db).await?.ok_or(Error::NotSignedIn)
}
