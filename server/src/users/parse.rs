//! What is written about a user, as it comes from a form, a JSON body or a line of a file: one parser for all three.

use super::model::{KEYWORDS_CHARACTERS, LINE_CHARACTERS, Particulars};
use crate::ui::Language;
use kernel::{Message, Problem};
use unicode_normalization::UnicodeNormalization;

/// The fields in the order of forms and files.
pub const FIELDS: [&str; 8] =
    ["name", "user_name", "mail", "mobile", "external_id", "number", "keywords", "language"];

/// The largest number an agent may log on with.
pub const NUMBER_MOST: i64 = 999_999_999_999;

type Parsed<T> = Result<Option<T>, Message>;

/// The particulars, and everything that is wrong with them. `get` gives a field as it was sent, if it was.
pub fn particulars(get: &dyn Fn(&str) -> Option<String>) -> (Particulars, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut note =
        |field: &'static str, message: Message| problems.push(Problem { field: field.into(), message });
    macro_rules! read {
        ($field:literal, $parse:expr) => {
            match get($field).map_or(Ok(None), |text| $parse(&text)) {
                Ok(value) => value,
                Err(message) => {
                    note($field, message);
                    None
                }
            }
        };
    }
    let name = read!("name", line);
    let user_name = read!("user_name", user_name);
    let out = Particulars {
        mail: read!("mail", mail),
        mobile: read!("mobile", mobile),
        external_id: read!("external_id", line),
        number: read!("number", number),
        keywords: read!("keywords", |text: &str| bounded(text, KEYWORDS_CHARACTERS)).unwrap_or_default(),
        language: read!("language", language),
        name: name.unwrap_or_default(),
        user_name: user_name.unwrap_or_default(),
    };
    for (field, value) in [("name", &out.name), ("user_name", &out.user_name)] {
        if value.is_empty() && !problems.iter().any(|p| p.field == field) {
            problems.push(Problem { field: field.into(), message: "error-field-required".into() });
        }
    }
    (out, problems)
}

/// Characters that turn text round or hide: a name with them would be read as another (Unicode TR 36 section 3).
fn is_treacherous(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn bounded(text: &str, most: usize) -> Parsed<String> {
    let text: String = text.trim().nfc().collect();
    if text.chars().count() > most {
        return Err(Message::new("error-field-too-long").with("most", most));
    }
    if text.chars().any(is_treacherous) {
        return Err("error-field-control-characters".into());
    }
    Ok((!text.is_empty()).then_some(text))
}

/// One line of text that may be empty.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn line(text: &str) -> Parsed<String> {
    bounded(text, LINE_CHARACTERS)
}

fn user_name(text: &str) -> Parsed<String> {
    match line(text)? {
        Some(name) if name.chars().any(char::is_whitespace) => Err("users-user-name-form".into()),
        other => Ok(other),
    }
}

/// A mail address as people have one: something on both sides of one `@`, no spaces. Whether mail arrives is not known here.
fn mail(text: &str) -> Parsed<String> {
    let Some(address) = line(text)? else { return Ok(None) };
    let good = address.split_once('@').is_some_and(|(who, host)| {
        !who.is_empty()
            && !host.contains('@')
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
    });
    let plain = !address.chars().any(|c| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"'));
    if good && plain { Ok(Some(address)) } else { Err("users-mail-form".into()) }
}

fn mobile(text: &str) -> Parsed<String> {
    let Some(number) = line(text)? else { return Ok(None) };
    let allowed =
        number.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '/'));
    let digits = number.chars().filter(char::is_ascii_digit).count();
    if allowed && (3..=20).contains(&digits) { Ok(Some(number)) } else { Err("users-mobile-form".into()) }
}

fn number(text: &str) -> Parsed<i64> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let parsed = text.parse::<i64>().ok().filter(|n| (0..=NUMBER_MOST).contains(n));
    let plain = text.chars().all(|c| c.is_ascii_digit());
    parsed
        .filter(|_| plain)
        .map(Some)
        .ok_or_else(|| Message::new("users-number-form").with("most", NUMBER_MOST))
}

fn language(text: &str) -> Parsed<String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let known = Language::parse(text).filter(|_| text.chars().count() <= 10);
    known.map(|l| Some(l.code().to_owned())).ok_or_else(|| "users-language-form".into())
}

/// A field's stored value as a form or a file shows it.
#[must_use]
pub fn stored(p: &Particulars, name: &str) -> String {
    match name {
        "name" => p.name.clone(),
        "user_name" => p.user_name.clone(),
        "mail" => p.mail.clone().unwrap_or_default(),
        "mobile" => p.mobile.clone().unwrap_or_default(),
        "external_id" => p.external_id.clone().unwrap_or_default(),
        "number" => p.number.map(|n| n.to_string()).unwrap_or_default(),
        "keywords" => p.keywords.clone(),
        "language" => p.language.clone().unwrap_or_default(),
        _ => String::new(),
    }
}
