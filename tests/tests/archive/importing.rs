//! What is brought in, what is set aside, and that nothing is lost or half there.

use super::{archive_log, bring_in, links, with_samples};
use server::archive::chest::{Chest, Material};
use server::archive::import::Offer;
use server::archive::model::ContentKind;
use server::archive::samples::{SAMPLES, sample};
use server::archive::{keeping, queries};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vaktbok_tests::{Http, Portal, Tenant, World, both_engines};

/// Other people's calls and chats, looked for beside this checkout; none of them is kept here.
pub fn recorded(name: &str) -> Option<PathBuf> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = above.map(|folder| folder.join("shared/data").join(name)).find(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("NOT RUN: the set {name} is not on this machine");
    }
    found
}

/// Encrypted files in the content folder.
fn stored(world: &World) -> usize {
    fn count(folder: &Path) -> usize {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|e| if e.path().is_dir() { count(&e.path()) } else { 1 }).sum()
    }
    count(&world.folder().path().join("content"))
}

async fn chest(portal: &Portal, tenant: &Tenant) -> Chest {
    let app = portal.app();
    let keys = portal.machine(tenant.id).read(&app.store, queries::keys).await.unwrap().remove(0);
    Chest {
        content: Arc::clone(&app.content),
        tenant: tenant.id,
        keys: keys.unwrap(tenant.id, &app.keys).unwrap(),
        chance: app.store.chance().clone(),
        clock: app.store.clock().clone(),
    }
}

/// How many different interactions the pages of a list lead to, from this one on.
async fn all_lines(http: &Http, first: &str) -> usize {
    let (mut open, mut seen, mut lines) = (vec![first.to_owned()], BTreeSet::new(), BTreeSet::new());
    while let Some(address) = open.pop().filter(|_| seen.len() < 20) {
        if seen.insert(address.clone()) {
            let page = http.get(&address).send().await.expect(200).text();
            let plain = |l: &String| l.replace("&amp;", "&").replace("&#38;", "&");
            open.extend(
                links(&page, "/archive?")
                    .iter()
                    .filter(|l| l.contains("from=") && !l.contains("open="))
                    .map(plain),
            );
            lines.extend(
                links(&page, "/archive/0").iter().map(|l| l.split('?').next().unwrap_or_default().to_owned()),
            );
        }
    }
    lines.len()
}

both_engines! {
    async fn the_same_files_twice_are_unchanged_the_second_time(world: World) {
        let portal = world.portal().await;
        let tenant = with_samples(&portal, 1001).await;
        let before = stored(&world);
        let again = bring_in(&portal, &tenant, Offer::held(SAMPLES)).await;
        assert_eq!((again.imported, again.unchanged, again.aside.len()), (0, 12, 0));
        assert_eq!(stored(&world), before, "nothing was encrypted in vain");
    }

    async fn the_same_id_with_another_recording_is_set_aside_and_nothing_is_overwritten(world: World) {
        let portal = world.portal().await;
        let tenant = with_samples(&portal, 1001).await;
        let vcon = String::from_utf8(sample("08-adressandring.vcon.json").unwrap().to_vec()).unwrap();
        let altered = vcon.replace("Växjö", "Malmö");
        assert_ne!(vcon, altered);
        let offer = || Offer::held(&[("08-adressandring.vcon.json", altered.as_bytes())]);
        let summary = bring_in(&portal, &tenant, offer()).await;
        assert_eq!((summary.imported, summary.unchanged), (0, 0));
        assert_eq!(summary.aside[0].1[0].key(), "quarantine-other-version");
        let kept = stored(&world);
        bring_in(&portal, &tenant, offer()).await;
        assert_eq!(stored(&world), kept, "the very same file is kept once");
        let http = portal.sign_in(&tenant.administrator).await;
        let page = http.get("/archive/aside").send().await.expect(200).text();
        assert_eq!(page.matches("/retry\"").count(), 1, "{page}");
        assert!(page.contains("08-adressandring.vcon.json"), "{page}");
        assert!(page.contains("Nothing was overwritten"), "{page}");
    }

    async fn what_cannot_be_archived_is_kept_with_its_reason(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let call = sample("05-late-ferry.vcon.json").unwrap();
        let files = [
            ("call.vcon.json", call),
            ("broken.vcon.json", b"{\"vcon\":".as_slice()),
            ("alone.mp3", sample("06-name-on-booking.mp3").unwrap()),
        ];
        let summary = bring_in(&portal, &tenant, Offer::held(&files)).await;
        let why: Vec<_> = summary.aside.iter().map(|(file, why)| (file.as_str(), why[0].key())).collect();
        assert_eq!(why, [
            ("call.vcon.json", "quarantine-media-missing"),
            ("broken.vcon.json", "vcon-not-json"),
            ("alone.mp3", "quarantine-nobody-speaks"),
        ]);
        assert_eq!(stored(&world), 3, "each is kept, encrypted");
        let whole = [("call.vcon.json", call), ("05-late-ferry.mp3", sample("05-late-ferry.mp3").unwrap())];
        assert_eq!(bring_in(&portal, &tenant, Offer::held(&whole)).await.imported, 1, "with its recording it is taken");
    }

    async fn s48_nothing_that_was_said_stands_readable_on_the_disk(world: World) {
        let portal = world.portal().await;
        let _tenant = with_samples(&portal, 1001).await;
        fn find(folder: &Path, wanted: &[&[u8]]) {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                if entry.path().is_dir() {
                    find(&entry.path(), wanted);
                    continue;
                }
                let bytes = std::fs::read(entry.path()).unwrap();
                for words in wanted {
                    assert!(!bytes.windows(words.len()).any(|at| at == *words), "{:?}", entry.path());
                }
            }
        }
        let recording = sample("05-late-ferry.mp3").unwrap();
        find(world.folder().path(), &["Vi flyttar till Växjö".as_bytes(), &recording[5000..5064]]);
    }

    async fn r01_a_death_between_file_and_row_leaves_nothing_once_it_is_swept(world: World) {
        let portal = world.portal().await;
        let tenant = with_samples(&portal, 1001).await;
        let kept = stored(&world);
        let held = Material::Held(Arc::from(b"encrypted, and then the process died".as_slice()));
        chest(&portal, &tenant).await.put(ContentKind::Recording, "audio/wav", &held).await.unwrap();
        assert_eq!(stored(&world), kept + 1);
        let grant = portal.machine(tenant.id);
        assert_eq!(keeping::sweep(portal.app(), &grant, 3600).await.unwrap(), 0, "an import may be at it just now");
        assert_eq!(keeping::sweep(portal.app(), &grant, -60).await.unwrap(), 1);
        assert_eq!(stored(&world), kept, "what has its row stays");
        let listed = portal.sign_in(&tenant.administrator).await.get("/api").send().await.status;
        assert_eq!(listed, 200);
    }

    async fn r01_a_file_that_was_being_written_when_the_process_died_is_swept_and_not_before_its_time(world: World) {
        let portal = world.portal().await;
        let tenant = with_samples(&portal, 1001).await;
        let kept = stored(&world);
        let spread = world.folder().path().join("content/tenant/1001/7f");
        std::fs::create_dir_all(&spread).unwrap();
        let half = "019a0000-0000-7000-8000-00000000007f#1";
        for name in [half, "notes#1", "019a0000-0000-7000-8000-00000000007f#one"] {
            std::fs::write(spread.join(name), b"half of it").unwrap();
        }
        let grant = portal.machine(tenant.id);
        assert_eq!(keeping::sweep(portal.app(), &grant, keeping::ORPHAN_SECONDS).await.unwrap(), 0, "it may be written just now");
        assert_eq!(keeping::sweep(portal.app(), &grant, -60).await.unwrap(), 1);
        assert!(!spread.join(half).exists());
        assert_eq!(stored(&world), kept + 2, "nothing else is touched");
    }

    async fn of_the_recorded_calls_sixteen_are_imported_and_eight_set_aside_and_every_chat_comes_in(world: World) {
        let (Some(calls), Some(chats)) = (recorded("calls-vcon"), recorded("chat-vcon-text")) else { return };
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let summary = bring_in(&portal, &tenant, Offer::paths(&[calls])).await;
        assert_eq!((summary.imported, summary.unchanged, summary.aside.len()), (16, 0, 8));
        assert!(summary.aside.iter().all(|(_, why)| why[0].key() == "quarantine-hash-differs"), "{:?}", summary.aside);
        let summary = bring_in(&portal, &tenant, Offer::paths(&[chats])).await;
        assert_eq!((summary.imported, summary.unchanged, summary.aside.len()), (299, 0, 1), "{:?}", summary.aside);
        assert_eq!(summary.aside[0].1[0].key(), "quarantine-media-missing", "one of them is a call without its recording");
        let http = portal.sign_in(&tenant.administrator).await;
        let found = (all_lines(&http, "/archive?medium=chat").await, all_lines(&http, "/archive?medium=call").await);
        assert_eq!(found, (132, 16 + 167), "each stands on one page of the list of its medium");
        assert!(archive_log(&portal, &tenant).await.is_empty(), "a list without words opens nothing");
    }
}
