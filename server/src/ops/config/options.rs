//! The table of every option: the one place that knows their names, forms and defaults.
//!
//! - A name is the key in the file; `VAKTBOK_` and its upper case is the environment; dashes for its underscores the
//!   flag. Its explanation is the sentence `config-` and the name with dashes.
//! - A secret has no flag, since other people of the machine can read flags.

use super::super::limits;
use crate::ui::Locale;

/// What an option's value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An address and a port.
    Socket,
    /// A folder or file.
    Path,
    /// An address of a service, with its scheme.
    Url,
    /// Free text.
    Text,
    /// `true` or `false`.
    YesNo,
    /// One of a few words.
    OneOf(&'static [&'static str]),
    /// Host names.
    Hosts,
    /// Ranges of addresses in CIDR form.
    Networks,
    /// A whole number between two bounds, in the unit that the name ends with.
    Number { least: u64, most: u64 },
}

/// One option.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The key in the file.
    pub name: &'static str,
    /// The form of its value.
    pub form: Form,
    /// The value when nothing is stated; empty for none.
    pub default: Default,
    /// Whether its value may never be shown.
    pub secret: bool,
}

/// Where an option's default comes from.
#[derive(Clone, Copy, Debug)]
pub enum Default {
    /// No value.
    None,
    /// Fixed text.
    Text(&'static str),
    /// A fixed number.
    Number(u64),
    /// The number of cores.
    Cores,
}

impl Choice {
    /// The variable in the environment.
    pub fn variable(&self) -> String {
        format!("VAKTBOK_{}", self.name.to_ascii_uppercase())
    }

    /// The flag without its dashes; none for a secret.
    pub fn flag(&self) -> Option<String> {
        (!self.secret).then(|| self.name.replace('_', "-"))
    }

    /// The key of its explanation.
    pub fn explanation(&self) -> String {
        format!("config-{}", self.name.replace('_', "-"))
    }

    /// The default as text; empty for none.
    pub fn default_text(&self) -> String {
        match self.default {
            Default::None => String::new(),
            Default::Text(text) => text.to_owned(),
            Default::Number(number) => number.to_string(),
            Default::Cores => limits::hash_slots().to_string(),
        }
    }
}

/// The option called `name`.
pub fn choice(name: &str) -> Option<&'static Choice> {
    CHOICES.iter().find(|choice| choice.name == name)
}

const fn plain(name: &'static str, form: Form, default: Default) -> Choice {
    Choice { name, form, default, secret: false }
}

const fn secret(name: &'static str, form: Form) -> Choice {
    Choice { name, form, default: Default::None, secret: true }
}

const fn number(name: &'static str, least: u64, most: u64, default: u64) -> Choice {
    plain(name, Form::Number { least, most }, Default::Number(default))
}

const GIB: u64 = 1 << 30;
const HASH_SLOTS: Form = Form::Number { least: 1, most: 256 };

/// Every option, in the order of the manual.
pub const CHOICES: &[Choice] = &[
    plain("listen", Form::Socket, Default::Text("127.0.0.1:8080")),
    plain("data", Form::Path, Default::Text("data")),
    plain("database", Form::Url, Default::None),
    secret("database_owner", Form::Url),
    plain("content", Form::Url, Default::None),
    plain("master_key_file", Form::Path, Default::None),
    secret("master_key", Form::Text),
    plain("tls_certificate", Form::Path, Default::None),
    plain("tls_key", Form::Path, Default::None),
    plain("behind_proxy", Form::YesNo, Default::Text("false")),
    plain("trusted_proxies", Form::Networks, Default::None),
    plain("proxy_header", Form::OneOf(&["x-forwarded-for", "forwarded"]), Default::Text("x-forwarded-for")),
    plain("public_hosts", Form::Hosts, Default::None),
    plain("outgoing_hosts", Form::Hosts, Default::None),
    plain("outgoing_roots", Form::Path, Default::None),
    plain("handout_folder", Form::Path, Default::None),
    plain("places_country", Form::Path, Default::None),
    plain("places_network", Form::Path, Default::None),
    plain("log_format", Form::OneOf(&["text", "json"]), Default::Text("text")),
    plain("log_level", Form::Text, Default::Text("info")),
    plain("metrics_listen", Form::Socket, Default::None),
    secret("metrics_token", Form::Text),
    number("body_bytes", 16 << 10, 64 << 20, limits::BODY_BYTES),
    number("upload_bytes", 1 << 20, 64 * GIB, limits::UPLOAD_BYTES),
    number("header_bytes", 8 << 10, 256 << 10, limits::HEADER_BYTES),
    number("connections", 16, 1_000_000, limits::CONNECTIONS),
    number("connections_per_address", 4, 1_000_000, limits::CONNECTIONS_PER_ADDRESS),
    number("header_seconds", 1, 300, limits::HEADER_SECONDS),
    number("idle_seconds", 1, 600, limits::IDLE_SECONDS),
    number("request_seconds", 1, 600, limits::REQUEST_SECONDS),
    number("stop_seconds", 0, 600, limits::STOP_SECONDS),
    plain("hash_slots", HASH_SLOTS, Default::Cores),
    number("hash_queue", 0, 100_000, limits::HASH_QUEUE),
];

/// The table of options as the manual shows it (Markdown), in the reader's language.
pub fn table(locale: &Locale) -> String {
    let head =
        ["option", "form", "default", "meaning"].map(|column| locale.say(&format!("config-column-{column}")));
    let rows = CHOICES.iter().map(|choice| {
        let default = match choice.default {
            Default::Cores => locale.say("config-default-cores"),
            _ => choice.default_text(),
        };
        let default = if default.is_empty() { "–".to_owned() } else { default };
        let (form, meaning) = (choice.form.text(locale), locale.say(&choice.explanation()));
        format!("| `{}` | {form} | {default} | {meaning} |\n", choice.name)
    });
    format!("| {} |\n|---|---|---|---|\n{}", head.join(" | "), rows.collect::<String>())
}

impl Form {
    fn text(self, locale: &Locale) -> String {
        match self {
            Form::Socket => locale.say("config-form-socket"),
            Form::Path => locale.say("config-form-path"),
            Form::Url => locale.say("config-form-url"),
            Form::Text => locale.say("config-form-text"),
            Form::YesNo => "true, false".to_owned(),
            Form::OneOf(words) => words.join(", "),
            Form::Hosts => locale.say("config-form-hosts"),
            Form::Networks => locale.say("config-form-networks"),
            Form::Number { least, most } => format!("{least}–{most}"),
        }
    }
}
