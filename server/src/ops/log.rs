//! The program's own log on standard error: one line an event, text for people or JSON for programs.
//!
//! - No field can break a line, forge a field, recolour a terminal or turn text round: control characters, escape
//!   sequences and marks of direction are written as `\u{…}`, long values are cut.
//! - Nothing that is called a password, token, secret or cookie is written, and no password inside a URL.
//! - Every line within a request carries that request's id, as its entries in the book do.

mod line;
mod plain;
#[cfg(test)]
mod tests;

use std::io::Write;
use std::sync::Mutex;

use kernel::Clock;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use super::config::{LogFormat, LogOptions};
pub use plain::{VALUE_BYTES, plain};

/// Starts the log on standard error; a second start changes nothing.
pub fn start(options: &LogOptions, clock: Clock) {
    let filter = EnvFilter::try_new(&options.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = Lines::new(options.format, clock, std::io::stderr());
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(filter).with(lines));
}

/// Writes events as lines.
pub struct Lines<W> {
    format: LogFormat,
    clock: Clock,
    out: Mutex<W>,
}

/// Fields of an event or a span, in order, already fit to be written.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(&'static str, String)>);

impl<W> Lines<W> {
    /// Lines of this form to `out`.
    pub fn new(format: LogFormat, clock: Clock, out: W) -> Lines<W> {
        Lines { format, clock, out: Mutex::new(out) }
    }
}

impl<W, S> Layer<S> for Lines<W>
where
    W: Write + Send + 'static,
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        for span in context.event_scope(event).into_iter().flatten() {
            if let Some(outer) = span.extensions().get::<Fields>() {
                fields.0.extend(outer.0.iter().cloned());
            }
        }
        let line = line::line(self.format, self.clock.now().to_jiff(), event.metadata(), &fields);
        let mut out = self.out.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        // There is nowhere to say that the log itself cannot be written.
        let _ = out.write_all(line.as_bytes());
    }
}

impl Fields {
    /// Each field's name and value.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }

    fn keep(&mut self, field: &Field, value: &str) {
        let name = field.name();
        self.0.retain(|(before, _)| *before != name);
        self.0.push((name, plain::value(name, value)));
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.keep(field, &format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.keep(field, value);
    }
}
