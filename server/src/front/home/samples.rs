//! Home on an ordinary day, on the worst one, for an agent, for the operator, and before there is anything.

use super::facts::{BookState, Facts, May, TenantLine};
use super::{Home, Show};
use crate::archive::model::InteractionId;
use crate::archive::queries::ListRow;
use crate::front::queries::{Amount, Ending, Links, OwnWork, Steps};
use crate::logs::queries::Hour;
use crate::signin::model::SessionRow;
use crate::signin::queries::Tried;
use crate::ui::Shell;
use ::book::Log;
use kernel::{Right as _, SessionId, Timestamp, UserId, Uuid};

/// 25 November 2026, 14:05 in Stockholm.
const NOW: Timestamp = Timestamp(1_795_611_900_000_000);
const LONG: &str = "Konstantin-Alexandrowitsch Überschallgeschwindigkeitsbegrenzungsverordnung von und zu Hohenlohe-Waldenburg-Schillingsfürst den yngre, tillförordnad stallföreträdande gruppledare i Kundtjänst Luleå";

fn all_rights() -> May {
    May {
        book: true,
        access: true,
        logs: true,
        import: true,
        users: true,
        manage: true,
        groups: true,
        reset: true,
        keys: true,
        archive: true,
        settings: true,
    }
}

fn ago(seconds: i64) -> Timestamp {
    NOW.plus_seconds(-seconds)
}

fn some(n: i64, seconds: i64) -> Amount {
    Amount { n, at: Some(ago(seconds)) }
}

/// Four weeks of work from seven to six, few slips, and `night` refused ones last night.
fn weeks(night: i64) -> Vec<Hour> {
    let now = NOW.0 / 3_600_000_000;
    let mut all = Vec::new();
    let mut add = |name: &str, hour, n| {
        if n > 0 {
            all.push(Hour { name: name.to_owned(), hour, n });
        }
    };
    for hour in now - 28 * 24..=now {
        let (local, day) = ((hour + 1).rem_euclid(24), (hour + 1).div_euclid(24));
        let weekday = (day + 3).rem_euclid(7);
        let busy = match local {
            7 | 8 => 70 - (day * 7).rem_euclid(20),
            12..=15 => 18 + local,
            9..=17 => 6,
            _ => 0,
        };
        let n = if weekday >= 5 { busy / 6 } else { busy };
        add("sign-in.accepted", hour, n);
        add("sign-in.refused", hour, n / 20);
    }
    let local_night = now - 12;
    add("sign-in.refused", local_night, night);
    add("door.refused", now - 1, night / 40);
    all
}

fn session(n: u128, began: i64) -> SessionRow {
    SessionRow {
        id: SessionId(Uuid::from_u128(n)),
        made_at: ago(began),
        seen_at: ago(30),
        method: "password".to_owned(),
        address: "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff".to_owned(),
        country: "SE".to_owned(),
        browser: "Firefox 152".to_owned(),
        system: "Windows".to_owned(),
    }
}

fn begun(may: May) -> Facts {
    let mut facts = Facts::none(NOW, may);
    facts.sessions = vec![session(1, 3 * 3600), session(2, 26 * 3600)];
    facts.session = Some(SessionId(Uuid::from_u128(1)));
    facts
}

fn well() -> Facts {
    let book = BookState { size: 41_204, signed_at: Some(ago(2)), ..BookState::default() };
    let steps = Some(Steps { group: true, user: true, interaction: true });
    Facts { book: Some(book), hours: weeks(0), work_hours: (7, 18, false), steps, ..begun(all_rights()) }
}

fn worst() -> Facts {
    let job = |n: u128, kind: &str, state: &str| OwnWork {
        id: Uuid::from_u128(n),
        kind: kind.to_owned(),
        state: state.to_owned(),
        done: 12_345,
        total: 50_000,
        at: ago(600),
        upload: Some(Uuid::from_u128(n)),
    };
    let ending = |name: &str| Ending {
        user: UserId(Uuid::from_u128(9)),
        name: name.to_owned(),
        until: NOW.plus_seconds(2 * 86_400),
    };
    let late = BookState {
        size: 10_000_204,
        signed_at: Some(ago(7200)),
        late_since: Some(ago(7000)),
        failed_at: Some(ago(90_000)),
    };
    Facts {
        writable: false,
        book: Some(late),
        hours: weeks(420),
        aside: some(14, 5000),
        unseen: some(500, 20 * 86_400),
        ending: vec![ending(LONG), ending("Åsa")],
        links: Links { open: 3, until: Some(NOW.plus_seconds(900)), over: 1, over_at: Some(ago(80_000)) },
        expiring: Amount { n: 1, at: Some(NOW.plus_seconds(3 * 86_400)) },
        behind: 1_200_000,
        forgetting: vec![(Log::Access, NOW.plus_seconds(9 * 86_400))],
        work: vec![
            job(1, "user-import", "going"),
            job(2, "log-export", "failed"),
            job(3, "book-check", "stopped"),
        ],
        refused: some(7, 4000),
        unwell: vec![("heads", "book-head-not-signed")],
        ..well()
    }
}

fn agent() -> Facts {
    let row = |n: u128, subject: &str, customer: &str| ListRow {
        id: InteractionId(Uuid::from_u128(n)),
        medium: "call".to_owned(),
        started: ago(4000),
        ended: ago(3700),
        agent: Some("Åsa Lindqvist".to_owned()),
        group: None,
        queue: None,
        queue_name: None,
        subject: subject.to_owned(),
        recorded: true,
        customer: Some(customer.to_owned()),
    };
    let interactions =
        vec![row(1, "Faktura 4711", "Sven Öberg"), row(2, LONG, LONG), row(3, "", "+46 70 123 45 67")];
    let tried = |n: i64, result: &str| Tried {
        idx: n,
        at: ago(n * 40_000),
        name: format!("sign-in.{result}"),
        who: Some(format!(
            "{{\"result\":\"{result}\",\"method\":\"password\",\"address\":\"192.0.2.7\",\"country\":\"SE\",\"browser\":\"Firefox 152\"}}"
        )),
    };
    let tried = vec![tried(1, "accepted"), tried(2, "refused"), tried(3, "accepted")];
    let rights = vec![crate::archive::rights::ViewArchive::KEY];
    let group = LONG.to_owned();
    Facts { interactions, tried, rights, group, ..begun(May { archive: true, ..May::default() }) }
}

pub(super) fn all(shell: &Shell) -> Vec<(&'static str, Home)> {
    let tenant = |number, name: &str, entries| TenantLine {
        number,
        name: name.to_owned(),
        entries,
        last: (entries > 0).then(|| ago(300)),
    };
    let tenants = vec![
        tenant(1001, "Norrsken Försäkring", 41_204),
        tenant(1002, LONG, 10_000_000),
        tenant(1003, "Ny", 0),
    ];
    let operator = Facts { tenants, steps: None, hours: Vec::new(), ..well() };
    let fresh = BookState { size: 12, signed_at: Some(ago(2)), ..BookState::default() };
    let empty = Facts {
        book: Some(fresh),
        steps: Some(Steps { group: true, ..Steps::default() }),
        ..begun(all_rights())
    };
    let page = |facts: &Facts, show| Home::new(shell.clone(), facts, show);
    vec![
        ("well", page(&well(), Show::All)),
        ("worst", page(&worst(), Show::Refused)),
        ("agent", page(&agent(), Show::All)),
        ("operator", page(&operator, Show::All)),
        ("empty", page(&empty, Show::All)),
    ]
}
