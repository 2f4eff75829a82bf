//! What each filter finds, against what every entry says of itself when all of them are read.

use super::exact::{everything, paged};
use book::Log;
use kernel::Right;
use kernel::facet::fold;
use server::logs::files::{COLUMNS, cells};
use server::logs::listing::Wanted;
use server::logs::model::Entry;
use server::logs::queries::Keyed;
use server::logs::said::{Names, Teller};
use server::logs::{ReadAccessLog, ReadArchiveLog, ReadChangeLog, asked};
use server::ui::{Language, Locale};
use std::collections::BTreeMap;
use vaktbok_tests::{Http, Portal, Tenant, both_engines};

/// Values of one facet that are looked up: the most frequent and the rarest.
const MANY: usize = 40;

/// The column of an exported line in which a facet's value stands.
fn column(facet: &str) -> &str {
    match facet {
        "name" => "event",
        "client" => "actor_kind",
        "kind" => "subject_kind",
        "subject" => "subject_id",
        "actor" => "actor_id",
        "behalf" => "on_behalf_id",
        "group" => "group_id",
        "queue" => "queue_id",
        other => other,
    }
}

/// What an entry says of itself, as it is taken out.
fn fact(entry: &Entry, facet: &str) -> String {
    let said = |part: &serde_json::Map<String, serde_json::Value>, key: &str| {
        part.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
    };
    match facet {
        "level" if entry.name.starts_with("setting.") => entry.subject_kind.clone(),
        "level" => String::new(),
        "setting" if !entry.name.starts_with("setting.") => String::new(),
        "setting" => entry
            .fields()
            .iter()
            .find_map(|f| f.name.strip_prefix("setting:").map(str::to_owned))
            .unwrap_or_default(),
        "medium" => said(&entry.about, "medium"),
        // Whoever it was tried for, or did it.
        "user" if entry.subject_kind == "user" => entry.subject.to_string(),
        "user" => fact(entry, "actor"),
        _ => {
            let at =
                COLUMNS.iter().position(|name| *name == column(facet)).unwrap_or_else(|| panic!("{facet}"));
            let (t, names) = (Locale::new(Language::En, "UTC"), Names::default());
            let text = cells(entry, &Teller { t: &t, names: &names })[at].clone();
            if text == kernel::Uuid::nil().to_string() { String::new() } else { text }
        }
    }
}

/// The entries of a log by the values of a facet.
fn by_value(all: &[Keyed], log: Log, facet: &str) -> BTreeMap<String, Vec<i64>> {
    let mut out: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for one in all.iter().rev().filter(|one| one.keys.is_some() && one.entry.log == log) {
        // Readings stand apart from what is read.
        if one.entry.name != "log.read" {
            out.entry(fold(&fact(&one.entry, facet))).or_default().push(one.entry.idx);
        }
    }
    out
}

/// Every facet of a log finds what a scan of everything finds; says which facets had a value at all.
pub async fn agree<K: Right>(
    portal: &Portal,
    tenant: &Tenant,
    admin: &Http,
    log: Log,
    except: &[&str],
) -> Vec<&'static str> {
    let all = everything(portal, tenant.id).await;
    let secret = admin.cookie(server::front::SESSION_COOKIE).unwrap();
    let grant = portal.app().gate.session(&secret, portal.origin()).await.unwrap().grant::<K>().unwrap();
    let mut had = Vec::new();
    for facet in asked::facets(log).iter().copied().filter(|facet| !except.contains(facet)) {
        let mut values: Vec<(String, Vec<i64>)> =
            by_value(&all, log, facet).into_iter().filter(|(value, _)| !value.is_empty()).collect();
        values.sort_by_key(|(_, found)| std::cmp::Reverse(found.len()));
        if values.len() > MANY {
            values.drain(MANY / 2..values.len() - MANY / 2);
        }
        if !values.is_empty() {
            had.push(facet);
        }
        values.push(("nobody has this".to_owned(), Vec::new()));
        for (value, found) in values {
            let wanted = Wanted { facets: vec![(facet.to_owned(), value.clone())], ..Wanted::all(log) };
            let listed = grant.read(&portal.app().store, move |r| paged(r, &wanted)).await.unwrap();
            assert_eq!(listed, found, "{log:?}: {facet} = {value}");
        }
    }
    for request in requests(&all, log) {
        let wanted = Wanted { request: Some(request.0), ..Wanted::all(log) };
        let listed = grant.read(&portal.app().store, move |r| paged(r, &wanted)).await.unwrap();
        assert_eq!(listed, request.1, "the entries of a request");
    }
    had
}

/// Some requests with their entries.
fn requests(all: &[Keyed], log: Log) -> Vec<(kernel::Uuid, Vec<i64>)> {
    let mut out: BTreeMap<kernel::Uuid, Vec<i64>> = BTreeMap::new();
    for one in all.iter().rev().filter(|one| one.entry.log == log && one.entry.name != "log.read") {
        out.entry(one.entry.request).or_default().push(one.entry.idx);
    }
    out.into_iter().filter(|(id, _)| !id.is_nil()).take(MANY).collect()
}

both_engines! {
    async fn every_filter_of_every_log_finds_what_the_entries_say(world: World) {
        let portal = world.portal().await;
        let tenant = crate::logs::happening(&portal, 1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        for indexed in [false, true] {
            if indexed {
                crate::logs::searched(&portal).await;
            }
            let access = agree::<ReadAccessLog>(&portal, &tenant, &admin, Log::Access, &["user"]).await;
            for facet in ["name", "result", "reason", "typed", "client", "way", "door", "method", "kind", "right"] {
                assert!(access.contains(&facet), "{facet}: {access:?}");
            }
            let change = agree::<ReadChangeLog>(&portal, &tenant, &admin, Log::Change, &[]).await;
            for facet in ["name", "kind", "subject", "level", "actor", "door", "right", "group", "client"] {
                assert!(change.contains(&facet), "{facet}: {change:?}");
            }
            let archive = agree::<ReadArchiveLog>(&portal, &tenant, &admin, Log::Archive, &["agent"]).await;
            for facet in ["name", "medium", "kind", "subject", "actor", "door", "right", "reason"] {
                assert!(archive.contains(&facet), "{facet}: {archive:?}");
            }
        }
    }
}
