//! Every table filled at random from few values, for several tenants, so that whatever a statement joins or compares meets rows.

use super::engines::TABLES;
use super::registered;
use kernel::schema::FILES;
use kernel::statement::Dialect;
use std::collections::{BTreeMap, BTreeSet};

/// The tenant that statements are run for, and others whose rows have the same ids.
pub const OWN: i64 = 1;
pub const OTHERS: [i64; 2] = [2, 3];
/// Rows that are tried for each table and tenant: some meet one that is there.
const ROWS: usize = 160;
/// Times, counts and keys are small numbers, so that they meet.
const NUMBERS: u64 = 4;
const IDS: u64 = 4;

/// A value that both engines understand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    Uuid(u64),
    /// A list of numbers, as each engine takes one.
    List,
}

impl Value {
    /// As it stands in a statement.
    pub fn literal(&self, dialect: Dialect) -> String {
        let hex = |bytes: &[u8]| match dialect {
            Dialect::Sqlite => format!("x'{}'", data_encoding::HEXLOWER.encode(bytes)),
            Dialect::Postgres => format!("'\\x{}'", data_encoding::HEXLOWER.encode(bytes)),
        };
        match (self, dialect) {
            (Self::Null, _) => "null".to_owned(),
            (Self::Int(n), _) => n.to_string(),
            (Self::Text(text), _) => format!("'{}'", text.replace('\'', "''")),
            (Self::Bytes(bytes), _) => hex(bytes),
            (Self::Uuid(n), Dialect::Sqlite) => hex(id(*n).as_bytes()),
            (Self::Uuid(n), Dialect::Postgres) => format!("'{}'", id(*n)),
            (Self::List, Dialect::Sqlite) => "'[0,1,2,3]'".to_owned(),
            (Self::List, Dialect::Postgres) => "'{0,1,2,3}'".to_owned(),
        }
    }
}

fn id(n: u64) -> kernel::Uuid {
    kernel::Uuid::from_u128(u128::from(n))
}

/// Chance that comes out the same each time (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
    /// One of the values that a type may have; `words` are what statements compare texts with.
    pub fn value(&mut self, kind: &str, words: &[String]) -> Value {
        match kind {
            "int" => Value::Int(i64::try_from(self.below(NUMBERS)).unwrap()),
            "uuid" => Value::Uuid(self.below(IDS)),
            "bytes" => Value::Bytes(vec![7; usize::try_from(self.below(2) + 1).unwrap() * 8]),
            _ => {
                let at = usize::try_from(self.below(words.len() as u64 + 2)).unwrap();
                Value::Text(words.get(at).cloned().unwrap_or_else(|| ["a", "b"][at - words.len()].to_owned()))
            }
        }
    }
}

/// A column: its name, type, and whether it may be empty.
pub type Column = (String, String, bool);

/// The columns of every tenant's table, as the schema files say them.
pub fn columns() -> BTreeMap<String, Vec<Column>> {
    let mut all: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    let mut table = String::new();
    for line in FILES.iter().flat_map(|file| file.text.lines()) {
        let words: Vec<&str> = line.trim_end_matches(',').split_whitespace().collect();
        match words.as_slice() {
            ["create", "table", name, ..] => table = (*name).to_owned(),
            [name, kind @ ("int" | "text" | "bytes" | "uuid"), rest @ ..] if line.starts_with("  ") => {
                let column = ((*name).to_owned(), (*kind).to_owned(), !rest.contains(&"not"));
                all.entry(table.clone()).or_default().push(column);
            }
            _ => {}
        }
    }
    all.retain(|name, _| TABLES.get(name).is_some_and(|table| table.is("tenant")));
    all
}

/// The texts that statements compare columns with: `u.state = 'active'`, `kind in ('a', 'b')`.
pub fn compared() -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for statement in registered() {
        let text = statement.text(Dialect::Sqlite);
        let pieces: Vec<&str> = text.split('\'').collect();
        let mut column = String::new();
        for (at, piece) in pieces.iter().enumerate() {
            if at % 2 == 1 {
                found.entry(column.clone()).or_default().insert((*piece).to_owned());
                continue;
            }
            let before = piece
                .trim_end_matches([' ', '(', '=', '<', '>'])
                .trim_end_matches(" not")
                .trim_end_matches(" in");
            let before = before.trim_end_matches(" not");
            // A list goes on: `in ('a', 'b')`.
            if piece.trim() != "," {
                column = before.rsplit([' ', '.', '(', ',']).next().unwrap_or_default().to_owned();
            }
        }
    }
    found.into_iter().map(|(column, words)| (column, words.into_iter().collect())).collect()
}

/// A row for a table, and whose it is.
pub struct Row {
    pub tenant: i64,
    table: String,
    columns: String,
    values: Vec<Value>,
}

impl Row {
    /// What inserts it, where none of its key is there.
    pub fn insert(&self, dialect: Dialect) -> String {
        let values: Vec<String> = self.values.iter().map(|value| value.literal(dialect)).collect();
        let (table, columns) = (&self.table, &self.columns);
        format!("insert into {table} ({columns}) values ({}) on conflict do nothing;", values.join(", "))
    }
}

/// Rows of all tables and tenants.
pub fn rows(words: &BTreeMap<String, Vec<String>>) -> Vec<Row> {
    let (mut dice, none) = (Dice(4711), Vec::new());
    let mut rows = Vec::new();
    for (table, columns) in columns() {
        let names: Vec<&str> = columns.iter().map(|(name, _, _)| name.as_str()).collect();
        for tenant in std::iter::once(OWN).chain(OTHERS) {
            for _ in 0..ROWS {
                let mut value = |(name, kind, may_be_empty): &Column| match name.as_str() {
                    "tenant_id" => Value::Int(tenant),
                    _ if *may_be_empty && dice.below(3) == 0 => Value::Null,
                    _ => dice.value(kind, words.get(name).unwrap_or(&none)),
                };
                let values = columns.iter().map(&mut value).collect();
                rows.push(Row { tenant, table: table.clone(), columns: names.join(", "), values });
            }
        }
    }
    rows
}
