//! A believable company, for trying the workspace out.

use ringdock_api::{Fields, Id, Millis};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use serde::Deserialize;

use crate::{
    app::{App, OpenError},
    db::Tx,
    entity::{call_back, note, number_user, own_number, record, role, task, user, voip_account},
    error::{Error, Result},
    records::{store, types},
    time::{DAY, HOUR, now},
    timeline, users,
};

mod calls;
mod data;

const COUNTRY: &str = "GB";

/// A line that a user of the demo may have: what the page's own development accounts are made of.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DemoLine {
    /// `1001@127.0.0.1`
    pub identity: String,
    /// The digest user name.
    pub username: String,
    /// The digest password.
    pub password: String,
    /// Where SIP is spoken.
    pub server: String,
}

/// Fills an empty workspace, and gives its users the lines, first to first. Lines are given anew at each start.
///
/// # Errors
/// The database did not take it.
pub async fn seed(app: &App, lines: &[DemoLine]) -> std::result::Result<(), OpenError> {
    fill(app, lines)
        .await
        .map_err(|error| OpenError::new(format!("The demo could not be made: {error:?}")))
}

async fn fill(app: &App, lines: &[DemoLine]) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if user::Entity::find().count(&tx).await? == 0 {
        company(&mut tx).await?;
    }
    give_lines(app, &mut tx, lines).await?;
    tx.commit().await
}

async fn company(tx: &mut Tx) -> Result<()> {
    let workspace =
        crate::entity::workspace::Entity::find_by_id(1).one(tx).await?.ok_or(Error::NotFound)?;
    let mut workspace = workspace.into_active_model();
    workspace.name = Set("Hartley & Moor Dental Supplies".to_owned());
    workspace.update(tx).await?;
    let people = people(tx).await?;
    numbers(tx, &people).await?;
    let mut records = Vec::new();
    for (kind, fields) in data::RECORDS {
        records.push(make(tx, kind, fields, &records).await?);
    }
    let find =
        |title: &str| records.iter().find(|row| row.title == title).cloned().ok_or(Error::NotFound);
    let now = now();
    for (index, (title, text, author, ago)) in data::NOTES.iter().enumerate() {
        let (row, at) = (find(title)?, now - ago * HOUR);
        let author = people.iter().find(|(login, _)| login == author).map(|(_, id)| *id);
        write_note(tx, &row, &format!("demo-note-{index}"), text, author, at).await?;
    }
    for (index, (title, text, due)) in data::TASKS.iter().enumerate() {
        let row = find(title)?;
        let made = task::ActiveModel {
            key: Set(format!("demo-task-{index}")),
            digest: Set(String::new()),
            record_id: Set(Some(row.id)),
            title: Set((*text).to_owned()),
            due_at: Set(Some(now + due * DAY)),
            assignee_id: Set(people.first().map(|(_, id)| *id)),
            created_at: Set(now - DAY),
            ..Default::default()
        };
        let made = made.insert(tx).await?;
        timeline::put(tx, row.id, made.created_at, timeline::Kind::Task, made.id).await?;
    }
    for (index, (title, reason)) in data::CALL_BACKS.iter().enumerate() {
        let made = call_back::ActiveModel {
            key: Set(format!("demo-call-back-{index}")),
            digest: Set(String::new()),
            record_id: Set(find(title)?.id),
            reason: Set((*reason).to_owned()),
            created_at: Set(now - 2 * HOUR),
            ..Default::default()
        };
        made.insert(tx).await?;
    }
    for (index, call) in calls::CALLS.iter().enumerate() {
        past_call(tx, index, call, &people, now).await?;
    }
    Ok(())
}

async fn people(tx: &mut Tx) -> Result<Vec<(&'static str, Id)>> {
    let roles = role::Entity::find().all(tx).await?;
    let mut people = Vec::new();
    for (login, name, role, phone) in data::USERS {
        let role = roles.iter().find(|row| row.name == role).ok_or(Error::NotFound)?;
        let row = user::ActiveModel {
            login: Set(login.to_owned()),
            name: Set(name.to_owned()),
            email: Set(format!("{login}@hartleymoor.example")),
            phone: Set(phone.to_owned()),
            password: Set(None),
            role_id: Set(role.id),
            active: Set(true),
            note_dialog: Set(true),
            created_at: Set(now()),
            ..Default::default()
        };
        let row = row.insert(tx).await?;
        users::index(tx, &row, COUNTRY).await?;
        people.push((login, row.id));
    }
    Ok(people)
}

async fn numbers(tx: &Tx, people: &[(&str, Id)]) -> Result<()> {
    for (index, (number, name)) in data::NUMBERS.iter().enumerate() {
        let row = own_number::ActiveModel {
            number: Set((*number).to_owned()),
            typed: Set((*number).to_owned()),
            name: Set((*name).to_owned()),
            ..Default::default()
        };
        let row = row.insert(tx).await?;
        for (_, user) in people.iter().take(2 - index) {
            let link = number_user::ActiveModel {
                number_id: Set(row.id),
                user_id: Set(*user),
                ..Default::default()
            };
            link.insert(tx).await?;
        }
    }
    Ok(())
}

/// A value that begins with `@` is the title of the record that a link leads to.
async fn make(
    tx: &Tx,
    kind: &str,
    fields: &[(&str, &str)],
    made: &[record::Model],
) -> Result<record::Model> {
    let kind = types::find(tx, kind).await?.ok_or(Error::NotFound)?;
    let mut values = Fields::default();
    for (key, value) in fields {
        let target =
            value.strip_prefix('@').and_then(|title| made.iter().find(|row| row.title == title));
        values.set(key, &target.map_or_else(|| (*value).to_owned(), |row| row.id.to_string()));
    }
    store::insert(tx, &kind, &values, COUNTRY, None).await
}

async fn write_note(
    tx: &mut Tx,
    row: &record::Model,
    key: &str,
    text: &str,
    author: Option<Id>,
    at: Millis,
) -> Result<()> {
    let made = note::ActiveModel {
        key: Set(key.to_owned()),
        digest: Set(String::new()),
        record_id: Set(Some(row.id)),
        author_id: Set(author),
        text: Set(text.to_owned()),
        created_at: Set(at),
        ..Default::default()
    };
    let made = made.insert(tx).await?;
    timeline::put(tx, row.id, at, timeline::Kind::Note, made.id).await
}

async fn past_call(
    tx: &mut Tx,
    index: usize,
    call: &calls::Call,
    people: &[(&str, Id)],
    now: Millis,
) -> Result<()> {
    let agent = people.iter().find(|(login, _)| *login == call.agent).map(|(_, id)| *id);
    let row =
        crate::calls::store::join(tx, &[format!("demo-call-{index}")], &call.facts(agent, now))
            .await?;
    if let Some(text) = call.note {
        let made = note::ActiveModel {
            key: Set(format!("demo-call-note-{index}")),
            digest: Set(String::new()),
            call_id: Set(Some(row.id)),
            author_id: Set(agent),
            text: Set(text.to_owned()),
            created_at: Set(row.ended_at.unwrap_or(now)),
            ..Default::default()
        };
        made.insert(tx).await?;
    }
    Ok(())
}

/// The accounts of a test PBX change with each of its starts.
async fn give_lines(app: &App, tx: &mut Tx, lines: &[DemoLine]) -> Result<()> {
    let users = user::Entity::find().order_by_asc(user::Column::Id).all(tx).await?;
    for (owner, line) in users.iter().zip(lines) {
        let old = voip_account::Entity::find()
            .filter(voip_account::Column::OwnerId.eq(owner.id))
            .one(tx)
            .await?;
        let row = voip_account::ActiveModel {
            owner_id: Set(Some(owner.id)),
            bridging: Set(false),
            shared: Set(false),
            username: Set(line.username.clone()),
            identity: Set(line.identity.clone()),
            password: Set(app.seal.seal(&line.password)?),
            server: Set(line.server.clone()),
            prefix: Set(String::new()),
            postfix: Set(String::new()),
            format: Set("e164".to_owned()),
            ..Default::default()
        };
        match old {
            Some(old) => voip_account::ActiveModel { id: Set(old.id), ..row }.update(tx).await?,
            None => row.insert(tx).await?,
        };
    }
    Ok(())
}
