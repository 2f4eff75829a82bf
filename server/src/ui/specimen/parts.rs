//! Small parts: messages, states, buttons, tabs, facts, progress, an empty list.

use super::super::facts::{Facts, Section};
use super::super::progress::Progress;
use super::super::state::{Badge, Button, Copy, Empty, Tabs, Tone, Weight};
use super::super::{Flash, Html, Shell};
use super::{HOSTILE, Specimen, long_name};

pub(super) fn samples(shell: &Shell) -> Vec<(&'static str, Specimen)> {
    let mut shell = shell.clone().titled("Åsa Lindqvist").under("Users", "/users").at("/users");
    shell = shell.action(Button::link("Suspend", "/x")).action(Button::link("Edit", "/y").primary());
    shell.flash = vec![
        Flash::done("Åsa Lindqvist was moved to Support.").undo("/undo", vec![("entry".into(), "17".into())]),
        Flash::failed(HOSTILE),
    ];
    let mut busy = shell.clone().titled(long_name());
    busy.tenant = long_name();
    busy.reload_s = Some(5);
    let one = Specimen::new(shell.clone(), vec![tabs(&shell), badges(), facts(&shell), empty()]);
    vec![("parts", one), ("parts-long", Specimen::new(busy.clone(), progress(&busy)))]
}

fn tabs(shell: &Shell) -> Html {
    let tabs = Tabs::new("User").tab("Overview", "/a", true).tab("Settings", "/b", false);
    tabs.counted("Sessions", "/c", false, shell.t.number(3)).tab("Log", "/d", false).into()
}

fn badges() -> Html {
    let all = [
        (Tone::Ok, "active"),
        (Tone::Warn, "suspended"),
        (Tone::Bad, "refused"),
        (Tone::Note, "new"),
        (Tone::Still, "deactivated"),
    ];
    let badges = all.into_iter().flat_map(|(tone, word)| [Badge::new(tone, word).into(), Html::text(" ")]);
    Section::new("States").with(Html::join(badges)).into()
}

fn facts(shell: &Shell) -> Html {
    let t = &shell.t;
    let facts = Facts::new()
        .fact("Group", "Support, evenings")
        .fact("Last sign-in", t.when_ago(1_795_440_000_000_000, 1_795_445_000_000_000))
        .fact("Recordings", t.number(12_345))
        .fact("Size", t.bytes(1_234_567_890))
        .fact("Longest call", t.duration(7_503))
        .fact("Key", Copy::new(t, "vk_3f9a7c0d51e84b20"))
        .maybe("Mobile", None::<String>);
    let buttons = [
        Button::submit("Save", Weight::Primary),
        Button::submit("Try it", Weight::Quiet).sends("do", "try"),
        Button::submit("Erase", Weight::Danger),
        Button::submit("Not now", Weight::Quiet).off(true),
    ];
    let buttons = buttons.into_iter().flat_map(|b| [b.into(), Html::text(" ")]);
    Section::new("Particulars")
        .action(Button::link("Edit", "/x"))
        .with(facts)
        .with(Html::join(buttons))
        .into()
}

fn empty() -> Html {
    let empty = Empty::new(
        "No passkeys yet",
        "A passkey signs you in with your phone or security key, and cannot be phished.",
    );
    Section::new("Passkeys").with(empty.step(Button::link("Add a passkey", "/x"))).into()
}

fn progress(shell: &Shell) -> Vec<Html> {
    let t = &shell.t;
    vec![
        Progress::new(t, "p1", "Importing users.csv", 12_400, 50_000)
            .going("/jobs/1")
            .stop(t, "/jobs/1/stop")
            .into(),
        Progress::new(t, "p2", "Counting", 1_204, 0).going("/jobs/2").into(),
        Progress::new(t, "p3", "Verifying the book", 40_112, 40_112)
            .over(Tone::Ok, "Whole: 40,112 entries")
            .into(),
        Progress::new(t, "p4", long_name(), 3, 9).over(Tone::Bad, "Stopped at entry 3").into(),
    ]
}
