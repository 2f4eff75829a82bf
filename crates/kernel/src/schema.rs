//! The schema: one text for both engines, what only one of them has is a tail made from the table's attributes.
//!
//! - A line that begins with `--sqlite` is for SQLite alone; a table made there says itself that it is strict.
//! - Files are numbered, applied in order, each in one transaction, and remembered with the SHA-256 of their text.
//! - A file that was applied and has changed since stops the start: files are added, never changed.

use crate::statement::Dialect;
use crate::{Error, Message, Result};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// A numbered file of the schema.
#[derive(Clone, Copy, Debug)]
pub struct SchemaFile {
    /// Its number: the order.
    pub number: i64,
    /// Its name, for messages.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
}

impl SchemaFile {
    /// The SHA-256 of the text in hexadecimal: what is remembered of an applied file.
    #[must_use]
    pub fn digest(&self) -> String {
        data_encoding::HEXLOWER.encode(&Sha256::digest(self.text.as_bytes()))
    }
}

/// Every schema file, in order.
pub static FILES: &[SchemaFile] = &[
    SchemaFile { number: 1, name: "0001_kernel.sql", text: include_str!("../../../schema/0001_kernel.sql") },
    SchemaFile { number: 2, name: "0002_people.sql", text: include_str!("../../../schema/0002_people.sql") },
    SchemaFile {
        number: 3,
        name: "0003_archive.sql",
        text: include_str!("../../../schema/0003_archive.sql"),
    },
    SchemaFile { number: 4, name: "0004_logs.sql", text: include_str!("../../../schema/0004_logs.sql") },
    SchemaFile {
        number: 6,
        name: "0006_log_index.sql",
        text: include_str!("../../../schema/0006_log_index.sql"),
    },
    SchemaFile { number: 7, name: "0007_keys.sql", text: include_str!("../../../schema/0007_keys.sql") },
    SchemaFile { number: 8, name: "0008_home.sql", text: include_str!("../../../schema/0008_home.sql") },
    SchemaFile {
        number: 9,
        name: "0009_handouts.sql",
        text: include_str!("../../../schema/0009_handouts.sql"),
    },
    SchemaFile {
        number: 11,
        name: "0011_archive.sql",
        text: include_str!("../../../schema/0011_archive.sql"),
    },
    SchemaFile { number: 12, name: "0012_rights.sql", text: include_str!("../../../schema/0012_rights.sql") },
    SchemaFile {
        number: 13,
        name: "0013_imports.sql",
        text: include_str!("../../../schema/0013_imports.sql"),
    },
    SchemaFile {
        number: 18,
        name: "0018_finding.sql",
        text: include_str!("../../../schema/0018_finding.sql"),
    },
    SchemaFile {
        number: 19,
        name: "0019_archive_order.sql",
        text: include_str!("../../../schema/0019_archive_order.sql"),
    },
    SchemaFile {
        number: 20,
        name: "0020_import_links.sql",
        text: include_str!("../../../schema/0020_import_links.sql"),
    },
    SchemaFile {
        number: 21,
        name: "0021_program.sql",
        text: include_str!("../../../schema/0021_program.sql"),
    },
    SchemaFile {
        number: 22,
        name: "0022_import_fates.sql",
        text: include_str!("../../../schema/0022_import_fates.sql"),
    },
    SchemaFile {
        number: 25,
        name: "0025_wide_pages.sql",
        text: include_str!("../../../schema/0025_wide_pages.sql"),
    },
];

/// Refuses data to which files were applied that this program does not know: a newer one wrote it, and what its tables promise is
/// not kept here.
///
/// # Errors
/// `Conflict` that names the file.
pub fn all_known(applied: Vec<(i64, String)>, files: &[SchemaFile]) -> Result<()> {
    let unknown = |(number, _): &(i64, String)| files.iter().all(|file| file.number != *number);
    match applied.into_iter().find(unknown) {
        Some((_, name)) => Err(Error::Conflict(Message::new("error-schema-newer").with("file", name))),
        None => Ok(()),
    }
}

/// A file was applied with another text than this program has.
pub(crate) fn differs(file: &SchemaFile) -> Error {
    Error::Conflict(Message::new("error-schema-differs").with("file", file.name))
}

/// What a table's `--@` line says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The table's name.
    pub name: String,
    /// The words before the colon.
    pub attributes: Vec<String>,
}

impl Table {
    /// Whether the attribute stands there.
    #[must_use]
    pub fn is(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|a| a == attribute)
    }
    /// The domain whose events write it.
    #[must_use]
    pub fn owner(&self) -> Option<&str> {
        self.attributes.iter().find_map(|a| a.strip_prefix("owner="))
    }
}

/// Every table of the given files that no later one of them drops.
///
/// # Errors
/// `Broken` for a table without its `--@` line.
pub fn tables(files: &[SchemaFile]) -> Result<Vec<Table>> {
    let mut out = Vec::new();
    for file in files {
        let mut attributes: Option<Vec<String>> = None;
        for line in file.text.lines() {
            if let Some(said) = line.strip_prefix("--@") {
                let words = said.split(':').next().unwrap_or_default();
                attributes = Some(words.split_whitespace().map(str::to_owned).collect());
            } else if let Some(rest) = line.strip_prefix("create table ") {
                let name = rest.split([' ', '(']).next().unwrap_or_default().to_owned();
                let attributes = attributes
                    .take()
                    .ok_or_else(|| Error::broken(format!("{}: table {name} has no --@ line", file.name)))?;
                out.push(Table { name, attributes });
            } else if let Some(gone) = line.strip_prefix("drop table ") {
                out.retain(|table: &Table| table.name != gone.trim_end_matches(';'));
            }
        }
    }
    Ok(out)
}

/// The statements of a file for one engine. `role` is the application's role on PostgreSQL.
///
/// # Errors
/// `Broken` for a table without its `--@` line.
pub fn statements(file: &SchemaFile, dialect: Dialect, role: &str) -> Result<Vec<String>> {
    let text: String = file
        .text
        .lines()
        .map(|line| match dialect {
            Dialect::Sqlite => line.strip_prefix("--sqlite ").unwrap_or(line),
            Dialect::Postgres => line,
        })
        .filter(|line| !line.trim_start().starts_with("--"))
        .map(|l| format!("{}\n", types(l, dialect)))
        .collect();
    let mut out: Vec<String> =
        text.split(";\n").map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned).collect();
    match dialect {
        Dialect::Sqlite => {
            for statement in
                out.iter_mut().filter(|s| s.starts_with("create table ") && !s.ends_with(" strict"))
            {
                statement.push_str(" strict, without rowid");
            }
        }
        Dialect::Postgres => {
            for table in tables(std::slice::from_ref(file))? {
                out.push(postgres_tail(&table, role));
            }
        }
    }
    Ok(out)
}

fn types(line: &str, dialect: Dialect) -> String {
    if !line.starts_with("  ") {
        return line.to_owned();
    }
    let replace = |line: &str, from: &str, to: &str| match line.find(from) {
        Some(at)
            if line
                .get(at + from.len()..)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',', '\n'])) =>
        {
            line.replacen(from, to, 1)
        }
        _ => line.to_owned(),
    };
    match dialect {
        Dialect::Sqlite => replace(&replace(line, " uuid", " blob"), " bytes", " blob"),
        Dialect::Postgres => replace(&replace(line, " int", " bigint"), " bytes", " bytea"),
    }
}

/// Row security, and the rights of the application's role: no more than the table's kind allows.
fn postgres_tail(table: &Table, role: &str) -> String {
    let name = &table.name;
    let mut out = String::new();
    if table.is("tenant") {
        let here = "tenant_id = nullif(current_setting('vaktbok.tenant', true), '')::bigint";
        let _ = write!(
            out,
            "alter table {name} enable row level security; alter table {name} force row level security; \
             create policy tenant_wall on {name} using ({here}) with check ({here}); "
        );
    }
    let rights = if table.is("insert") {
        "select, insert"
    } else if table.is("delete") {
        "select, insert, delete"
    } else {
        "select, insert, update, delete"
    };
    if table.is("packed") {
        let _ = write!(out, "alter table {name} alter column body set storage external; ");
    }
    let _ = write!(out, "grant {rights} on {name} to \"{role}\"");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_says_what_it_is_and_who_writes_it() {
        for table in tables(FILES).unwrap() {
            assert!(table.is("tenant") ^ table.is("global"), "{table:?}");
            assert!(table.owner().is_some(), "{table:?}");
        }
    }

    #[test]
    fn types_are_each_engines_own() {
        assert_eq!(types("  id uuid not null,", Dialect::Sqlite), "  id blob not null,");
        assert_eq!(types("  at int not null,", Dialect::Postgres), "  at bigint not null,");
        assert_eq!(types("  hint text,", Dialect::Postgres), "  hint text,");
    }
}
