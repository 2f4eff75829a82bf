//! Text that can stand on a line of a log and be nothing else.

use std::borrow::Cow;
use std::fmt::Write;

/// Bytes of one value that are written.
pub const VALUE_BYTES: usize = 4096;

/// Parts of a field's name that make its value a secret.
const SECRET_NAMES: [&str; 8] =
    ["password", "secret", "token", "cookie", "authorization", "credential", "private_key", "master_key"];

/// The text with everything that a terminal, a reader of lines or a reader's eye could take for something else
/// written as `\u{…}`: control characters (line ends and escape sequences among them), marks of direction,
/// line and paragraph separators, invisible marks.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_treacherous) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_treacherous(c) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn is_treacherous(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A field's value as it may be written.
pub fn value(name: &str, value: &str) -> String {
    if SECRET_NAMES.iter().any(|secret| name.contains(secret)) {
        return "•••".to_owned();
    }
    let (head, cut) = match value.split_at_checked(value.floor_char_boundary(VALUE_BYTES)) {
        Some((head, rest)) if !rest.is_empty() => (head, format!("…(+{} bytes)", rest.len())),
        _ => (value, String::new()),
    };
    format!("{}{cut}", plain(&without_passwords(head)))
}

/// Takes the password out of every URL in the text (`scheme://user:password@host`).
fn without_passwords(text: &str) -> Cow<'_, str> {
    if !text.contains("://") {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split("://");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let authority = part.split(['/', ' ', '"', '\'', '?', '#']).next().unwrap_or_default();
        let password = authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':'));
        out.push_str("://");
        match password {
            Some((user, password)) => {
                let rest = part.strip_prefix(user).and_then(|rest| rest.strip_prefix(':'));
                let rest = rest.and_then(|rest| rest.strip_prefix(password)).unwrap_or_default();
                out.push_str(user);
                out.push_str(":•••");
                out.push_str(rest);
            }
            None => out.push_str(part),
        }
    }
    Cow::Owned(out)
}
