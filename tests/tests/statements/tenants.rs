//! Every statement run over the rows of several tenants with the same ids: what it returns is of its own tenant alone, and what it
//! changes too, where no wall of the database stands beside it.
//!
//! - On PostgreSQL a statement is run past row security, and once more within it: both give the same.
//! - On SQLite it is run where other tenants have rows, and where there are none: both give the same.
//! - What it changes is taken back; the other tenants' rows are compared before that.

use super::filled::{Dice, OTHERS, OWN, Row, Value, compared, rows};
use super::{Faults, Wrong, engines, registered, variants};
use kernel::Statement;
use kernel::statement::{Dialect, Rendered};
use rusqlite::Connection;
use std::collections::BTreeMap;
use tokio_postgres::SimpleQueryMessage;
use tokio_postgres::types::Type;

/// Times that each combination of filters is run, each with other values.
const DRAWS: usize = 48;
/// Of all statements at least so many of a hundred must have met a row, or the test would say nothing.
const MET_PERCENT: usize = 70;

/// A statement with all values in it.
struct Drawn {
    text: String,
    changes: bool,
}

/// The same values, drawn by the place of statement and draw, whatever runs them.
fn drawn(
    rendered: &Rendered,
    kinds: &[String],
    words: &BTreeMap<String, Vec<String>>,
    dialect: Dialect,
    seed: u64,
) -> Drawn {
    let (mut dice, none) = (Dice(seed), Vec::new());
    let mut text = without_limits(&rendered.text);
    let mark = if dialect == Dialect::Sqlite { '?' } else { '$' };
    let values: Vec<String> = rendered
        .names
        .iter()
        .zip(kinds)
        .map(|(name, kind)| {
            let value = match *name {
                "tenant" => Value::Int(OWN),
                // Lists go beyond all that is there, so that what is returned does not hang on where a limit cuts.
                "most" | "limit" => Value::Int(1_000_000),
                _ if kind == "list" => Value::List,
                _ => dice.value(kind, words.get(*name).unwrap_or(&none)),
            };
            value.literal(dialect)
        })
        .collect();
    for (at, value) in values.iter().enumerate().rev() {
        let typed = match (dialect, kinds[at].as_str()) {
            (Dialect::Postgres, "int") => format!("{value}::bigint"),
            (Dialect::Postgres, "text") => format!("{value}::text"),
            (Dialect::Postgres, "uuid") => format!("{value}::uuid"),
            (Dialect::Postgres, "bytes") => format!("{value}::bytea"),
            (Dialect::Postgres, _) => format!("{value}::bigint[]"),
            (Dialect::Sqlite, _) => value.clone(),
        };
        text = text.replace(&format!("{mark}{}", at + 1), &typed);
    }
    let changes = !["select", "with"].iter().any(|word| rendered.text.trim_start().starts_with(word));
    Drawn { text, changes }
}

/// Of rows that are equal in their order a limit may leave either.
fn without_limits(text: &str) -> String {
    let mut pieces = text.split("limit ");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit());
        out.push_str(if rest.len() == piece.len() { "limit " } else { "" });
        out.push_str(rest);
    }
    out
}

/// What PostgreSQL makes of each parameter.
fn kinds(types: &[Type]) -> Vec<String> {
    let kind = |of: &Type| match *of {
        Type::INT8 | Type::INT4 | Type::NUMERIC | Type::FLOAT8 => "int",
        Type::UUID => "uuid",
        Type::BYTEA => "bytes",
        Type::INT8_ARRAY => "list",
        _ => "text",
    };
    types.iter().map(|of| kind(of).to_owned()).collect()
}

/// PostgreSQL with the rows: as who is past row security, and as the program.
struct Postgres {
    above: tokio_postgres::Client,
    within: tokio_postgres::Client,
    _database: vaktbok_tests::Database,
}

impl Postgres {
    async fn filled(rows: &[Row]) -> Postgres {
        let database = vaktbok_tests::Database::fresh().await;
        let (owner, role) = (database.owner_url(), database.application());
        let migrate = move || kernel::Store::migrate_postgres(&owner, &role);
        tokio::task::spawn_blocking(migrate).await.unwrap().unwrap();
        let above = database.superuser().await;
        let all: String = rows.iter().map(|row| row.insert(Dialect::Postgres)).collect();
        above.batch_execute(&all).await.unwrap();
        let (within, connection) =
            tokio_postgres::connect(&database.application_url(), tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let set = format!("select set_config('vaktbok.tenant', '{OWN}', false)");
        within.batch_execute(&set).await.unwrap();
        Postgres { above, within, _database: database }
    }

    /// The rows, in no order; why not, if it cannot be run so.
    async fn run(client: &tokio_postgres::Client, text: &str) -> Result<Vec<String>, String> {
        let said = client.simple_query(text).await.map_err(|cause| cause.to_string())?;
        let mut rows: Vec<String> = said
            .iter()
            .filter_map(|message| match message {
                SimpleQueryMessage::Row(row) => {
                    Some((0..row.len()).map(|at| row.get(at).unwrap_or("–")).collect::<Vec<_>>().join("|"))
                }
                _ => None,
            })
            .collect();
        rows.sort();
        Ok(rows)
    }

    /// What the other tenants have in these tables.
    async fn others(&self, tables: &[String]) -> Vec<Vec<String>> {
        let mut all = Vec::new();
        for table in tables {
            let text = format!("select * from {table} where tenant_id <> {OWN}");
            all.push(Self::run(&self.above, &text).await.unwrap());
        }
        all
    }

    /// Whether it met rows, and what of others it returned or changed.
    async fn judged(&self, drawn: &Drawn, tables: &[String]) -> (bool, Option<String>) {
        if !drawn.changes {
            let (above, within) =
                (Self::run(&self.above, &drawn.text).await, Self::run(&self.within, &drawn.text).await);
            let (Ok(above), Ok(within)) = (above, within) else { return (false, None) };
            let differs = (above != within).then(|| format!("returns another tenant's rows: {}", drawn.text));
            return (!above.is_empty(), differs);
        }
        self.above.batch_execute("begin").await.unwrap();
        let before = self.others(tables).await;
        let done = self.above.simple_query(&drawn.text).await;
        let met = done.as_ref().is_ok_and(|said| {
            said.iter().any(|message| matches!(message, SimpleQueryMessage::CommandComplete(n) if *n > 0))
        });
        let wrong = match done {
            Ok(_) if self.others(tables).await != before => {
                Some(format!("changes another tenant's rows: {}", drawn.text))
            }
            _ => None,
        };
        self.above.batch_execute("rollback").await.unwrap();
        (met, wrong)
    }
}

/// SQLite with the rows of all, and with those of one alone.
struct Sqlite {
    all: Connection,
    own: Connection,
}

impl Sqlite {
    fn filled(rows: &[Row]) -> Sqlite {
        let [all, own] = [true, false].map(|all| {
            let connection = engines::Sqlite::new().into_connection();
            let fitting = rows.iter().filter(|row| all || row.tenant == OWN);
            let text: String = fitting.map(|row| row.insert(Dialect::Sqlite)).collect();
            connection.execute_batch(&format!("begin; {text} commit")).unwrap();
            connection
        });
        Sqlite { all, own }
    }

    fn run(connection: &Connection, text: &str) -> Result<Vec<String>, String> {
        let mut prepared = connection.prepare(text).map_err(|cause| cause.to_string())?;
        let columns = prepared.column_count();
        let mut found = prepared.raw_query();
        let mut rows = Vec::new();
        while let Some(row) = found.next().map_err(|cause| cause.to_string())? {
            let cell = |at| format!("{:?}", row.get_ref(at).unwrap());
            rows.push((0..columns).map(cell).collect::<Vec<_>>().join("|"));
        }
        rows.sort();
        Ok(rows)
    }

    fn others(&self, tables: &[String]) -> Vec<Vec<String>> {
        let text = |table: &String| format!("select * from {table} where tenant_id <> {OWN}");
        tables.iter().map(|table| Self::run(&self.all, &text(table)).unwrap()).collect()
    }

    fn judged(&self, drawn: &Drawn, tables: &[String]) -> (bool, Option<String>) {
        if !drawn.changes {
            let (all, own) = (Self::run(&self.all, &drawn.text), Self::run(&self.own, &drawn.text));
            let (Ok(all), Ok(own)) = (all, own) else { return (false, None) };
            let differs = (all != own).then(|| format!("returns another tenant's rows: {}", drawn.text));
            return (!all.is_empty(), differs);
        }
        self.all.execute_batch("begin").unwrap();
        let before = self.others(tables);
        let met = Self::run(&self.all, &drawn.text).is_ok() && self.all.changes() > 0;
        let changed = self.others(tables) != before;
        self.all.execute_batch("rollback").unwrap();
        (met, changed.then(|| format!("changes another tenant's rows: {}", drawn.text)))
    }
}

/// Both engines with the rows, one without, and the words of which the rows are made.
struct Ground {
    postgres: Postgres,
    sqlite: Sqlite,
    plain: engines::Sqlite,
    words: BTreeMap<String, Vec<String>>,
}

impl Ground {
    async fn filled() -> Ground {
        let words = compared();
        let rows = rows(&words);
        assert!(OTHERS.iter().all(|other| rows.iter().any(|row| row.tenant == *other)));
        let (postgres, sqlite) = (Postgres::filled(&rows).await, Sqlite::filled(&rows));
        Ground { postgres, sqlite, plain: engines::Sqlite::new(), words }
    }
}

/// The tenants' tables that a statement changes.
fn changed(engine: &engines::Sqlite, statement: &'static Statement) -> Vec<String> {
    let rendered = statement.render(Dialect::Sqlite, &|_| false).unwrap();
    let touched = engine.touched(rendered).unwrap_or_default();
    let written: Vec<&str> = touched.written().filter(|table| engines::says(table, "tenant")).collect();
    written.into_iter().map(str::to_owned).collect()
}

/// Whether a statement met rows, and what is wrong with it, on both engines.
async fn tried(
    statement: &'static Statement,
    seed: u64,
    Ground { postgres, sqlite, plain, words }: &Ground,
) -> (bool, Vec<Wrong>) {
    let (tables, mut met, mut wrong) = (changed(plain, statement), false, Vec::new());
    let pairs = variants(statement, Dialect::Postgres).into_iter().zip(variants(statement, Dialect::Sqlite));
    for (at, (of_postgres, of_sqlite)) in pairs.enumerate() {
        let Ok(prepared) = postgres.above.prepare(&of_postgres.text).await else { continue };
        let of_names: BTreeMap<&str, String> =
            of_postgres.names.iter().copied().zip(kinds(prepared.params())).collect();
        let kinds_of = |rendered: &Rendered| -> Vec<String> {
            rendered
                .names
                .iter()
                .map(|name| of_names.get(name).cloned().unwrap_or_else(|| "text".to_owned()))
                .collect()
        };
        for draw in 0..(DRAWS / (at + 1)).max(2) {
            let seed = seed * 10_000 + (at * DRAWS + draw) as u64;
            let text = drawn(of_postgres, &kinds_of(of_postgres), words, Dialect::Postgres, seed);
            let (there, fault) = postgres.judged(&text, &tables).await;
            let text = drawn(of_sqlite, &kinds_of(of_sqlite), words, Dialect::Sqlite, seed);
            let (here, other) = sqlite.judged(&text, &tables);
            met |= there || here;
            wrong.extend(fault.into_iter().chain(other).map(|what| Wrong::new(statement, what)).take(1));
            if !wrong.is_empty() {
                return (met, wrong);
            }
        }
    }
    (met, wrong)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s27_s28_no_statement_returns_or_changes_a_row_of_another_tenant() -> Result<(), Faults> {
    let ground = Ground::filled().await;
    let (mut all, mut met, mut wrong) = (0, 0, Vec::new());
    let mut unmet = Vec::new();
    for (seed, statement) in registered().enumerate() {
        let of_tenants = statement.text(Dialect::Sqlite).contains("tenant_id");
        if !of_tenants {
            continue;
        }
        let (found, faults) = tried(statement, seed as u64, &ground).await;
        all += 1;
        met += usize::from(found);
        if !found {
            unmet.push(format!("{statement:?}"));
        }
        wrong.extend(faults);
    }
    println!("{met} of {all} statements met rows; not: {}", unmet.join(", "));
    assert!(met * 100 >= all * MET_PERCENT, "{met} of {all} statements met rows");
    if wrong.is_empty() { Ok(()) } else { Err(Faults(wrong)) }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_statement_that_returns_or_changes_another_tenants_row_is_found() {
    let ground = Ground::filled().await;
    for (text, found) in [
        (
            "select u.name, g.name from users u join user_groups g on g.id = u.group_id where u.tenant_id = $tenant",
            "returns",
        ),
        ("select count(*) from users where tenant_id = $tenant or state = $state", "returns"),
        ("update users set name = $name where id = $id and tenant_id >= $tenant", "changes"),
        ("delete from session where user_id = $id and $tenant = $tenant", "changes"),
        ("select name from users where tenant_id = $tenant and id = $id", ""),
        ("update users set name = $name where id = $id and tenant_id = $tenant", ""),
    ] {
        let statement =
            Box::leak(Box::new(Statement::new([text, text], "server::users::queries", "sample.rs", 1)));
        let (met, wrong) = tried(statement, 1, &ground).await;
        assert!(met, "{text} met no row");
        let said = wrong.first().map(|wrong| wrong.what.clone()).unwrap_or_default();
        assert_eq!(said.split(' ').next().unwrap_or_default(), found, "{text}: {said}");
    }
}
