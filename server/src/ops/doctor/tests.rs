//! What the operator is told.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::*;
use crate::ops::tls::tests::{self as testdata, Folder};
use crate::ui::{Language, Locale};

fn now() -> Timestamp {
    "2027-01-01T12:00:00Z".parse().unwrap()
}

/// A machine on which all is well; each test spoils one thing.
fn well(folder: &Folder) -> Flags {
    std::fs::set_permissions(&folder.0, std::fs::Permissions::from_mode(0o750)).unwrap();
    let flag = |name: &str, value: String| (name.to_owned(), vec![value]);
    let values = vec![flag("data", folder.0.display().to_string()), flag("connections", "16".into())];
    Flags { config: None, values }
}

fn with(mut flags: Flags, name: &str, value: impl ToString) -> Flags {
    flags.values.push((name.to_owned(), vec![value.to_string()]));
    flags
}

fn found(report: &Report, check: &str) -> (Verdict, &'static str) {
    let finding = report.findings.iter().find(|finding| finding.check == check).unwrap();
    (finding.verdict, finding.message.key)
}

fn at(flags: &Flags, now: Timestamp, check: &str) -> (Verdict, &'static str) {
    found(&examine(flags, now).0, check)
}

#[test]
fn a_fit_machine_is_well_in_every_respect() {
    let folder = Folder::new("doctor-well");
    let (report, config) = examine(&well(&folder), now());
    let unwell: Vec<_> =
        report.findings.iter().filter(|f| f.verdict != Verdict::Good && f.check != "space").collect();
    assert!(unwell.is_empty(), "{unwell:?}");
    assert_eq!(report.findings.len(), 10);
    assert!(config.is_some());
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 0, "nothing is left behind");
}

#[test]
fn every_problem_of_the_configuration_is_a_finding_with_its_place() {
    let folder = Folder::new("doctor-config");
    let flags = with(with(well(&folder), "listen", "0.0.0.0:80"), "idle_seconds", "0");
    let (report, config) = examine(&flags, now());
    assert!(config.is_none());
    assert_eq!((report.findings.len(), report.exit_code()), (2, 1));
    let text = report.text(&Locale::new(Language::En, "UTC"));
    assert!(text.contains("idle_seconds (--idle-seconds): “0” is no whole number from 1 to 600."), "{text}");
    assert!(
        text.contains("listen (--listen): Passwords would cross the network unencrypted at 0.0.0.0:80."),
        "{text}"
    );
}

#[test]
fn a_newest_head_that_is_gone_or_cut_is_warned_of() {
    let folder = Folder::new("doctor-heads");
    let flags = well(&folder);
    assert_eq!(at(&flags, now(), "heads"), (Verdict::Good, "doctor-heads-good"));
    let kept = folder.0.join("heads/7");
    std::fs::create_dir_all(&kept).unwrap();
    assert_eq!(at(&flags, now(), "heads"), (Verdict::Warning, "doctor-heads-missing"));
    std::fs::write(kept.join("latest.head"), "vaktbok/7/").unwrap();
    assert_eq!(at(&flags, now(), "heads"), (Verdict::Warning, "doctor-heads-unreadable"));
}

#[test]
fn a_data_folder_is_looked_at_from_all_sides() {
    let folder = Folder::new("doctor-data");
    let missing = with(well(&folder), "data", folder.0.join("new").display());
    assert_eq!(at(&missing, now(), "data"), (Verdict::Warning, "doctor-data-new"));
    assert_eq!(
        at(&missing, now(), "space").0,
        at(&well(&folder), now(), "space").0,
        "of the disk it will be on"
    );
    std::fs::write(folder.0.join("file"), "").unwrap();
    let file = with(well(&folder), "data", folder.0.join("file").display());
    assert_eq!(at(&file, now(), "data"), (Verdict::Bad, "doctor-data-file"));
    let flags = well(&folder);
    std::fs::set_permissions(&folder.0, std::fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(at(&flags, now(), "data"), (Verdict::Warning, "doctor-data-open"));
    let closed = with(well(&folder), "data", "/proc");
    assert_eq!(at(&closed, now(), "data").0, Verdict::Bad, "nothing can be written there, even by root");
}

#[test]
fn a_running_server_is_seen_and_not_disturbed() {
    let folder = Folder::new("doctor-lock");
    let flags = well(&folder);
    let lock = std::fs::File::create(folder.0.join("lock")).unwrap();
    lock.try_lock().unwrap();
    assert_eq!(at(&flags, now(), "lock"), (Verdict::Good, "doctor-lock-used"));
    lock.unlock().unwrap();
    assert_eq!(at(&flags, now(), "lock"), (Verdict::Good, "doctor-lock-free"));
    assert!(lock.try_lock().is_ok(), "looking leaves it free");
}

#[test]
fn a_clock_behind_the_data_is_a_fault() {
    let folder = Folder::new("doctor-clock");
    assert_eq!(at(&well(&folder), "1970-01-02T00:00:00Z".parse().unwrap(), "clock").0, Verdict::Bad);
    assert_eq!(at(&well(&folder), now(), "clock").0, Verdict::Good);
}

#[test]
fn a_missing_key_is_a_fault_only_beside_data() {
    let folder = Folder::new("doctor-key");
    let flags = well(&folder);
    assert_eq!(at(&flags, now(), "key"), (Verdict::Good, "doctor-key-new"));
    std::fs::write(folder.0.join("vaktbok.db"), "").unwrap();
    assert_eq!(at(&flags, now(), "key"), (Verdict::Bad, "keys-missing"));
    let key = folder.0.join("master.key");
    std::fs::write(&key, vault::MasterKey::new("a", [7; 32]).unwrap().to_line().as_bytes()).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(at(&flags, now(), "key"), (Verdict::Good, "doctor-key-good"));
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(at(&flags, now(), "key"), (Verdict::Bad, "keys-too-open"));
}

#[test]
fn a_certificate_is_warned_about_before_it_ends() {
    let folder = Folder::new("doctor-tls");
    let files = testdata::write(&folder.0, testdata::FIRST);
    let flags = with(well(&folder), "tls_certificate", files.certificate.display());
    let flags = with(flags, "tls_key", files.key.display());
    let end: Timestamp = testdata::FIRST_ENDS.parse().unwrap();
    assert_eq!(at(&flags, now(), "tls"), (Verdict::Good, "doctor-tls-good"));
    assert_eq!(at(&flags, end.plus_seconds(-13 * 86_400), "tls"), (Verdict::Warning, "doctor-tls-ends"));
    assert_eq!(at(&flags, end.plus_seconds(60), "tls"), (Verdict::Bad, "doctor-tls-ended"));
    std::fs::write(&files.key, testdata::SECOND.1).unwrap();
    assert_eq!(at(&flags, now(), "tls"), (Verdict::Bad, "doctor-tls-bad"));
}

#[test]
fn old_or_broken_places_and_few_files_are_told() {
    let folder = Folder::new("doctor-places");
    let flags = well(&folder);
    assert_eq!(
        at(&flags, "2028-01-01T00:00:00Z".parse().unwrap(), "places"),
        (Verdict::Warning, "doctor-places-old")
    );
    let broken = with(flags.clone(), "places_country", folder.0.join("none.mmdb").display());
    assert_eq!(at(&broken, now(), "places"), (Verdict::Bad, "doctor-places-bad"));
    let many = with(flags, "connections", 1_000_000);
    let few = getrlimit_is_below(1_000_000);
    assert_eq!(at(&many, now(), "files").0 == Verdict::Warning, few);
}

fn getrlimit_is_below(wanted: u64) -> bool {
    rustix::process::getrlimit(rustix::process::Resource::Nofile)
        .current
        .is_some_and(|may| may < wanted + 128)
}

#[test]
fn what_others_looked_at_decides_too() {
    let mut report = Report::default();
    report.add("database", Ok(Message::new("doctor-database-good")));
    assert_eq!(report.exit_code(), 0);
    report.add("database", Err(Message::new("doctor-database-bad").with("cause", "no route")));
    assert_eq!((report.exit_code(), report.verdict()), (1, Verdict::Bad));
    let json = report.json(&Locale::new(Language::Sv, "UTC"));
    assert_eq!(json["verdict"], "bad");
    assert_eq!(json["findings"][1]["code"], "doctor-database-bad");
    assert_eq!(json["findings"][1]["message"], "Databasen svarar inte: no route.");
}

#[test]
fn every_sentence_of_the_doctor_exists_in_every_language() {
    let code = [
        include_str!("mod.rs"),
        include_str!("machine.rs"),
        include_str!("secrets.rs"),
        include_str!("../keys.rs").split("#[cfg(test)]").next().unwrap(),
    ]
    .concat();
    let quoted = code.split('"').skip(1).step_by(2);
    let keys: Vec<&str> = quoted
        .filter(|text| {
            (text.starts_with("doctor-") || text.starts_with("keys-")) && !text.contains(['{', '…', '/'])
        })
        .collect();
    assert!(keys.len() > 30, "{keys:?}");
    let names = ["now", "before", "folder", "cause", "bytes", "may", "wanted", "file", "id", "day"]
        .map(|name| (name, name.into()));
    for locale in Language::ALL.map(|language| Locale::new(language, "UTC")) {
        for key in &keys {
            assert!(!locale.say_with(key, &names).contains('⟦'), "{key} in {}", locale.language.code());
        }
    }
}

#[test]
fn the_report_reads_well() {
    let folder = Folder::new("doctor-text");
    let report = examine(&well(&folder), now()).0;
    for language in Language::ALL {
        let text = report.text(&Locale::new(language, "UTC"));
        assert!(!text.contains('⟦') && text.lines().count() == report.findings.len() + 2, "{text}");
        let shown = folder.0.strip_prefix(std::env::temp_dir()).map(PathBuf::from).unwrap();
        assert!(text.contains(&shown.display().to_string()), "{text}");
    }
}
