//! Keys and certificates: there, fit, and not about to end.

use kernel::engine::DATA_FILE;
use kernel::{Message, Timestamp};

use super::super::config::{Config, MasterKey};
use super::super::keys;
use super::super::tls::{Pair, Unusable};
use super::{CERTIFICATE_DAYS, Report, Verdict, day};

/// The master key is there, or will be made because nothing is kept yet.
pub fn master_key(config: &Config, report: &mut Report) {
    let place = match &config.master_key {
        MasterKey::File(path) => path.display().to_string(),
        MasterKey::Stated(_) => "VAKTBOK_MASTER_KEY".to_owned(),
    };
    match keys::check(&config.master_key) {
        Err(message) => report.note("key", Verdict::Bad, message),
        Ok(Some(keys)) => {
            let id = keys.current().id().to_owned();
            report.note(
                "key",
                Verdict::Good,
                Message::new("doctor-key-good").with("file", place).with("id", id),
            );
        }
        Ok(None) if config.data.join(DATA_FILE).exists() => {
            report.note("key", Verdict::Bad, Message::new("keys-missing").with("file", place));
        }
        // An empty PostgreSQL and a full one look the same from here.
        Ok(None) if config.database.is_some() => {
            report.note("key", Verdict::Warning, Message::new("doctor-key-maybe").with("file", place));
        }
        Ok(None) => report.note("key", Verdict::Good, Message::new("doctor-key-new").with("file", place)),
    }
}

/// The certificate fits its key and does not end soon.
pub fn certificate(config: &Config, now: Timestamp, report: &mut Report) {
    let Some(files) = &config.tls else {
        let key = if config.behind_proxy { "doctor-tls-proxy" } else { "doctor-tls-loopback" };
        return report.note("tls", Verdict::Good, Message::new(key));
    };
    let checked = Pair::read_now(files).map_err(Unusable::Read).and_then(|pair| pair.check());
    let message = |key: &'static str| Message::new(key).with("file", files.certificate.display());
    let end = match checked {
        Err(cause) => {
            return report.note("tls", Verdict::Bad, message("doctor-tls-bad").with("cause", cause));
        }
        Ok(certificate) => certificate.not_after,
    };
    let Some(end) = end else { return report.note("tls", Verdict::Warning, message("doctor-tls-endless")) };
    let left_days = (end.as_second() - now.to_jiff().as_second()).div_euclid(86_400);
    let (verdict, key) = match left_days {
        ..0 => (Verdict::Bad, "doctor-tls-ended"),
        0..CERTIFICATE_DAYS => (Verdict::Warning, "doctor-tls-ends"),
        _ => (Verdict::Good, "doctor-tls-good"),
    };
    report.note("tls", verdict, message(key).with("day", day(end)));
}
