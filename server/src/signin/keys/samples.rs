//! Keys made up for the gallery.

use super::*;
use kernel::Uuid;

const MADE: Timestamp = Timestamp(1_700_000_000_000_000);

fn key(n: u128, name: &str, why: &str) -> KeyLine {
    KeyLine {
        id: KeyId(Uuid::from_u128(n)),
        name: name.to_owned(),
        user: UserId(Uuid::from_u128(2)),
        user_name: "Wallboard Süd".repeat(if n == 2 { 12 } else { 1 }),
        owner: UserId(Uuid::from_u128(3)),
        owner_name: "Åsa Öberg".to_owned(),
        scope: vec!["users.view".to_owned(), "keys.manage".to_owned()],
        made_at: MADE,
        until: MADE.plus_seconds(90 * 24 * 3600),
        used_at: (n == 1).then(|| MADE.plus_seconds(3600)),
        why: why.to_owned(),
    }
}

fn new(offered: Vec<&'static str>) -> NewKey {
    NewKey {
        user: UserId(Uuid::from_u128(2)),
        name: "Wallboard".to_owned(),
        offered,
        owner: "asa.oberg".to_owned(),
        longest_days: 366,
        today: jiff::civil::date(2026, 11, 25),
    }
}

/// Every page: with keys, with the longest names, with nothing.
pub(super) fn all(shell: &Shell) -> Vec<(&'static str, KeysPage)> {
    let t = shell.t;
    let list =
        |keys: Vec<KeyLine>, of| list_page(shell.clone(), Html::default(), &Listed { keys, older: None, of });
    let long = "<script>alert(1)</script> ".repeat(8);
    let uses = [Use { address: "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff".to_owned(), used_at: MADE }];
    let wrong = Wrong {
        problems: vec![
            kernel::Problem { field: "name".into(), message: "error-field-required".into() },
            kernel::Problem { field: "scope".into(), message: "key-choose-rights".into() },
        ],
        whole: Some(t.say("key-needs-owner")),
    };
    let service = Service { user: UserId(Uuid::from_u128(2)), name: "Wallboard".to_owned() };
    vec![
        (
            "list",
            list(
                vec![
                    key(1, "Nightly export", ""),
                    key(2, &long, "key-expired"),
                    key(3, "Bot", "key-owner-out"),
                    key(4, "Scripts", "key-not-yet"),
                ],
                None,
            ),
        ),
        ("list-empty", list(Vec::new(), Some(UserId(Uuid::from_u128(2))))),
        ("choose", choice_page(shell.clone(), &[service])),
        ("choose-none", choice_page(shell.clone(), &[])),
        ("new", new_page(shell.clone(), &new(vec!["users.view", "keys.manage"]), &Fields::default(), &wrong)),
        (
            "new-without-rights",
            new_page(shell.clone(), &new(Vec::new()), &Fields::default(), &Wrong::default()),
        ),
        ("made", made_page(shell.clone(), &key(1, &long, ""), &"AbCd_-09".repeat(7))),
        ("one", one_page(shell.clone(), &key(1, "Nightly export", ""), &uses, true)),
        ("one-unused", one_page(shell.clone(), &key(2, &long, "key-expired"), &[], false)),
    ]
}
