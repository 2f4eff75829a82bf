//! One event as one line.

use std::fmt::Write;

use jiff::Timestamp;
use serde_json::{Map, Value};
use tracing::Metadata;

use super::super::config::LogFormat;
use super::Fields;

/// The line of an event, its end included.
pub fn line(format: LogFormat, time: Timestamp, metadata: &Metadata<'_>, fields: &Fields) -> String {
    let time = format!("{time:.3}");
    match format {
        LogFormat::Text => text(&time, metadata, fields),
        LogFormat::Json => json(time, metadata, fields),
    }
}

/// `time LEVEL part message name=value …`; a value that is not one plain word is quoted.
fn text(time: &str, metadata: &Metadata<'_>, fields: &Fields) -> String {
    let message = fields.iter().find(|(name, _)| *name == "message").map_or("", |(_, value)| value);
    let mut line = format!("{time} {:5} {} {message}", metadata.level().as_str(), metadata.target());
    for (name, value) in fields.iter().filter(|(name, _)| *name != "message") {
        let bare =
            !value.is_empty() && value.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'='));
        let written = if bare { value.to_owned() } else { Value::from(value).to_string() };
        let _ = write!(line, " {name}={written}");
    }
    line.push('\n');
    line
}

/// One object with `time`, `level`, `part`, `message` and the fields; a field called like one of these four comes
/// with an underscore.
fn json(time: String, metadata: &Metadata<'_>, fields: &Fields) -> String {
    let mut object = Map::new();
    object.insert("time".into(), time.into());
    object.insert("level".into(), metadata.level().as_str().to_ascii_lowercase().into());
    object.insert("part".into(), metadata.target().into());
    for (name, value) in fields.iter() {
        let taken = matches!(name, "time" | "level" | "part");
        let name = if taken { format!("{name}_") } else { name.to_owned() };
        object.entry(name).or_insert_with(|| value.into());
    }
    format!("{}\n", Value::Object(object))
}
