//! Who is there: kept in memory, since it is worth nothing after a restart.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use axum::{Json, extract::State, http::StatusCode};
use ringdock_api::{
    Id, Millis, Page,
    event::Event,
    presence::{Agent, PresenceReport, PresenceState},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    auth::Who,
    calls,
    entity::{call, voip_account},
    error::Result,
    events::Audience,
    extract,
    time::{SECOND, now},
    users,
};

/// An agent not heard of for so long is offline.
const SILENCE: Millis = 75 * SECOND;

/// What is known of each agent.
#[derive(Default)]
pub struct Presence(Mutex<HashMap<Id, Seen>>);

#[derive(Clone, Copy)]
struct Seen {
    state: PresenceState,
    since: Millis,
    heard_at: Millis,
}

impl Presence {
    /// Takes a report; tells whether the state changed.
    fn take(&self, user: Id, state: PresenceState, now: Millis) -> bool {
        let mut agents = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = agents.get(&user).copied();
        if state == PresenceState::Offline {
            return agents.remove(&user).is_some();
        }
        let same = before.filter(|seen| seen.state == state);
        agents.insert(
            user,
            Seen { state, since: same.map_or(now, |seen| seen.since), heard_at: now },
        );
        same.is_none()
    }

    /// Forgets those who were silent for too long, and gives them.
    fn forget_silent(&self, now: Millis) -> Vec<Id> {
        let mut agents = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let silent: Vec<Id> = agents
            .iter()
            .filter(|(_, seen)| now - seen.heard_at > SILENCE)
            .map(|(id, _)| *id)
            .collect();
        for id in &silent {
            agents.remove(id);
        }
        silent
    }

    fn all(&self) -> HashMap<Id, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

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
    if let Some(id) = &input.call
        && let Some(row) = calls::find(app.db.read(), id).await?
        && row.agent_id == Some(user)
        && row.ended_at.is_none()
    {
        let heard = call::Entity::update_many().col_expr(call::Column::HeardAt, Expr::value(now()));
        let tx = app.db.begin().await?;
        heard.filter(call::Column::Id.eq(row.id)).exec(&tx).await?;
        tx.commit().await?;
    }
    if app.presence.take(user, input.state, now()) {
        let agent = one(&app, user, &who.name).await?;
        app.hub.tell(Audience::Everyone, Event::Presence { agent });
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The agents who are there, by name.
#[utoipa::path(get, path = "/api/agents", tag = "presence", responses((status = 200, body = Page<Agent>)))]
async fn agents(State(app): State<App>) -> Result<Json<Page<Agent>>> {
    let seen = app.presence.all();
    let people = users::people(app.db.read(), seen.keys().copied()).await?;
    let accounts = voip_account::Entity::find()
        .filter(voip_account::Column::OwnerId.is_in(seen.keys().copied()));
    let accounts = accounts.all(app.db.read()).await?;
    let mut agents: Vec<Agent> = people
        .into_values()
        .filter_map(|person| {
            let seen = seen.get(&person.id)?;
            let account = accounts.iter().find(|account| account.owner_id == Some(person.id));
            Some(agent(person.id, &person.name, Some(*seen), account))
        })
        .collect();
    agents.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Json(Page::whole(agents)))
}

async fn one(app: &App, user: Id, name: &str) -> Result<Agent> {
    let account = voip_account::Entity::find().filter(voip_account::Column::OwnerId.eq(user));
    let account = account.one(app.db.read()).await?;
    Ok(agent(user, name, app.presence.all().get(&user).copied(), account.as_ref()))
}

fn agent(user: Id, name: &str, seen: Option<Seen>, account: Option<&voip_account::Model>) -> Agent {
    let extension =
        account.and_then(|account| account.identity.split('@').next()).map(str::to_owned);
    let (state, since) =
        seen.map_or((PresenceState::Offline, now()), |seen| (seen.state, seen.since));
    Agent { user, name: name.to_owned(), extension, state, since }
}

/// Tells of agents who fell silent.
pub async fn sweep(app: &App) -> Result<()> {
    let silent = app.presence.forget_silent(now());
    let people = users::people(app.db.read(), silent.iter().copied()).await?;
    for user in silent {
        if let Some(person) = people.get(&user) {
            let agent = one(app, user, &person.name).await?;
            app.hub.tell(Audience::Everyone, Event::Presence { agent });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_changes_are_told_and_the_silent_are_forgotten() {
        let presence = Presence::default();
        assert!(presence.take(1, PresenceState::Idle, 0));
        assert!(!presence.take(1, PresenceState::Idle, 30 * SECOND));
        assert!(presence.take(1, PresenceState::OnCall, 40 * SECOND));
        assert_eq!(presence.forget_silent(40 * SECOND + SILENCE), Vec::<Id>::new());
        assert_eq!(presence.forget_silent(41 * SECOND + SILENCE), [1]);
        assert!(!presence.take(1, PresenceState::Offline, 0));
    }
}
