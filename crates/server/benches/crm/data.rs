//! Much data, made inside the database.

use std::time::Instant;

use ringdock_rigs::postgres::Postgres;
use sea_orm::{ConnectionTrait, Database as Connector};

pub const RECORDS: u64 = 1_000_000;
pub const NUMBERS: u64 = 3 * RECORDS;

/// A contact with a long timeline.
pub const BUSY: u64 = 500_000;
pub const ENTRIES: u64 = 10_000;

/// Numbers of switchboards; so many records have each of them, beside their own.
const SWITCHBOARDS: u64 = 1_000;
pub const SHARING: u64 = 20;

/// Notes of other records.
const NOTES: u64 = 250_000;

/// The first of the records that are made, beyond those of the demo.
const FIRST: u64 = 1000;

/// The first number in the United Kingdom that is given out here, and the first of a switchboard.
const BASE: u64 = 7_400_000_000;
const SWITCHBOARD: u64 = 7_300_000_000;

/// One phone field in so many was not understood, and has its digits alone.
const UNREAD: u64 = 50;

/// What is filled.
pub enum Database {
    Sqlite(String),
    Postgres(String),
}

impl Database {
    pub fn postgres(postgres: &Postgres, name: &str) -> Self {
        Self::Postgres(postgres.create(name).unwrap())
    }

    /// As the server takes it.
    pub fn place(&self) -> &str {
        match self {
            Self::Sqlite(place) | Self::Postgres(place) => place,
        }
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// Runs statements one after the other.
    pub async fn run(&self, statements: impl IntoIterator<Item = String>) {
        let url = match self {
            Self::Sqlite(file) => format!("sqlite://{file}"),
            Self::Postgres(url) => url.clone(),
        };
        let db = Connector::connect(&url).await.unwrap();
        for sql in statements {
            db.execute_unprepared(&sql).await.unwrap_or_else(|e| panic!("{e}: {sql}"));
        }
        db.close().await.unwrap();
    }

    /// Of a hundred records one is an account, two are deals of accounts, the others contacts of accounts.
    pub async fn fill(&self) {
        let started = Instant::now();
        self.run(self.records().into_iter().chain(self.timeline())).await;
        // PostgreSQL does so by itself within a minute, and the server for SQLite when it starts.
        if let Self::Postgres(_) = self {
            self.run(["VACUUM ANALYZE".to_owned()]).await;
        }
        eprintln!("{}: filled in {:.0} s", self.name(), started.elapsed().as_secs_f64());
    }

    fn records(&self) -> [String; 5] {
        let rows = self.rows(FIRST, FIRST + RECORDS - 1);
        let no = self.no();
        let of_account =
            format!("i - i % 100 + CASE WHEN i - i % 100 < {FIRST} THEN {FIRST} ELSE 0 END");
        let phones =
            "INSERT INTO phones (subject, subject_id, field, typed, e164, digits) SELECT 'record'";
        [
            format!(
                "INSERT INTO records (id, kind, title, status, closed, fields, created_at, updated_at) SELECT i, \
                 CASE WHEN i % 100 = 0 THEN 'account' WHEN i % 100 < 3 THEN 'deal' ELSE 'contact' END, \
                 'Person' || i, 'active', {no}, '{{\"last_name\":\"Person' || i || '\"}}', i, i FROM {rows}"
            ),
            format!(
                "{phones}, {FIRST} + i / 3, CASE i % 3 WHEN 0 THEN 'phone' WHEN 1 THEN 'mobile' ELSE 'fax' END, \
                 '0' || ({BASE} + i), CASE WHEN i % {UNREAD} > 0 THEN '+44' || ({BASE} + i) END, '0' || ({BASE} + i) \
                 FROM {}",
                self.rows(0, NUMBERS - 1)
            ),
            format!(
                "{phones}, {FIRST} + i, 'phone', '0' || ({SWITCHBOARD} + i / {SHARING}), \
                 '+44' || ({SWITCHBOARD} + i / {SHARING}), '0' || ({SWITCHBOARD} + i / {SHARING}) FROM {}",
                self.rows(0, SWITCHBOARDS * SHARING - 1)
            ),
            format!("INSERT INTO words (word, record_id) SELECT 'person' || i, i FROM {rows}"),
            format!(
                "INSERT INTO links (record_id, field, target_id) SELECT i, 'account', {of_account} FROM {rows} WHERE i % 100 <> 0"
            ),
        ]
    }

    /// Calls and notes of the busy record, and notes of many others.
    fn timeline(&self) -> [String; 6] {
        let half = self.rows(1, ENTRIES / 2);
        let facts = r#"{"direction":["Dock","incoming"],"was_answered":true}"#;
        let notes = "INSERT INTO notes (id, key, digest, record_id, text, created_at) SELECT";
        let entries = "INSERT INTO timeline (record_id, at, kind, ref_id) SELECT";
        [
            format!(
                "INSERT INTO calls (id, facts, channel, direction, caller, callee, other, outcome, started_at, answered_at, ended_at, \
                 talk_seconds, agent_id, heard_at) SELECT 1000000 + i, '{facts}', 'pbx', 'incoming', '+442079460000', '1001', \
                 '+442079460000', 'answered', 1700000030000 + i * 60000, 1700000040000 + i * 60000, 1700000070000 + i * 60000, 30, \
                 1, 1700000070000 FROM {half}"
            ),
            format!(
                "{notes} 1000000 + i, 'bench-' || i, '', {BUSY}, 'What was said, the ' || i || 'th time.', \
                 1700000000000 + i * 60000 FROM {half}"
            ),
            format!(
                "{notes} 2000000 + i, 'other-' || i, '', {FIRST} + i * 4 + 1, 'What was said, once.', \
                 1700000000000 + i FROM {}",
                self.rows(0, NOTES - 1)
            ),
            format!("{entries} record_id, created_at, 'note', id FROM notes WHERE id > 1000000"),
            format!("{entries} {BUSY}, started_at, 'call', id FROM calls WHERE id > 1000000"),
            format!(
                "INSERT INTO call_links (call_id, subject, subject_id, field) SELECT id, 'record', {BUSY}, 'phone' FROM calls WHERE id > 1000000"
            ),
        ]
    }

    /// Agents beyond those of the demo, `agent1` and so on.
    pub fn agents(&self, count: usize) -> String {
        let (no, yes) = (self.no(), if self.no() == "0" { "1" } else { "true" });
        format!(
            "INSERT INTO users (login, name, email, phone, role_id, active, note_dialog, created_at) \
             SELECT 'agent' || i, 'Agent ' || i, '', '', (SELECT role_id FROM users WHERE login = 'anna'), {yes}, {no}, 0 FROM {}",
            self.rows(1, count as u64)
        )
    }

    fn no(&self) -> &'static str {
        if matches!(self, Self::Sqlite(_)) { "0" } else { "false" }
    }

    /// Numbers from `first` to `last` as a table with the column `i`.
    fn rows(&self, first: u64, last: u64) -> String {
        match self {
            Self::Postgres(_) => format!("generate_series({first}::bigint, {last}) AS s(i)"),
            Self::Sqlite(_) => format!(
                "(WITH RECURSIVE s(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM s WHERE i < {last}) SELECT i FROM s)"
            ),
        }
    }
}

/// The number of a phone field that was understood, in E.164, as it stands in an address.
pub fn number(random: &mut Random) -> String {
    let index = random.below(NUMBERS);
    format!("%2B44{}", BASE + if index.is_multiple_of(UNREAD) { index + 1 } else { index })
}

/// The number of a switchboard, likewise.
pub fn switchboard(random: &mut Random) -> String {
    format!("%2B44{}", SWITCHBOARD + random.below(SWITCHBOARDS))
}

/// Numbers that look random and are the same each time (xorshift64*).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) % limit
    }
}
