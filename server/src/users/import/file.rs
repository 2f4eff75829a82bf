//! The file itself: bytes to named cells, and users to bytes. No rows of the database are looked at.

use crate::ui::{Language, Locale};
use crate::users::model::User;
use crate::users::parse;
use kernel::facet::fold;
use kernel::{Error, Message, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bytes of a file of users.
pub const MAX_FILE_BYTES: usize = 24 * 1024 * 1024;
/// Lines of a file of users, the head not counted.
pub const MAX_LINES: usize = 50_000;

/// Columns beside the particulars: the user's own id tells who a line is about, whatever else in it has changed.
const OTHERS: [&str; 3] = ["id", "group", "kind"];
/// Columns that an export has and an import passes over: what they say is changed elsewhere. The last is that of a file of faulty lines.
const PASSED_OVER: [&str; 3] = ["state", "last_sign_in", FAULTS];
/// The column that says what is wrong with a line, in a file of faulty lines.
const FAULTS: &str = "faults";
/// Columns that must be there.
const NEEDED: [&str; 3] = ["name", "user_name", "group"];

/// A file that can be read: the columns in its order, and its lines.
#[derive(Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The fields the columns stand for.
    pub columns: Vec<String>,
    /// Columns that are passed over.
    pub passed_over: Vec<&'static str>,
    /// The lines.
    pub lines: Vec<Line>,
}

/// One line: its number in the file, from 1 for the head, and its cells by field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Where it stands.
    pub at: u64,
    /// The cells that have a column.
    pub cells: BTreeMap<String, String>,
    /// Whether it has as many cells as the head.
    pub whole: bool,
}

fn refuse(message: impl Into<Message>) -> Error {
    Error::invalid("file", message)
}

/// Reads a file.
///
/// # Errors
/// `Invalid` at `file`, with what is wrong with the file as a whole and what to do about it.
pub fn read(bytes: &[u8]) -> Result<Sheet> {
    let text = decode(bytes)?;
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.matches(';').count() > head.matches(',').count() { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let head = records.next().transpose().map_err(broken)?.ok_or_else(|| refuse("import-empty"))?;
    let columns = columns(&head)?;
    let passed_over =
        PASSED_OVER.iter().copied().filter(|name| head.iter().any(|cell| fold(cell) == *name)).collect();
    let mut lines = Vec::new();
    let mut place = Place { bytes: text.as_bytes(), at: 0, line: 1 };
    for record in records {
        let record = record.map_err(broken)?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if lines.len() == MAX_LINES {
            return Err(refuse(Message::new("import-too-many-lines").with("most", MAX_LINES)));
        }
        let at = place.line_of(record.position().map_or(0, csv::Position::byte));
        let named = columns.iter().zip(record.iter()).filter(|(column, _)| !column.is_empty());
        let cells = named.map(|(column, cell)| (column.clone(), plain(cell))).collect();
        lines.push(Line { at, cells, whole: record.len() == columns.len() });
    }
    if lines.is_empty() {
        return Err(refuse("import-no-lines"));
    }
    Ok(Sheet { columns: columns.into_iter().filter(|c| !c.is_empty()).collect(), passed_over, lines })
}

/// Finds the line of a record. The reader's own count lags where lines end in CR LF.
struct Place<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl Place<'_> {
    /// The line of the record that begins at or after this byte; bytes are asked for in order.
    fn line_of(&mut self, byte: u64) -> u64 {
        let begin = usize::try_from(byte).unwrap_or(usize::MAX).min(self.bytes.len()).max(self.at);
        let rest = self.bytes.get(begin..).unwrap_or_default();
        let end = begin + rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let passed = self.bytes.get(self.at..end).unwrap_or_default();
        self.line += passed.iter().map(|b| u64::from(*b == b'\n')).sum::<u64>();
        self.at = end;
        self.line
    }
}

fn broken(cause: csv::Error) -> Error {
    refuse(Message::new("import-unreadable").with("line", cause.position().map_or(0, csv::Position::line)))
}

fn decode(bytes: &[u8]) -> Result<&str> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(refuse(Message::new("import-too-large").with("most", MAX_FILE_BYTES / 1024 / 1024)));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(refuse("import-spreadsheet"));
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(refuse("import-encoding"));
    }
    if bytes.contains(&0) {
        return Err(refuse("import-binary"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => Err(refuse("import-empty")),
        Ok(text) => Ok(text),
        Err(_) => Err(refuse("import-encoding")),
    }
}

/// The field of each column, empty for those passed over: by its name in the API, or its label in either language.
fn columns(head: &csv::StringRecord) -> Result<Vec<String>> {
    let known: Vec<(String, &str)> =
        parse::FIELDS.iter().chain(&OTHERS).flat_map(|field| names(field)).collect();
    let mut out: Vec<String> = Vec::new();
    for cell in head {
        let named = fold(cell);
        let found = known.iter().find(|(name, _)| *name == named).map(|(_, field)| *field);
        match found {
            Some(field) if out.iter().any(|c| c == field) => {
                return Err(refuse(Message::new("import-column-twice").with("column", cell.trim())));
            }
            Some(field) => out.push(field.to_owned()),
            None if PASSED_OVER.contains(&named.as_str()) => out.push(String::new()),
            None => return Err(refuse(Message::new("import-column-unknown").with("column", short(cell)))),
        }
    }
    match NEEDED.iter().find(|needed| !out.iter().any(|c| c == *needed)) {
        Some(missing) => Err(refuse(Message::new("import-column-missing").with("column", missing))),
        None => Ok(out),
    }
}

fn short(cell: &str) -> String {
    cell.trim().chars().filter(|c| !c.is_control()).take(40).collect()
}

fn names(field: &'static str) -> Vec<(String, &'static str)> {
    let key = match field {
        "id" => return vec![(field.to_owned(), field)],
        "group" | "kind" => format!("users-{field}"),
        other => format!("users-field-{other}"),
    };
    let said = Language::ALL.iter().map(|language| fold(&Locale::new(*language, "UTC").say(&key)));
    said.chain([field.to_owned()]).map(|name| (name, field)).collect()
}

/// Whether a spreadsheet would take a cell for a formula (OWASP, CSV injection).
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A cell that no spreadsheet takes for a formula: an apostrophe before it. One that looks so already gets another.
#[must_use]
pub fn harmless(cell: &str) -> String {
    if is_formula(cell.trim_start_matches('\'')) { format!("'{cell}") } else { cell.to_owned() }
}

/// What [`harmless`] was given.
#[must_use]
pub fn plain(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

/// The head of an export.
///
/// # Errors
/// `Broken` when it cannot be written.
pub fn head() -> Result<Vec<u8>> {
    let mut out = b"\xef\xbb\xbf".to_vec();
    out.extend(record(
        OTHERS.iter().take(1).chain(&parse::FIELDS).chain(&OTHERS[1..]).chain(&PASSED_OVER[..2]),
    )?);
    Ok(out)
}

/// The head of a file of faulty lines: the columns of the file they come from, and what is wrong.
///
/// # Errors
/// `Broken` when it cannot be written.
pub fn faulty_head(columns: &[&str]) -> Result<Vec<u8>> {
    let mut out = b"\xef\xbb\xbf".to_vec();
    out.extend(record(columns.iter().chain([&FAULTS]))?);
    Ok(out)
}

/// A faulty line as it came, and what is wrong with it.
///
/// # Errors
/// `Broken` when it cannot be written.
pub fn faulty_line(columns: &[&str], line: &Line, wrong: &str) -> Result<Vec<u8>> {
    let cell = |name: &&str| harmless(line.cells.get(*name).map_or("", String::as_str));
    record(columns.iter().map(cell).chain([harmless(wrong)]))
}

/// One user as a line of an export.
///
/// # Errors
/// `Broken` when it cannot be written.
pub fn line(user: &User) -> Result<Vec<u8>> {
    let p = &user.particulars;
    let cells = [
        user.id.to_string(),
        p.name.clone(),
        p.user_name.clone(),
        p.mail.clone().unwrap_or_default(),
        p.mobile.clone().unwrap_or_default(),
        p.external_id.clone().unwrap_or_default(),
        p.number.map(|n| n.to_string()).unwrap_or_default(),
        p.keywords.clone(),
        p.language.clone().unwrap_or_default(),
        user.group_name.clone(),
        user.kind.word().to_owned(),
        user.standing.word().to_owned(),
        user.last_sign_in.map(|at| at.to_string()).unwrap_or_default(),
    ];
    record(cells.iter().map(|cell| harmless(cell)))
}

fn record(cells: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(cells).map_err(Error::broken)?;
    writer.into_inner().map_err(Error::broken)
}
