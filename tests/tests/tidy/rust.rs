//! What Rust code must say and must not do, beyond what the compiler's lints see.

use super::report::{Rule, Violation};
use super::tree::{File, Tree};

/// Files whose output is their answer: commands, and the build's own script.
const PRINTERS: [(&str, &str); 4] = [
    ("server/src/main.rs", "the command line answers on standard output"),
    ("server/src/cli/", "the same, one file a command"),
    ("crates/verify/src/main.rs", "the auditor's program answers on standard output"),
    ("build.rs", "cargo reads what a build script prints"),
];

/// Crates where every public item is documented; elsewhere nine of ten.
const DOCUMENTED_IN_FULL: [&str; 3] = ["crates/kernel/", "crates/book/", "crates/vault/"];
const DOCUMENTED_PERCENT: usize = 90;

/// Each Rust file begins with `//!`.
pub fn module_docs(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "a module opens with its promises",
        remedy: "begin with //! and say what a caller can rely on",
    };
    let silent = |file: &&File| file.text.lines().count() > 1 && !file.text.trim_start().starts_with("//!");
    tree.with_extension("rs")
        .filter(silent)
        .map(|file| rule.broken(&file.path, 1, first_line(file)))
        .collect()
}

fn first_line(file: &File) -> String {
    format!("`{}`", file.text.lines().next().unwrap_or("an empty file"))
}

/// No `unwrap`, `expect`, `todo!` and their like in product code. `panic!` itself is a lint: it asks for a reason.
pub fn panics(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "nothing panics on purpose",
        remedy: "return the error with `?`, or shape the type so that the case cannot be; a person gets an answer",
    };
    let calls = [".unwrap()", ".expect(", ".unwrap_err()", "todo!(", "unimplemented!(", "dbg!("];
    in_product_code(tree, rule, &calls, |_| false)
}

/// Only the files of [`PRINTERS`] print.
pub fn prints(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "only commands print",
        remedy: "use tracing, which keeps secrets out; a new command is added to PRINTERS in tests/tests/tidy/rust.rs",
    };
    let spared =
        |path: &str| PRINTERS.iter().any(|(place, _)| path.starts_with(place) || path.ends_with(place));
    in_product_code(tree, rule, &["println!(", "print!(", "eprintln!(", "eprint!("], spared)
}

fn in_product_code(
    tree: &Tree,
    rule: Rule,
    sought: &[&str],
    spared: impl Fn(&str) -> bool,
) -> Vec<Violation> {
    let mut found = Vec::new();
    for (file, taken) in tree.rust().filter(|(file, _)| !file.is_test() && !spared(&file.path)) {
        for (line, code) in taken.lines().filter(|(line, _)| !taken.is_test(*line)) {
            let call = sought.iter().find(|call| contains_call(code, call));
            found.extend(call.map(|call| rule.broken(&file.path, line, format!("`{call}`"))));
        }
    }
    found
}

/// `print!(` is no part of `eprint!(`.
fn contains_call(code: &str, call: &str) -> bool {
    let whole =
        |at: usize| call.starts_with('.') || !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    code.match_indices(call).any(|(at, _)| whole(at))
}

/// A test that does not run guards nothing.
pub fn ignored_tests(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "no test is switched off",
        remedy: "mend it or delete it; what takes long reads its count from VAKTBOK_TEST_NIGHTLY",
    };
    let mut found = Vec::new();
    for (file, taken) in tree.rust() {
        let off = taken.lines().filter(|(_, code)| code.trim_start().starts_with("#[ignore"));
        found.extend(off.map(|(line, _)| rule.broken(&file.path, line, "`#[ignore]`")));
    }
    found
}

/// An exception from a lint says why it is one.
pub fn exceptions(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "an exception has a reason",
        remedy: "write #[allow(lint, reason = \"…\")], or mend what the lint found",
    };
    let mut found = Vec::new();
    for (file, taken) in tree.rust() {
        let code = taken.code.join("\n");
        for open in ["#[allow(", "#![allow(", "#[expect(", "#![expect("] {
            for (at, _) in code.match_indices(open) {
                let attribute = code[at..].split(")]").next().unwrap_or_default();
                if !attribute.contains("reason") {
                    let line = code[..at].matches('\n').count() + 1;
                    found.push(rule.broken(&file.path, line, format!("`{attribute})]`")));
                }
            }
        }
    }
    found
}

/// Public items are documented: all in kernel, book and vault, nine of ten elsewhere.
pub fn public_docs(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "public items are documented",
        remedy: "say shape, unit and errors above it with ///, or make it pub(crate)",
    };
    let (mut found, mut elsewhere, mut items) = (Vec::new(), Vec::new(), 0);
    for (file, taken) in tree.rust().filter(|(file, _)| !file.is_test()) {
        let in_full = DOCUMENTED_IN_FULL.iter().any(|place| file.path.starts_with(place));
        let original: Vec<&str> = file.text.lines().collect();
        let public = taken.lines().filter(|(line, code)| is_public_item(code) && !taken.is_test(*line));
        for (line, code) in public {
            items += usize::from(!in_full);
            if !is_documented(&original, line) {
                let place = if in_full { &mut found } else { &mut elsewhere };
                place.push(rule.broken(&file.path, line, format!("`{}`", code.trim())));
            }
        }
    }
    if elsewhere.len() * 100 > items * (100 - DOCUMENTED_PERCENT) {
        found.append(&mut elsewhere);
    }
    found
}

fn is_public_item(code: &str) -> bool {
    let Some(item) = code.trim_start().strip_prefix("pub ") else { return false };
    let kind = item.split_whitespace().next().unwrap_or_default();
    let declared_elsewhere = kind == "mod" && item.trim_end().ends_with(';');
    let kinds =
        ["fn", "async", "const", "static", "struct", "enum", "trait", "type", "mod", "unsafe", "union"];
    kinds.contains(&kind) && !declared_elsewhere
}

/// Walks up over the attributes to the line where the documentation would end.
fn is_documented(original: &[&str], line: usize) -> bool {
    let mut inside_attribute = false;
    for text in original[..line - 1].iter().rev().map(|text| text.trim()) {
        let opens_attribute = text.starts_with("#[") || text.starts_with("$(#[");
        if text.starts_with("///")
            || text.starts_with("#[doc")
            || text.starts_with("$(#[")
            || text.ends_with("*/")
        {
            return true;
        }
        if !opens_attribute && !inside_attribute && !text.ends_with(']') {
            return false;
        }
        inside_attribute = !opens_attribute;
    }
    false
}

/// A number that bounds something says in what it counts.
pub fn limits(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "a limit carries its unit in its name",
        remedy: "name what is counted: MAX_BODY_BYTES, PAGE_ROWS_LIMIT, IDLE_TIMEOUT_SECONDS; or make it a Duration",
    };
    let mut found = Vec::new();
    for (file, taken) in tree.rust() {
        let bare = taken.lines().filter_map(|(line, code)| Some((line, limit_without_unit(code)?)));
        found.extend(bare.map(|(line, name)| rule.broken(&file.path, line, format!("`{name}`"))));
    }
    found
}

fn limit_without_unit(code: &str) -> Option<&str> {
    let (_, declared) = code.split_once("const ")?;
    let (name, kind) = declared.split_once(':')?;
    let kind = kind.trim().split([' ', '=', ';']).next()?;
    let words: Vec<&str> = name.trim().split('_').collect();
    let bounds = words.iter().any(|word| ["MAX", "MIN", "LIMIT", "TIMEOUT"].contains(word));
    let number = ["u8", "u16", "u32", "u64", "usize", "i16", "i32", "i64", "f32", "f64"].contains(&kind);
    let units = ["KIB", "MIB", "GIB", "DEPTH", "PERCENT", "HZ", "MS"];
    let has_unit = words.iter().any(|word| word.len() > 1 && word.ends_with('S') || units.contains(word));
    (bounds && number && !has_unit).then_some(name.trim())
}
