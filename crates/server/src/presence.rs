//! Who is there.

use std::collections::HashMap;

use axum::{Json, extract::State, http::StatusCode};
use ringdock_api::{
    Id, Millis, Page,
    event::Event,
    presence::{Agent, PresenceReport, PresenceState},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::Who,
    calls::{
        self,
        store::{value, word},
    },
    db::Tx,
    entity::{call, presence, voip_account},
    error::Result,
    events::Audience,
    extract,
    time::{SECOND, now},
    users,
};

/// An agent not heard of for so long is offline.
const SILENCE: Millis = 75 * SECOND;

pub fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(report)).routes(routes!(agents))
}

/// Says what one is doing.
#[utoipa::path(post, path = "/api/presence", tag = "presence", request_body = PresenceReport,
    responses((status = 204)))]
async fn report(
    State(app): State<App>,
    who: Who,
    extract::Json(input): extract::Json<PresenceReport>,
) -> Result<StatusCode> {
    let user = who.person()?;
    let mut tx = app.db.begin().await?;
    if let Some(id) = &input.call
        && let Some(row) = calls::find(&tx, id).await?
        && row.agent_id == Some(user)
        && row.ended_at.is_none()
    {
        let heard = call::Entity::update_many().col_expr(call::Column::HeardAt, Expr::value(now()));
        heard.filter(call::Column::Id.eq(row.id)).exec(&tx).await?;
    }
    if take(&tx, user, input.state, now()).await? {
        tell(&mut tx, user, &who.name).await?;
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a report; tells whether the state changed.
async fn take(tx: &Tx, user: Id, state: PresenceState, now: Millis) -> Result<bool> {
    if state == PresenceState::Offline {
        let gone = presence::Entity::delete_by_id(user).exec(tx).await?;
        return Ok(gone.rows_affected > 0);
    }
    let state = word(&state)?;
    let before = presence::Entity::find_by_id(user).one(tx).await?;
    let same = before.filter(|before| before.state == state);
    let row = presence::ActiveModel {
        user_id: Set(user),
        state: Set(state),
        since: Set(same.as_ref().map_or(now, |before| before.since)),
        heard_at: Set(now),
    };
    let changed = [presence::Column::State, presence::Column::Since, presence::Column::HeardAt];
    let conflict = OnConflict::column(presence::Column::UserId).update_columns(changed).to_owned();
    presence::Entity::insert(row).on_conflict(conflict).exec_without_returning(tx).await?;
    Ok(same.is_none())
}

/// The agents who are there, by name.
#[utoipa::path(get, path = "/api/agents", tag = "presence", responses((status = 200, body = Page<Agent>)))]
async fn agents(State(app): State<App>) -> Result<Json<Page<Agent>>> {
    let db = app.db.read();
    let there = presence::Entity::find().filter(presence::Column::HeardAt.gte(now() - SILENCE));
    let there = there.all(db).await?;
    let people = users::people(db, there.iter().map(|row| row.user_id)).await?;
    let extensions = extensions(db, there.iter().map(|row| row.user_id)).await?;
    let agents = there.iter().filter_map(|row| {
        let person = people.get(&row.user_id)?;
        Some(agent(person.id, &person.name, Some(row), &extensions))
    });
    let mut agents = agents.collect::<Result<Vec<Agent>>>()?;
    agents.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Json(Page::whole(agents)))
}

/// Tells everybody how an agent is now.
async fn tell(tx: &mut Tx, user: Id, name: &str) -> Result<()> {
    let row = presence::Entity::find_by_id(user).one(tx).await?;
    let agent = agent(user, name, row.as_ref(), &extensions(tx, [user]).await?)?;
    tx.tell(Audience::Everyone, Event::Presence { agent });
    Ok(())
}

/// The numbers to reach some users at inside.
async fn extensions(
    db: &impl ConnectionTrait,
    users: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, String>> {
    let accounts = voip_account::Entity::find().filter(voip_account::Column::OwnerId.is_in(users));
    let accounts = accounts.all(db).await?.into_iter();
    let extension = |account: voip_account::Model| {
        Some((account.owner_id?, account.identity.split('@').next()?.to_owned()))
    };
    Ok(accounts.filter_map(extension).collect())
}

fn agent(
    user: Id,
    name: &str,
    row: Option<&presence::Model>,
    extensions: &HashMap<Id, String>,
) -> Result<Agent> {
    let (state, since) = match row {
        Some(row) => (value(&row.state)?, row.since),
        None => (PresenceState::Offline, now()),
    };
    let extension = extensions.get(&user).cloned();
    Ok(Agent { user, name: name.to_owned(), extension, state, since })
}

/// Tells of agents who fell silent.
pub async fn sweep(app: &App) -> Result<()> {
    let silent = presence::Entity::find().filter(presence::Column::HeardAt.lt(now() - SILENCE));
    let silent = silent.all(app.db.read()).await?;
    if silent.is_empty() {
        return Ok(());
    }
    let people = users::people(app.db.read(), silent.iter().map(|row| row.user_id)).await?;
    let mut tx = app.db.begin().await?;
    for row in silent {
        // Not if they were heard of just now, or another server was faster.
        let gone = presence::Entity::delete_many()
            .filter(presence::Column::UserId.eq(row.user_id))
            .filter(presence::Column::HeardAt.eq(row.heard_at))
            .exec(&tx)
            .await?;
        if gone.rows_affected > 0
            && let Some(person) = people.get(&row.user_id)
        {
            tell(&mut tx, person.id, &person.name).await?;
        }
    }
    tx.commit().await
}
