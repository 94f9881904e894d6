//! Who is there.

use std::collections::HashMap;

use axum::{Json, extract::State, http::StatusCode};
use ringdock_api::{
    Id, Millis, Page,
    event::Event,
    presence::{Agent, PresenceReport, PresenceState},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::OnConflict,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::Who,
    calls::{
        close,
        store::{value, word},
    },
    check,
    db::Tx,
    entity::{presence, presence_page, user, voip_account},
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
    if let Some(page) = &input.page {
        check::page_key("page", page)?;
    }
    let mut tx = app.db.begin().await?;
    if let Some(id) = &input.call {
        close::heard(&mut tx, user, id).await?;
    }
    take(&tx, user, input.page.unwrap_or_default(), input.state, now()).await?;
    if settle(&tx, user, now()).await? {
        tell(&mut tx, user, &who.name).await?;
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes what a page says.
async fn take(tx: &Tx, user: Id, page: String, state: PresenceState, now: Millis) -> Result<()> {
    take_turns(tx, user).await?;
    if state == PresenceState::Offline {
        presence_page::Entity::delete_by_id((user, page)).exec(tx).await?;
        return Ok(());
    }
    let row = presence_page::ActiveModel {
        user_id: Set(user),
        page: Set(page),
        state: Set(word(&state)?),
        heard_at: Set(now),
    };
    let key = [presence_page::Column::UserId, presence_page::Column::Page];
    let changed = [presence_page::Column::State, presence_page::Column::HeardAt];
    let conflict = OnConflict::columns(key).update_columns(changed).to_owned();
    presence_page::Entity::insert(row).on_conflict(conflict).exec_without_returning(tx).await?;
    Ok(())
}

/// Pages of one agent that change something wait for each other. (In SQLite, writers wait anyhow.)
async fn take_turns(tx: &Tx, user: Id) -> Result<()> {
    user::Entity::find_by_id(user).lock_exclusive().one(tx).await?;
    Ok(())
}

/// Makes of what the pages say what the agent is doing: the busiest counts. Tells whether that changed.
async fn settle(tx: &Tx, user: Id, now: Millis) -> Result<bool> {
    let pages = presence_page::Entity::find().filter(presence_page::Column::UserId.eq(user));
    let pages = pages.filter(presence_page::Column::HeardAt.gte(now - SILENCE)).all(tx).await?;
    let on_call = word(&PresenceState::OnCall)?;
    let busiest = pages.iter().max_by_key(|page| (page.state == on_call, page.heard_at));
    let (Some(busiest), Some(heard_at)) = (busiest, pages.iter().map(|page| page.heard_at).max())
    else {
        let gone = presence::Entity::delete_by_id(user).exec(tx).await?;
        return Ok(gone.rows_affected > 0);
    };
    let before = presence::Entity::find_by_id(user).one(tx).await?;
    let same = before.filter(|before| before.state == busiest.state);
    let row = presence::ActiveModel {
        user_id: Set(user),
        state: Set(busiest.state.clone()),
        since: Set(same.as_ref().map_or(now, |before| before.since)),
        heard_at: Set(heard_at),
    };
    let changed = [presence::Column::State, presence::Column::Since, presence::Column::HeardAt];
    let conflict = OnConflict::column(presence::Column::UserId).update_columns(changed).to_owned();
    presence::Entity::insert(row).on_conflict(conflict).exec_without_returning(tx).await?;
    Ok(same.is_none())
}

/// A page is gone, or a browser with all its pages; but not what was heard of after `left_at` (through another server).
pub async fn leave(app: &App, user: Id, stream: &str, left_at: Millis) -> Result<()> {
    let people = users::people(app.db.read(), [user]).await?;
    let mut tx = app.db.begin().await?;
    take_turns(&tx, user).await?;
    let pages = presence_page::Entity::find().filter(presence_page::Column::UserId.eq(user));
    let pages = pages.filter(presence_page::Column::HeardAt.lte(left_at)).all(&tx).await?;
    for page in pages.into_iter().filter(|page| is_of(&page.page, stream)) {
        presence_page::Entity::delete_by_id((user, page.page)).exec(&tx).await?;
    }
    if settle(&tx, user, now()).await?
        && let Some(person) = people.get(&user)
    {
        tell(&mut tx, user, &person.name).await?;
    }
    tx.commit().await
}

/// Whether a page is the one, or one of the browser, that the stream is of.
fn is_of(page: &str, stream: &str) -> bool {
    page.strip_prefix(stream).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
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
    presence_page::Entity::delete_many()
        .filter(presence_page::Column::HeardAt.lt(now() - SILENCE))
        .exec(&tx)
        .await?;
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
