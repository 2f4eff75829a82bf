//! Who reads: a language and a time zone, and the sentences said in them.
//!
//! Every sentence stands in `locales/{en,sv}/*.ftl`; code and templates hold keys only.
//! A missing key is shown as `⟦key⟧` and logged, never silently replaced by another
//! language: the tests of this folder fail on one.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, langid};
use jiff::tz::TimeZone;

use super::figures;

fluent_templates::static_loader! {
    static SENTENCES = {
        locales: "../locales",
        fallback_language: "en",
        customise: |bundle| {
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(if bundle.locales[0] == SWEDISH { figures::swedish } else { figures::english }));
        },
    };
}

static SWEDISH: LanguageIdentifier = langid!("sv");
static ENGLISH: LanguageIdentifier = langid!("en");

/// A language the product speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Language {
    /// Swedish.
    Sv,
    /// English.
    En,
}

impl Language {
    /// Every language, in the order offered to a person.
    pub const ALL: [Language; 2] = [Language::Sv, Language::En];

    /// The BCP 47 tag, as in `<html lang>` and the database.
    pub fn code(self) -> &'static str {
        match self {
            Language::Sv => "sv",
            Language::En => "en",
        }
    }

    /// Reads a stored tag; region and case do not matter (`sv-FI`, `EN`).
    pub fn parse(tag: &str) -> Option<Language> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(primary))
    }

    /// The best language for an `Accept-Language` header (RFC 9110 section 12.5.4).
    pub fn accepted(header: &str) -> Option<Language> {
        let mut best: Option<(f32, Language)> = None;
        for part in header.split(',').take(16) {
            let (tag, quality) = part.split_once(";q=").unwrap_or((part, "1"));
            let quality: f32 = quality.trim().parse().unwrap_or(0.0);
            let Some(language) = Language::parse(tag) else {
                continue;
            };
            if quality > 0.0 && best.is_none_or(|(q, _)| quality > q) {
                best = Some((quality, language));
            }
        }
        best.map(|(_, language)| language)
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Language::Sv => &SWEDISH,
            Language::En => &ENGLISH,
        }
    }
}

/// The reader's language and time zone. Small and `Copy`: hand it to whatever speaks.
#[derive(Clone, Copy, Debug)]
pub struct Locale {
    /// The language of every sentence.
    pub language: Language,
    /// The zone of every shown time.
    pub zone: &'static TimeZone,
}

impl Locale {
    /// A reader of `language` in the zone with the IANA name `zone`; an unknown name reads as UTC.
    pub fn new(language: Language, zone: &str) -> Locale {
        Locale { language, zone: zone_named(zone) }
    }

    /// Says the sentence `key`.
    pub fn say(&self, key: &str) -> String {
        self.look_up(key, None)
    }

    /// Says the sentence `key` with one argument.
    pub fn say1<'a>(&self, key: &str, name: &'static str, value: impl Into<FluentValue<'a>>) -> String {
        self.look_up(key, Some(&HashMap::from([(Cow::Borrowed(name), value.into())])))
    }

    /// Says the sentence `key` with several arguments: `&[("user", name.into()), ("n", 3.into())]`.
    pub fn say_with(&self, key: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> String {
        let map = arguments.iter().map(|(k, v)| (Cow::Borrowed(*k), v.clone())).collect();
        self.look_up(key, Some(&map))
    }

    /// Says what the kernel wants said. Arguments called `n`, `least` and `most` are numbers and
    /// `bytes` is a size; the others stand as they are.
    pub fn tell(&self, message: &kernel::Message) -> String {
        let value = |name: &str, text: &String| match (name, text.parse::<i64>()) {
            ("n" | "least" | "most", Ok(n)) => FluentValue::from(n),
            ("bytes", Ok(n)) => FluentValue::from(self.bytes(n.unsigned_abs())),
            _ => FluentValue::from(text.clone()),
        };
        let arguments = message.args.iter().map(|(name, text)| (Cow::Borrowed(*name), value(name, text)));
        self.look_up(message.key, Some(&arguments.collect()))
    }

    /// The name of a setting or right by its key; one without a name is called by its key.
    pub fn setting(&self, key: &str) -> String {
        let sentence = format!("setting-{}", key.replace('.', "-"));
        self.known(&sentence).unwrap_or_else(|| key.to_owned())
    }

    /// What a setting does, by its key.
    pub fn setting_help(&self, key: &str) -> String {
        self.say(&format!("setting-{}-help", key.replace('.', "-")))
    }

    /// Says the sentence `key` if this language has it, for the few keys made from data.
    pub fn known(&self, key: &str) -> Option<String> {
        SENTENCES.lookup_single_language::<&str>(self.language.id(), key, None).ok()
    }

    /// Says the sentence `key` if this language has one that takes these arguments.
    pub fn known_with(&self, key: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> Option<String> {
        let map = arguments.iter().map(|(k, v)| (Cow::Borrowed(*k), v.clone())).collect();
        SENTENCES.lookup_single_language(self.language.id(), key, Some(&map)).ok()
    }

    fn look_up(&self, key: &str, arguments: Option<&HashMap<Cow<'static, str>, FluentValue>>) -> String {
        match SENTENCES.lookup_single_language(self.language.id(), key, arguments) {
            Ok(sentence) => sentence,
            Err(cause) => {
                tracing::error!(key, language = self.language.code(), %cause, "sentence missing");
                format!("⟦{key}⟧")
            }
        }
    }
}

/// Zones once read are kept for the life of the process; there are as many as the tz database
/// names (about 600), since an unknown name is not kept.
fn zone_named(name: &str) -> &'static TimeZone {
    static ZONES: LazyLock<Mutex<HashMap<String, &'static TimeZone>>> = LazyLock::new(Mutex::default);
    static UTC: TimeZone = TimeZone::UTC;
    let mut zones = ZONES.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(zone) = zones.get(name) {
        return zone;
    }
    let Ok(zone) = TimeZone::get(name) else {
        return &UTC;
    };
    let zone: &'static TimeZone = Box::leak(Box::new(zone));
    zones.insert(name.to_owned(), zone);
    zone
}
