//! Rust's text taken apart far enough for the rules: what is code, what is a string, what is test.
//!
//! Not a parser: strings and comments are blanked out of the code, line by line, after which braces can be
//! counted and words looked for without being fooled by what stands in quotes.

/// A Rust file taken apart. All lines are counted from 1.
pub struct Taken {
    /// The code by line, with comments gone and strings emptied.
    pub code: Vec<String>,
    /// Each string literal's first line and its text between the quotes.
    pub strings: Vec<(usize, String)>,
    /// By line: does it belong to a `#[test]` or `#[cfg(test)]` item?
    test: Vec<bool>,
}

impl Taken {
    /// Is this line within a `#[test]` or `#[cfg(test)]` item?
    pub fn is_test(&self, line: usize) -> bool {
        self.test.get(line - 1).copied().unwrap_or(false)
    }

    /// Code lines with their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.code.iter().map(String::as_str))
    }

    /// The last line of the item that begins at `line`: where its braces close, or its semicolon stands.
    pub fn end_of_item(&self, line: usize) -> usize {
        let mut depth = 0_i32;
        for (at, code) in self.lines().skip(line - 1) {
            for c in code.chars() {
                match c {
                    '{' | '(' | '[' => depth += 1,
                    '}' | ')' | ']' => depth -= 1,
                    _ => {}
                }
                if depth <= 0 && (c == '}' || c == ';') {
                    return at;
                }
            }
        }
        self.code.len()
    }
}

/// Takes a file apart.
pub fn take_apart(text: &str) -> Taken {
    let mut taking =
        Taking { rest: text, code: String::with_capacity(text.len()), strings: Vec::new(), line: 1 };
    while !taking.rest.is_empty() {
        taking.step();
    }
    let code: Vec<String> = taking.code.split('\n').map(str::to_owned).collect();
    let mut taken = Taken { test: vec![false; code.len()], code, strings: taking.strings };
    mark_tests(&mut taken);
    taken
}

struct Taking<'a> {
    rest: &'a str,
    code: String,
    strings: Vec<(usize, String)>,
    line: usize,
}

impl Taking<'_> {
    fn step(&mut self) {
        let rest = self.rest;
        if rest.starts_with("//") {
            self.blank(rest.find('\n').unwrap_or(rest.len()));
        } else if rest.starts_with("/*") {
            self.blank(end_of_comment(rest));
        } else if let Some((before, text, end)) = string(rest).filter(|_| !self.in_word()) {
            self.strings.push((self.line, rest[before..text].to_owned()));
            self.code.push_str("\"\"");
            self.blank(end);
        } else if let Some(end) = character(rest) {
            self.code.push_str("' '");
            self.blank(end);
        } else {
            let mut plain = rest.char_indices().skip(1);
            let end = plain.find(|(_, c)| "\"'/rbc\n".contains(*c)).map_or(rest.len(), |(at, _)| at);
            self.line += usize::from(rest.starts_with('\n'));
            self.code.push_str(&rest[..end]);
            self.rest = &rest[end..];
        }
    }

    /// Skips `length` bytes, keeping the lines.
    fn blank(&mut self, length: usize) {
        let (skipped, rest) = self.rest.split_at(length);
        for _ in skipped.matches('\n') {
            self.code.push('\n');
            self.line += 1;
        }
        self.rest = rest;
    }

    /// The `r` of `for"` opens no raw string.
    fn in_word(&self) -> bool {
        !self.rest.starts_with('"') && self.code.ends_with(|c: char| c.is_alphanumeric() || c == '_')
    }
}

/// Block comments nest.
fn end_of_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

/// If a string literal opens here: where its text begins, where it ends, where the literal ends.
fn string(text: &str) -> Option<(usize, usize, usize)> {
    if !text.starts_with(['"', 'r', 'b', 'c']) {
        return None;
    }
    let prefix = ["br", "cr", "r", "b", "c", ""].into_iter().find(|prefix| {
        text.strip_prefix(prefix).is_some_and(|rest| rest.trim_start_matches('#').starts_with('"'))
    })?;
    let rest = &text[prefix.len()..];
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let open = prefix.len() + hashes + 1;
    if prefix.ends_with('r') {
        let close = format!("\"{}", "#".repeat(hashes));
        let end = open + text[open..].find(&close)?;
        return Some((open, end, end + close.len()));
    }
    if hashes > 0 {
        return None;
    }
    let mut escaped = false;
    for (at, c) in text[open..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some((open, open + at, open + at + 1)),
            _ => {}
        }
    }
    None
}

/// If a character literal opens here: where it ends. A lifetime is none.
fn character(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("b'").or_else(|| text.strip_prefix('\''))?;
    let opened = text.len() - rest.len();
    let mut chars = rest.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        let body = rest.get(2..)?;
        return Some(opened + 2 + body.find('\'')? + 1);
    }
    let (at, second) = chars.next()?;
    (second == '\'').then_some(opened + at + 1)
}

fn mark_tests(taken: &mut Taken) {
    let opens: Vec<usize> = taken
        .lines()
        .filter(|(_, code)| {
            let code = code.trim();
            ["#[cfg(test)]", "#[test]", "#[tokio::test", "proptest!"]
                .iter()
                .any(|mark| code.starts_with(mark))
        })
        .map(|(line, _)| line)
        .collect();
    for line in opens {
        let end = taken.end_of_item(after_attributes(taken, line));
        taken.test[line - 1..end].fill(true);
    }
    if taken.code.iter().any(|code| code.trim().starts_with("#![cfg(test)]")) {
        taken.test.fill(true);
    }
}

/// The first line from here on that is not an attribute.
fn after_attributes(taken: &Taken, line: usize) -> usize {
    let attribute = |code: &str| code.is_empty() || code.starts_with("#[");
    taken
        .lines()
        .skip(line - 1)
        .find(|(_, code)| !attribute(code.trim()) || code.contains("] ") && !code.trim_end().ends_with(']'))
        .map_or(line, |(at, _)| at)
}

#[test]
fn quotes_and_comments_do_not_fool_it() {
    let taken = take_apart(
        "let a = \"b // {\"; // c {\nlet r = r#\"x\"y\"#; let l: &'a str = '{';\n/* { /* } */ */ z",
    );
    assert_eq!(taken.code, ["let a = \"\"; ", "let r = \"\"; let l: &'a str = ' ';", " z"]);
    assert_eq!(taken.strings, [(1, "b // {".to_owned()), (2, "x\"y".to_owned())]);
}

#[test]
fn test_items_are_told_from_product_code() {
    let taken = take_apart("fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n");
    let test: Vec<bool> = (1..=6).map(|line| taken.is_test(line)).collect();
    assert_eq!(test, [false, true, true, true, true, false]);
}
