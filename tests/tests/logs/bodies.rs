//! What events write stays readable for ever: each event and version of its body has a file in `server/golden/bodies`.
//!
//! A file holds one body as it was written, and the shape of all that were written then. Files are added, never changed:
//! a body that changes its shape gets a new version in `kernel::name!`, a reader of the old one (`kernel::upgrade!`) and a
//! new file.

use super::deeds;
use super::shape::{self, Said};
use crate::doors::traces;
use book::PartKind;
use kernel::{Name, Reader, params, sql};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use vaktbok_tests::{Portal, Tenant, both_engines};

/// Makes the files that are lacking.
const REMAKE: &str =
    "VAKTBOK_NEW_GOLDEN=1 cargo nextest run -p vaktbok-tests -E 'test(bodies::r26_what_events_write)'";

/// One file.
#[derive(Serialize, Deserialize)]
pub struct Golden {
    pub event: String,
    pub version: u32,
    pub log: String,
    pub shape: Said,
    pub body: Value,
}

pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../server/golden/bodies")
}

fn file(event: &str, version: u32) -> PathBuf {
    folder().join(format!("{event}.v{version}.json"))
}

/// Every file, in the order of its name.
pub fn goldens() -> Vec<Golden> {
    let files =
        std::fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path()).collect::<BTreeSet<_>>();
    files.iter().map(|file| serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()).collect()
}

/// The events of the product, each once.
fn known() -> BTreeMap<&'static str, Name> {
    let mut known = BTreeMap::new();
    for name in kernel::body::names().filter(|name| !name.text.starts_with("test.")) {
        let before = known.insert(name.text, name);
        assert!(before.is_none_or(|before| before == name), "{} is named twice, differently", name.text);
    }
    known
}

/// All bodies in the books of these tenants, by event and version.
async fn written(portal: &Portal, tenants: &[Tenant]) -> BTreeMap<(String, u32), Vec<Value>> {
    let mut written: BTreeMap<(String, u32), BTreeMap<(i64, i64), Value>> = BTreeMap::new();
    let find = sql!(
        "select e.idx, e.name, e.version, p.part, p.body from entry e
         join entry_part p on p.tenant_id = $tenant and p.idx = e.idx where e.tenant_id = $tenant order by e.idx, p.part"
    );
    for tenant in tenants {
        let read = move |r: &mut Reader<'_>| r.rows::<(i64, String, u32, i64, String)>(find, params! {});
        let parts = portal.machine(tenant.id).read(&portal.app().store, read).await.unwrap();
        for (idx, name, version, part, body) in parts {
            let of_name = written.entry((name, version)).or_default();
            let entry = of_name.entry((tenant.number, idx)).or_insert_with(|| json!({}));
            let kind = PartKind::from_code(u8::try_from(part).unwrap()).unwrap();
            entry[part_name(kind)] = serde_json::from_str(&body).unwrap();
        }
    }
    written.into_iter().map(|(name, entries)| (name, entries.into_values().collect())).collect()
}

fn part_name(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Who => "who",
        PartKind::Subject => "about",
        PartKind::Change => "change",
        PartKind::Reason => "reason",
    }
}

fn write(name: Name, bodies: &[Value]) {
    let longest = bodies.iter().max_by_key(|body| body.to_string().len()).unwrap();
    let golden = Golden {
        event: name.text.to_owned(),
        version: name.version,
        log: name.log.name().to_owned(),
        shape: shape::of_all(bodies),
        body: longest.clone(),
    };
    let text = serde_json::to_string_pretty(&golden).unwrap() + "\n";
    std::fs::create_dir_all(folder()).unwrap();
    std::fs::write(file(name.text, name.version), text).unwrap();
}

/// What is wrong with the bodies that an event wrote today.
fn judged(name: Name, bodies: &[Value]) -> Vec<String> {
    let path = file(name.text, name.version);
    if !path.exists() && std::env::var_os("VAKTBOK_NEW_GOLDEN").is_some() && !bodies.is_empty() {
        write(name, bodies);
    }
    let Ok(text) = std::fs::read(&path) else {
        return vec![format!(
            "{} v{} has no file (and {} bodies were written)",
            name.text,
            name.version,
            bodies.len()
        )];
    };
    let golden: Golden = serde_json::from_slice(&text).unwrap();
    let strange: BTreeSet<String> =
        bodies.iter().flat_map(|body| shape::strange(&golden.shape, body)).collect();
    strange.into_iter().map(|what| format!("{} v{}: {what}", name.text, name.version)).collect()
}

both_engines! {
    async fn r26_what_events_write_is_of_the_shape_of_the_version_they_name(world: World) {
        let portal = world.portal().await;
        let (grounds, wrong) = traces::walked(&portal).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        deeds::seldom(&world, &portal, &grounds[0]).await;
        let tenants = grounds.map(|ground| ground.tenant);
        let mut written = written(&portal, &tenants).await;
        // What is erased has no shape any more: only then is it done, and only its own entry is looked at.
        deeds::erasing(&portal, &tenants[0]).await;
        let erased = ("part.erased".to_owned(), 1);
        let own = self::written(&portal, &tenants[..1]).await.remove(&erased).unwrap();
        written.insert(erased, own);
        let mut wrong = Vec::new();
        for (text, name) in known() {
            let bodies = written.remove(&(text.to_owned(), name.version)).unwrap_or_default();
            wrong.extend(judged(name, &bodies));
        }
        assert!(
            wrong.is_empty(),
            "\n{}\n\nA body that changes its shape gets a new version in `kernel::name!`, an `upgrade!` that reads the one \
             before, and a file of its own. The file of a version that was never published may be deleted instead. Then:\n\n\
             {REMAKE}\n",
            wrong.join("\n")
        );
        assert!(written.is_empty(), "events that no `name!` names: {:?}", written.keys());
    }
}

#[test]
fn r26_every_version_of_every_body_has_its_file_and_every_old_one_its_reader() {
    let mut wrong = Vec::new();
    let known = known();
    for name in known.values() {
        for version in 1..=name.version {
            if !file(name.text, version).exists() {
                wrong.push(format!("{} v{version} has no file: {REMAKE}", name.text));
            }
            if version < name.version && !kernel::body::upgrades(name.text, version) {
                wrong.push(format!("{} v{version} has no `upgrade!` that reads it", name.text));
            }
        }
        if kernel::body::upgrades(name.text, name.version) {
            wrong.push(format!("{} v{} is today's, and is upgraded", name.text, name.version));
        }
    }
    let lost = goldens()
        .into_iter()
        .filter(|golden| known.get(golden.event.as_str()).is_none_or(|name| golden.version > name.version));
    wrong.extend(lost.map(|golden| format!("{} v{} is written by nothing", golden.event, golden.version)));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn r26_an_old_body_is_read_as_one_of_today() {
    for golden in goldens() {
        let Ok(today) = std::fs::read(file(&golden.event, known()[golden.event.as_str()].version)) else {
            continue;
        };
        let today: Golden = serde_json::from_slice(&today).unwrap();
        let mut body = parts(&golden.body);
        kernel::body::bring_up(&golden.event, golden.version, &mut body);
        let read =
            json!({ "who": body.who, "about": body.about, "change": body.change, "reason": body.reason });
        // What was not said then is nothing now.
        let strange = shape::strange(&today.shape, &read);
        let strange: Vec<_> = strange.into_iter().filter(|what| !what.ends_with("and is nothing")).collect();
        assert!(
            strange.is_empty(),
            "{} v{} is read as something else: {strange:?}",
            golden.event,
            golden.version
        );
    }
}

pub fn parts(body: &Value) -> kernel::body::Body {
    let part = |name: &str| body[name].as_object().cloned().unwrap_or_default();
    kernel::body::Body {
        who: part("who"),
        about: part("about"),
        change: part("change"),
        reason: part("reason"),
    }
}
