//! The newest head in the data folder is gone, or cut short: it is written anew from the database, and no other past with it.

use super::rolled_back::{edge, head, restore, restore_rows, signed};
use super::{grow, past_the_program};
use crate::commands::{json, migrated};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use vaktbok_tests::program::{run, vaktbok};
use vaktbok_tests::{Program, World, both_engines};

const PATIENCE: Duration = Duration::from_secs(20);

both_engines! {
    async fn r05_a_newest_head_that_is_gone_or_cut_short_is_written_anew_at_the_next_start_and_the_log_says_so(world: World) {
        migrated(&world);
        json(&run(&mut vaktbok("tenant add --number 1 --name Ett --json", &world)));
        let latest = world.folder().path().join("heads/1/latest.head");
        let server = Program::serve(&world);
        let kept = until_kept(&latest, |_| true).await;
        assert!(server.stop());
        std::fs::remove_file(&latest).unwrap();
        assert_eq!(doctor(&world), "doctor-heads-missing");
        let server = Program::serve(&world);
        let anew = until_kept(&latest, |_| true).await;
        assert!(head(&anew).size >= head(&kept).size, "no older one than was kept");
        told(&server, "written anew").await;
        assert!(server.stop());
        // A disk that lost the end of the file.
        let anew = std::fs::read_to_string(&latest).unwrap();
        std::fs::write(&latest, &anew[..anew.len() / 2]).unwrap();
        assert_eq!(doctor(&world), "doctor-heads-unreadable");
        let server = Program::serve(&world);
        let again = until_kept(&latest, |text| text.len() > anew.len() / 2).await;
        assert!(head(&again).size >= head(&anew).size);
        told(&server, "written anew").await;
        assert_eq!(std::fs::read_to_string(latest.with_extension("unreadable")).unwrap(), anew[..anew.len() / 2]);
        assert!(server.stop());
        assert_eq!(doctor(&world), "doctor-heads-good");
    }

    async fn r25_what_is_written_anew_guards_as_before_and_a_cut_head_over_another_past_is_never_signed_over(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        signed(&portal, tenant.id).await.unwrap();
        let copy = edge(&world).await;
        grow(&portal, tenant.id, 4).await;
        let kept = signed(&portal, tenant.id).await.unwrap().unwrap();
        let latest = server::logs::book::witness::folder(portal.app(), tenant.id).join("latest.head");
        std::fs::remove_file(&latest).unwrap();
        grow(&portal, tenant.id, 1).await;
        let on = signed(&portal, tenant.id).await.unwrap().unwrap();
        assert_eq!((std::fs::read_to_string(&latest).unwrap(), head(&on).size), (on.clone(), head(&kept).size + 1));
        std::fs::write(&latest, &on[..20]).unwrap();
        let mut heads = std::fs::read_dir(latest.parent().unwrap()).unwrap().map(|file| file.unwrap().path());
        let day = heads.find(|file| file.extension().is_some_and(|end| end == "head") && *file != latest).unwrap();
        let last_of_day = std::fs::read_to_string(&day).unwrap();
        std::fs::remove_file(&day).unwrap();
        // The rows are put back, the heads are not: the database itself shows that something is missing.
        past_the_program(&world, &restore_rows(&world, &copy)).await;
        for _ in 0..3 {
            let refused = signed(&portal, tenant.id).await;
            assert!(matches!(refused, Err(kernel::Error::Broken(_))), "{refused:?}");
            assert_eq!(std::fs::read_to_string(&latest).unwrap(), on[..20], "nothing is written over it");
            grow(&portal, tenant.id, 1).await;
        }
        // The whole database is put back: the last head of the day, in the folder, shows it, and stays.
        std::fs::write(&day, &last_of_day).unwrap();
        restore(&world, &copy).await;
        let refused = signed(&portal, tenant.id).await;
        assert!(matches!(&refused, Err(kernel::Error::Conflict(why)) if why.key == "book-rolled-back"), "{refused:?}");
        assert_eq!(std::fs::read_to_string(&latest).unwrap(), on[..20]);
        // Somebody has looked at it and moved the file away: the day's last head stays what it was.
        std::fs::remove_file(&latest).unwrap();
        signed(&portal, tenant.id).await.unwrap().unwrap();
        assert!(head(&std::fs::read_to_string(&latest).unwrap()).size < head(&last_of_day).size);
        assert_eq!(std::fs::read_to_string(&day).unwrap(), last_of_day);
    }
}

/// The head's file, once it is there and as wanted.
async fn until_kept(latest: &PathBuf, wanted: impl Fn(&str) -> bool) -> String {
    let began = Instant::now();
    loop {
        match std::fs::read_to_string(latest) {
            Ok(text) if wanted(&text) => return text,
            _ => assert!(began.elapsed() < PATIENCE, "{} is not written", latest.display()),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn told(server: &Program, words: &str) {
    let began = Instant::now();
    while !server.said().iter().any(|line| line.contains(words)) {
        assert!(began.elapsed() < PATIENCE, "{:?}", server.said());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// What `vaktbok doctor` says of the kept heads.
fn doctor(world: &World) -> String {
    let report = json(&run(&mut vaktbok("doctor --json", world)));
    let findings = report["findings"].as_array().unwrap();
    let heads = findings.iter().find(|finding| finding["check"] == "heads").unwrap();
    heads["code"].as_str().unwrap().to_owned()
}
