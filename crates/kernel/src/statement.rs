//! SQL as text that an auditor can read: literal, registered, with named parameters.
//!
//! - [`sql!`](crate::sql) takes literals only, also joined by `concat!` where statements share a part, so no text
//!   that came from outside can become a statement.
//! - `$tenant`, `$actor`, `$actor_group` and `$now` are bound by the reader or the writer, never by domain code.
//! - `{name| …}` is a filter: its text is part of the statement only when a parameter of that name is given, so that
//!   each combination is a plain statement of its own, which the plan test can judge.
//! - Where the engines truly differ: `sql! { sqlite: "…", postgres: "…" }`.

use crate::{Error, Params, Result, Value};
use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

/// Registers a statement and gives its one static.
#[macro_export]
macro_rules! sql {
    ($text:literal) => {
        $crate::sql!(@make $text, $text)
    };
    (concat!($($piece:tt)*)) => {
        $crate::sql!(@make concat!($($piece)*), concat!($($piece)*))
    };
    (sqlite: $sqlite:literal, postgres: $postgres:literal $(,)?) => {
        $crate::sql!(@make $sqlite, $postgres)
    };
    (@make $sqlite:expr, $postgres:expr) => {{
        static STATEMENT: $crate::Statement = $crate::Statement::new([$sqlite, $postgres], module_path!(), file!(), line!());
        $crate::inventory::submit! { $crate::Registered(&STATEMENT) }
        &STATEMENT
    }};
}

/// A statement known to the statement tests.
pub struct Registered(pub &'static Statement);
inventory::collect!(Registered);

/// Every statement of the program, in no order.
pub fn registered() -> impl Iterator<Item = &'static Statement> {
    inventory::iter::<Registered>.into_iter().map(|r| r.0)
}

/// Which of the two engines a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite 3.
    Sqlite = 0,
    /// PostgreSQL 15 and later.
    Postgres = 1,
}

/// One literal statement. Made by [`sql!`](crate::sql) alone.
pub struct Statement {
    texts: [&'static str; 2],
    /// The module it stands in: says which domain may write which table.
    pub module: &'static str,
    /// The source file.
    pub file: &'static str,
    /// The line in the file.
    pub line: u32,
    rendered: OnceLock<RwLock<HashMap<(u8, u32), &'static Rendered>>>,
}

/// One combination of filters, ready for a driver.
#[derive(Debug)]
pub struct Rendered {
    /// The text with positional parameters (`?1` or `$1`).
    pub text: String,
    /// The parameters' names in that order.
    pub names: Vec<&'static str>,
}

impl Statement {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(texts: [&'static str; 2], module: &'static str, file: &'static str, line: u32) -> Self {
        Self { texts, module, file, line, rendered: OnceLock::new() }
    }
    /// The text as written.
    #[must_use]
    pub const fn text(&self, dialect: Dialect) -> &'static str {
        self.texts[dialect as usize]
    }
    /// The names of its filters, in order of appearance.
    ///
    /// # Errors
    /// `Broken` when the text cannot be parsed.
    pub fn filters(&self, dialect: Dialect) -> Result<Vec<&'static str>> {
        Ok(pieces(self.text(dialect))?.into_iter().filter_map(|p| p.filter).collect())
    }
    /// The plain statement with just these filters on.
    ///
    /// # Errors
    /// `Broken` when the text cannot be parsed.
    pub fn render(&self, dialect: Dialect, on: &dyn Fn(&str) -> bool) -> Result<&'static Rendered> {
        let cache = self.rendered.get_or_init(RwLock::default);
        let mask = self.mask(dialect, on)?;
        let key = (dialect as u8, mask);
        if let Some(known) = cache.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(known);
        }
        let made: &'static Rendered = Box::leak(Box::new(assemble(self.text(dialect), dialect, mask)?));
        Ok(cache.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(made))
    }
    fn mask(&self, dialect: Dialect, on: &dyn Fn(&str) -> bool) -> Result<u32> {
        if !self.text(dialect).contains('|') {
            return Ok(0);
        }
        let filters = self.filters(dialect)?;
        Ok(filters.iter().enumerate().filter(|(_, name)| on(name)).fold(0, |mask, (i, _)| mask | 1 << i))
    }
    pub(crate) fn bind(
        &self,
        dialect: Dialect,
        params: &Params,
        own: &dyn Fn(&str) -> Option<Value>,
    ) -> Result<(&'static Rendered, Vec<Value>)> {
        let rendered = self.render(dialect, &|name| params.get(name).is_some())?;
        let values = rendered.names.iter().map(|name| {
            own(name)
                .or_else(|| params.get(name).cloned())
                .ok_or_else(|| Error::broken(format!("{}:{}: ${name} is not given", self.file, self.line)))
        });
        Ok((rendered, values.collect::<Result<_>>()?))
    }
}

impl std::fmt::Debug for Statement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

struct Piece {
    filter: Option<&'static str>,
    text: &'static str,
}

/// A statement has at most this many filters: a bit each of the mask that its variants are remembered by.
const MAX_FILTERS: usize = 32;

fn pieces(text: &'static str) -> Result<Vec<Piece>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, behind) = after
            .split_once('}')
            .ok_or_else(|| Error::broken(format!("a filter without its end: {text}")))?;
        let (name, body) = inside
            .split_once('|')
            .ok_or_else(|| Error::broken(format!("a filter without its name: {text}")))?;
        out.push(Piece { filter: None, text: before });
        out.push(Piece { filter: Some(name.trim()), text: body });
        rest = behind;
    }
    out.push(Piece { filter: None, text: rest });
    if out.len() > 2 * MAX_FILTERS + 1 {
        return Err(Error::broken(format!("more than {MAX_FILTERS} filters: {text}")));
    }
    Ok(out)
}

fn assemble(text: &'static str, dialect: Dialect, mask: u32) -> Result<Rendered> {
    let mut out = Rendered { text: String::with_capacity(text.len()), names: Vec::new() };
    let mut filter = 0;
    for piece in pieces(text)? {
        if piece.filter.is_some() {
            filter += 1;
            if mask & (1 << (filter - 1)) == 0 {
                continue;
            }
        }
        number(piece.text, dialect, &mut out);
    }
    Ok(out)
}

/// Writes the text with each `$name` as a position; a name that comes again keeps its position. Text in quotes is left alone.
fn number(text: &'static str, dialect: Dialect, out: &mut Rendered) {
    let mut quoted = false;
    let mut rest = text;
    while let Some(at) = rest.find(['$', '\'']) {
        let (before, after) = rest.split_at(at);
        out.text.push_str(before);
        if after.starts_with('\'') {
            quoted = !quoted;
        }
        let name_bytes =
            after.bytes().skip(1).take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        if quoted || after.starts_with('\'') || name_bytes == 0 {
            out.text.push_str(after.get(..1).unwrap_or_default());
            rest = after.get(1..).unwrap_or_default();
            continue;
        }
        let name = after.get(1..=name_bytes).unwrap_or_default();
        let position = out.names.iter().position(|n| *n == name).unwrap_or_else(|| {
            out.names.push(name);
            out.names.len() - 1
        });
        out.text.push(if dialect == Dialect::Sqlite { '?' } else { '$' });
        out.text.push_str(&(position + 1).to_string());
        rest = after.get(name_bytes + 1..).unwrap_or_default();
    }
    out.text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    static FILTERED: Statement = Statement::new(
        [
            "select '$no' from t where tenant_id = $tenant {user| and u = $user and $user <> $tenant} limit $n",
            "",
        ],
        "m",
        "f",
        1,
    );

    #[test]
    fn a_filter_is_part_of_the_text_only_when_its_parameter_is_given() {
        let off = FILTERED.render(Dialect::Sqlite, &|_| false).unwrap();
        assert_eq!(off.text, "select '$no' from t where tenant_id = ?1  limit ?2");
        assert_eq!(off.names, ["tenant", "n"]);
        let on = FILTERED.render(Dialect::Sqlite, &|n| n == "user").unwrap();
        assert_eq!(on.text, "select '$no' from t where tenant_id = ?1  and u = ?2 and ?2 <> ?1 limit ?3");
        assert_eq!(on.names, ["tenant", "user", "n"]);
    }

    #[test]
    fn a_parameter_that_is_not_given_is_named_in_the_error() {
        let error = FILTERED
            .bind(Dialect::Sqlite, &Params::none(), &|_| Some(Value::Null).filter(|_| false))
            .unwrap_err();
        assert!(error.to_string().contains("$tenant"), "{error}");
    }
}
