//! Settings with their sources, a chain, a change before it is saved, and the last question.

use super::super::change::{Chain, Confirm, Consequence, Diff, SettingRow};
use super::super::facts::Section;
use super::super::field::Field;
use super::super::{Html, Locale, Shell};
use super::{HOSTILE, Specimen, long_name};

pub(super) fn samples(shell: &Shell) -> Vec<(&'static str, Specimen)> {
    let titled = shell.clone().titled("Settings for Sales").under("Settings", "/settings").at("/settings");
    vec![("settings", Specimen::new(titled, parts(shell)))]
}

fn parts(shell: &Shell) -> Vec<Html> {
    let consequence = Consequence::new("If you save this")
        .gain("2 users gain: open recordings", vec!["Åsa Lindqvist".into(), HOSTILE.into()])
        .loss("12 users lose: export of the access log", vec!["Björn Öberg".into(), long_name()])
        .note("3 sessions end at once.");
    let erase = "Erase 214 recordings";
    let confirm = Confirm::new(&shell.t, erase, erase, "/x", "/y")
        .text("They cannot be brought back. The log keeps who erased them, when and why.")
        .with(Field::area("reason", "Reason", 2).required())
        .field("token", "1");
    vec![rows(shell.t), chain(shell.t), diff(shell.t), consequence.into(), confirm.into()]
}

fn rows(t: Locale) -> Html {
    let shortest = SettingRow::new(t, "s1", "Shortest password", "15 characters", "Set for the tenant")
        .help("Used when the password is the only factor.")
        .edit("/x")
        .affects("Holds for 214 users");
    let idle = SettingRow::new(t, "s2", "Session ends after idling", "30 min", "Set for the group Sales")
        .help("Counted from the last request.")
        .own("15 min", Some("/settings/inherit".to_owned()))
        .edit("/x")
        .affects("Holds for 41 users");
    let fixed = SettingRow::new(t, "s3", "Keep the access log", long_name(), "Set for the system")
        .fixed("Fixed by the system: lower levels cannot change it.");
    let lead = "What is set here holds for everyone in the group unless set for the user.";
    Section::new("Passwords and sessions").lead(lead).with(shortest).with(idle).with(fixed).into()
}

fn chain(t: Locale) -> Html {
    let chain = Chain::new(&t, "Open content")
        .level("System", "Vaktbok", Some("denied".into()))
        .level("Tenant", "Norrsken Kundservice AB", None)
        .level("Group", "Supervisors", Some("allowed".into()))
        .href("/groups/1")
        .decides()
        .level("User", "Åsa Lindqvist", None);
    Section::new("Why Åsa may open recordings").with(chain).into()
}

fn diff(t: Locale) -> Html {
    let diff = Diff::new(&t)
        .line("Group", Some("Sales".into()), Some("Support, evenings".into()))
        .line("Mobile", None, Some("+46 70 123 45 67".into()))
        .line("Keyword", Some(HOSTILE.into()), None)
        .line("Note", Some(long_name()), Some(long_name()));
    Section::new("What changed").with(diff).into()
}
