//! A sentence that is kept: its key and its words, stored with what it speaks of and said later in each reader's own
//! language.

use crate::ui::Locale;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The names that words may have. A stored word of another name is not said.
const NAMES: [&str; 9] = ["at", "column", "expected", "limit", "line", "name", "present", "stated", "url"];

/// A sentence of `locales/`, not yet in any language. Stored as JSON: `{"key":"…","words":[["limit",64]]}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    key: Cow<'static, str>,
    words: Vec<(Cow<'static, str>, Word)>,
}

/// A number, shown as the reader's language writes it, or a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Word {
    /// Such as a limit.
    Number(u64),
    /// Such as a name.
    Text(String),
}

impl Sentence {
    /// Without words yet.
    pub fn of(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), words: Vec::new() }
    }

    /// With a number in it.
    pub fn number(self, name: &'static str, number: usize) -> Self {
        self.word(name, Word::Number(number as u64))
    }

    /// With a text in it.
    pub fn text(self, name: &'static str, text: impl Into<String>) -> Self {
        self.word(name, Word::Text(text.into()))
    }

    fn word(mut self, name: &'static str, word: Word) -> Self {
        self.words.push((Cow::Borrowed(name), word));
        self
    }

    /// Which sentence.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Said to this reader.
    pub fn say(&self, locale: &Locale) -> String {
        let known = |(name, word): &(Cow<'static, str>, Word)| {
            let name = NAMES.into_iter().find(|known| known == name)?;
            let value = match word {
                Word::Number(number) => (*number).into(),
                Word::Text(text) => text.clone().into(),
            };
            Some((name, value))
        };
        let words: Vec<_> = self.words.iter().filter_map(known).collect();
        locale.say_with(&self.key, &words)
    }
}

/// A stored sentence of which only the key is known: what it speaks of stands as dots.
pub fn bare(locale: &Locale, key: &str) -> String {
    let words: Vec<_> = NAMES.into_iter().map(|name| (name, "…".into())).collect();
    locale.known_with(key, &words).unwrap_or_else(|| key.to_owned())
}

/// Each sentence said in both languages, for the tests of those who make them: none may be missing or lack a word.
#[cfg(test)]
pub(super) fn assert_said(sentences: &[Sentence]) {
    use crate::ui::Language;
    let keys: std::collections::BTreeSet<_> = sentences.iter().map(Sentence::key).collect();
    assert_eq!(keys.len(), sentences.len(), "each fault has a sentence of its own");
    for sentence in sentences {
        for language in Language::ALL {
            let said = sentence.say(&Locale::new(language, "Europe/Stockholm"));
            assert!(said.len() > 10 && !said.contains(['⟦', '{', '}', '$']), "{sentence:?}: {said}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Language;

    #[test]
    fn a_stored_sentence_is_said_in_either_language() {
        let stored = r#"{"key":"vcon-too-long","words":[["limit",65536],["at","dialog[0].body"],["odd",1]]}"#;
        let sentence: Sentence = serde_json::from_str(stored).unwrap();
        let say = |language| sentence.say(&Locale::new(language, "UTC"));
        assert_eq!(say(Language::Sv), "dialog[0].body är längre än 65\u{202f}536 tecken.");
        assert_eq!(say(Language::En), "dialog[0].body is longer than 65,536 characters.");
    }

    #[test]
    fn a_sentence_is_stored_as_it_was() {
        let made = Sentence::of("vcon-too-long").number("limit", 200).text("at", "parties[0].name");
        let stored = r#"{"key":"vcon-too-long","words":[["limit",200],["at","parties[0].name"]]}"#;
        assert_eq!(serde_json::to_string(&made).unwrap(), stored);
        assert_eq!(serde_json::from_str::<Sentence>(stored).unwrap(), made);
    }
}
