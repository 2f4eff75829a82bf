//! What the program is configured with: as it is kept for the next start to compare with, and as an entry tells it.
//!
//! - A secret is kept as a mark: what one of the master keys makes of its name and value. Without that key, which no
//!   database holds, the shortest word cannot be found out from it; with it, a start sees that the value is another one.
//! - What stands in files (the master keys, the key of TLS) is marked as secrets are.
//! - An entry tells of a secret that it is set, changed, or that it cannot be compared: never its value, never its mark.

use crate::ops::config::{Config, MasterKey, Secret};
use sha2::{Digest, Sha256};
use std::path::Path;
use vault::MasterKeys;

/// Bytes of a file's content that are marked; a key file is much shorter.
const MARKED_BYTES: u64 = 1024 * 1024;
/// Bytes of a mark.
const MARK_BYTES: usize = 16;
/// What parts a secret from its mark in what is kept; no value holds it.
const MARKED: char = '\t';

/// One option in force.
struct Line {
    name: String,
    /// As it may be shown.
    shown: String,
    secret: Option<Secret>,
}

/// The options in force.
pub struct Options(Vec<Line>);

impl Options {
    /// Those of a configuration, with what stands in the files that it names.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let secret = |name: &str| config.secrets.iter().find(|(known, _)| *known == name);
        let line = |line: &str| {
            let (name, shown) = line.split_once('=')?;
            let secret = secret(name).map(|(_, value)| value.clone());
            Some(Line { name: name.to_owned(), shown: shown.to_owned(), secret })
        };
        let mut lines: Vec<Line> = config.shown.lines().filter_map(line).collect();
        let keys = match &config.master_key {
            MasterKey::File(path) => Some(("master_key_file", path.as_path())),
            MasterKey::Stated(_) => None,
        };
        let tls = config.tls.as_ref().map(|files| ("tls_key", files.key.as_path()));
        for (name, path) in [keys, tls].into_iter().flatten() {
            let Some(secret) = content(path) else { continue };
            lines.push(Line {
                name: format!("{name} (content)"),
                shown: "set".to_owned(),
                secret: Some(secret),
            });
        }
        Self(lines)
    }

    /// All of them, one a line, secrets with their marks.
    #[must_use]
    pub fn kept(&self, keys: &MasterKeys) -> String {
        let line = |line: &Line| {
            let mark =
                line.secret.as_ref().and_then(|secret| mark(keys, keys.current().id(), &line.name, secret));
            let mark = mark.map(|mark| format!("{MARKED}{mark}")).unwrap_or_default();
            format!("{}={}{mark}\n", line.name, line.shown)
        };
        self.0.iter().map(line).collect()
    }

    /// Those that are not what was kept, before and now, as an entry tells them; all of them where nothing was kept.
    #[must_use]
    pub fn other(&self, kept: Option<&str>, keys: &MasterKeys) -> (Option<String>, String) {
        let (mut before, mut now) = (Vec::new(), Vec::new());
        let old: Vec<Kept<'_>> = kept.unwrap_or_default().lines().filter_map(Kept::read).collect();
        for line in &self.0 {
            let Some(old) = old.iter().find(|old| old.name == line.name) else {
                now.push(format!("{}={}", line.name, line.shown));
                continue;
            };
            let after =
                if old.shown == line.shown { line.against(old, keys) } else { Some(line.shown.as_str()) };
            if let Some(after) = after {
                before.push(format!("{}={}", old.name, old.shown));
                now.push(format!("{}={after}", line.name));
            }
        }
        let gone = old.iter().filter(|old| !self.0.iter().any(|line| line.name == old.name));
        before.extend(gone.map(|old| format!("{}={}", old.name, old.shown)));
        (kept.map(|_| before.join("; ")), now.join("; "))
    }
}

impl Line {
    /// What is told of a secret that was set before as well; nothing when it is the same, or was never marked.
    fn against(&self, old: &Kept<'_>, keys: &MasterKeys) -> Option<&'static str> {
        let (secret, (id, _)) = (self.secret.as_ref()?, old.mark?.split_once(':')?);
        match mark(keys, id, &self.name, secret) {
            Some(mark) if Some(mark.as_str()) == old.mark => None,
            Some(_) => Some("changed"),
            None => Some("not comparable"),
        }
    }
}

/// An option as it was kept.
struct Kept<'a> {
    name: &'a str,
    shown: &'a str,
    mark: Option<&'a str>,
}

impl<'a> Kept<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let (name, value) = line.split_once('=')?;
        let (shown, mark) = match value.split_once(MARKED) {
            Some((shown, mark)) => (shown, Some(mark)),
            None => (value, None),
        };
        Some(Self { name, shown, mark })
    }
}

/// What the master key of that id makes of a secret: `id:hexadecimal`. None when there is no such key any more.
fn mark(keys: &MasterKeys, id: &str, name: &str, secret: &Secret) -> Option<String> {
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(secret.reveal().as_bytes()));
    let made = keys.get(id)?.derive(&format!("program option {name} {digest}")).ok()?;
    let made = made.bytes().get(..MARK_BYTES)?;
    Some(format!("{id}:{}", data_encoding::HEXLOWER.encode(made)))
}

/// What stands in a file; none where it cannot be read, which others complain of.
fn content(path: &Path) -> Option<Secret> {
    use std::io::Read;
    let mut text = zeroize::Zeroizing::new(Vec::new());
    std::fs::File::open(path).ok()?.take(MARKED_BYTES).read_to_end(&mut text).ok()?;
    Some(Secret::new(String::from_utf8_lossy(&text).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(bytes: &[u8]) -> MasterKeys {
        let line = |byte: &u8| vault::MasterKey::new(&format!("k{byte}"), [*byte; 32]).unwrap().to_line();
        let text: String = bytes.iter().map(|byte| line(byte).to_string()).collect();
        MasterKeys::parse(&text).unwrap()
    }

    fn options(lines: &[(&str, &str, Option<&str>)]) -> Options {
        let line = |(name, shown, secret): &(&str, &str, Option<&str>)| Line {
            name: (*name).to_owned(),
            shown: (*shown).to_owned(),
            secret: secret.map(|text| Secret::new(text.to_owned())),
        };
        Options(lines.iter().map(line).collect())
    }

    fn told(before: &str, now: &str) -> (Option<String>, String) {
        (Some(before.to_owned()), now.to_owned())
    }

    #[test]
    fn only_options_that_are_not_what_they_were_are_told() {
        let one = keys(&[1]);
        let before = options(&[("listen", "a", None), ("log_level", "info", None)]).kept(&one);
        let now = options(&[
            ("listen", "a", None),
            ("log_level", "debug", None),
            ("metrics_token", "set", Some("x")),
        ]);
        assert_eq!(
            now.other(Some(&before), &one),
            told("log_level=info", "log_level=debug; metrics_token=set")
        );
        assert_eq!(now.other(None, &one), (None, "listen=a; log_level=debug; metrics_token=set".to_owned()));
        assert_eq!(options(&[]).other(Some("listen=a\n"), &one), told("listen=a", ""));
    }

    #[test]
    fn s33_s34_another_secret_is_told_as_changed_and_neither_it_nor_its_mark_is() {
        let token = |word: &str| options(&[("metrics_token", "set", Some(word))]);
        let (one, both, other) = (keys(&[1]), keys(&[1, 2]), keys(&[2]));
        let kept = token("hemligt").kept(&one);
        assert!(!kept.contains("hemligt") && kept.contains("k1:"), "{kept}");
        assert_eq!(token("hemligt").other(Some(&kept), &one), told("", ""));
        assert_eq!(
            token("annat").other(Some(&kept), &one),
            told("metrics_token=set", "metrics_token=changed")
        );
        assert_eq!(
            token("hemligt").other(Some(&kept), &both),
            told("", ""),
            "a new master key beside the old one"
        );
        let gone = told("metrics_token=set", "metrics_token=not comparable");
        assert_eq!(token("hemligt").other(Some(&kept), &other), gone, "the old master key is gone");
        assert_eq!(
            token("x").other(Some("metrics_token=set\n"), &one),
            told("", ""),
            "kept before there were marks"
        );
        let two = options(&[("a", "set", Some("x")), ("b", "set", Some("x"))]).kept(&one);
        let marks: Vec<&str> =
            two.lines().filter_map(|line| line.split_once(':')).map(|(_, mark)| mark).collect();
        assert_ne!(marks[0], marks[1], "equal secrets have unequal marks");
    }
}
