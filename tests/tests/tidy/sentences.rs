//! Every sentence a person reads stands in locales/, in both languages, and nowhere else.

use super::report::{Rule, Violation};
use super::tree::{File, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// Names, not sentences: the same in every language.
const NAMES: [&str; 12] = [
    "Vaktbok",
    "UTC",
    "CSV",
    "JSON",
    "JSON Lines",
    "API",
    "OpenAPI",
    "IP",
    "Ctrl",
    "Esc",
    "Enter",
    "svenska",
];

/// A message: where it is defined, and the variables it uses.
struct Message {
    path: String,
    line: usize,
    variables: BTreeSet<String>,
}

/// Each message exists once in English and once in Swedish, with the same variables.
pub fn languages(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "both languages say everything",
        remedy: "write the same key, with the same variables, in locales/en and locales/sv, once in each",
    };
    let mut found = Vec::new();
    let english = messages(tree, "locales/en", rule, &mut found);
    let swedish = messages(tree, "locales/sv", rule, &mut found);
    for (from, to, language) in [(&english, &swedish, "Swedish"), (&swedish, &english, "English")] {
        for (key, message) in from {
            let trouble = match to.get(key) {
                None => format!("`{key}` has no {language}"),
                Some(other) if !message.variables.is_subset(&other.variables) && !key.contains(".ftl:") => {
                    format!("`{key}` uses variables that {language} does not")
                }
                Some(_) => continue,
            };
            found.push(rule.broken(&message.path, message.line, trouble));
        }
    }
    found
}

fn messages(tree: &Tree, folder: &str, rule: Rule, found: &mut Vec<Violation>) -> BTreeMap<String, Message> {
    let mut all: BTreeMap<String, Message> = BTreeMap::new();
    for file in tree.with_extension("ftl").filter(|file| file.path.starts_with(folder)) {
        let mut key = String::new();
        for (line, text) in file.lines() {
            if let Some(next) = defined(text, &key) {
                key = next;
                let message = Message { path: file.path.clone(), line, variables: BTreeSet::new() };
                if let Some(first) = all.insert(key.clone(), message) {
                    let twice = format!("`{key}` stands also in {}:{}", first.path, first.line);
                    found.push(rule.broken(&file.path, line, twice));
                }
            }
            if let Some(message) = all.get_mut(&key).filter(|_| !text.starts_with('#')) {
                message.variables.extend(variables(text));
            }
        }
    }
    all
}

/// The key that a line defines: `name =`, `-term =`, or `.attribute =` of the message before.
fn defined(text: &str, current: &str) -> Option<String> {
    let (name, _) = text.split_once('=')?;
    let name = name.trim_end();
    let word = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    if let Some(attribute) = name.trim_start().strip_prefix('.').filter(|_| text.starts_with(' ')) {
        let message = current.split('.').next().unwrap_or(current);
        return word(attribute).then(|| format!("{message}.{attribute}"));
    }
    word(name).then(|| name.to_owned())
}

fn variables(text: &str) -> impl Iterator<Item = String> {
    text.split('$').skip(1).map(|rest| {
        rest.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').next().unwrap_or("").to_owned()
    })
}

/// Text between tags, and in attributes that are read aloud or shown, comes from locales/.
pub fn templates(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "templates hold no sentence",
        remedy: "put the sentence into locales/en and locales/sv and name its key here",
    };
    each_line(tree, rule, |text| {
        let shown = ["title=\"", "placeholder=\"", "aria-label=\"", "alt=\""]
            .iter()
            .flat_map(|attribute| text.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()));
        let words = between_tags(text);
        shown.chain(words.iter().map(String::as_str)).find(|words| is_sentence(words)).map(str::to_owned)
    })
}

/// The strict Content-Security-Policy needs templates without inline script, style or handlers.
pub fn inline(tree: &Tree) -> Vec<Violation> {
    let rule = Rule {
        name: "templates hold no inline script and no inline style",
        remedy: "give the element a class or a data- attribute; behaviour stands in ui's script, looks in its CSS",
    };
    let inline = [
        " style=\"",
        "<style",
        "javascript:",
        " onclick=",
        " onchange=",
        " onsubmit=",
        " onload=",
        " oninput=",
    ];
    each_line(tree, rule, |text| {
        let script = text.contains("<script") && !text.contains("src=");
        let other = inline.iter().find(|mark| text.contains(**mark)).map(|mark| mark.trim().to_owned());
        other.or_else(|| script.then(|| "<script> without src".to_owned()))
    })
}

fn each_line(tree: &Tree, rule: Rule, wrong: impl Fn(&str) -> Option<String>) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in tree.with_extension("html").filter(|file| file.path.starts_with("server/")) {
        let bare = without_expressions(file);
        let lines = (1..).zip(bare.lines()).filter_map(|(line, text)| Some((line, wrong(text)?)));
        found.extend(lines.map(|(line, words)| rule.broken(&file.path, line, format!("`{}`", words.trim()))));
    }
    found
}

/// The template with `{{ }}`, `{% %}` and `{# #}` emptied and its lines kept.
fn without_expressions(file: &File) -> String {
    let mut bare = String::new();
    let mut rest = file.text.as_str();
    while let Some(at) = ["{{", "{%", "{#", "<!--"].iter().filter_map(|open| rest.find(open)).min() {
        let (before, inside) = rest.split_at(at);
        let close = match &inside[..2] {
            "{{" => "}}",
            "{%" => "%}",
            "{#" => "#}",
            _ => "-->",
        };
        let end = inside.find(close).map_or(inside.len(), |end| end + close.len());
        bare.push_str(before);
        bare.extend(inside[..end].matches('\n'));
        rest = &inside[end..];
    }
    bare + rest
}

/// What a line holds outside its tags. A tag left open ends with the line; one that was open begins it.
fn between_tags(text: &str) -> Vec<String> {
    let text = match (text.find('<'), text.find('>')) {
        (Some(open), Some(close)) if close < open => &text[close + 1..],
        (None, Some(close)) => &text[close + 1..],
        (None, None) if text.contains('=') => "",
        _ => text,
    };
    text.split('<')
        .enumerate()
        .map(|(at, part)| match part.split_once('>') {
            Some((_, words)) => words.to_owned(),
            None if at == 0 => part.to_owned(),
            None => String::new(),
        })
        .collect()
}

fn is_sentence(words: &str) -> bool {
    let words = words.trim();
    let entity = words.starts_with('&') && words.ends_with(';');
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && !entity && !NAMES.contains(&words)
}
