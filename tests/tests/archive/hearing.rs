//! Finding, opening with a reason, hearing, downloading: and that each of them stands in the archive log.

use super::{archive_log, bytes, found, links, names, opened, set, with_samples};
use server::archive::keeping;
use server::archive::samples::sample;
use std::path::{Path, PathBuf};
use vaktbok_tests::{Portal, Tenant, World, both_engines};

/// Every encrypted file.
pub fn contents(world: &World) -> Vec<PathBuf> {
    fn gather(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() { gather(&entry.path(), into) } else { into.push(entry.path()) }
        }
    }
    let mut all = Vec::new();
    gather(&world.folder().path().join("content"), &mut all);
    all
}

/// The largest of them: the recordings.
fn recordings(world: &World) -> Vec<PathBuf> {
    let mut all = contents(world);
    all.retain(|path| std::fs::metadata(path).unwrap().len() > 100_000);
    all
}

/// What was delivered is written down after the answer ended.
async fn settled(portal: &Portal, tenant: &Tenant) -> Vec<(String, String, String)> {
    portal.clock().by_seconds(7200);
    for _ in 0..100 {
        if keeping::settle(portal.app(), &portal.machine(tenant.id)).await.unwrap() > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    archive_log(portal, tenant).await
}

both_engines! {
    async fn s32_a_call_is_found_opened_with_a_reason_heard_and_all_of_it_stands_in_the_log(world: World) {
        let portal = world.portal().await;
        let tenant = with_samples(&portal, 1001).await;
        set(&portal, &tenant, "archive.reason_required", true.into()).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let call = found(&http, "words=ferry&medium=call", "Missed connection after a late ferry").await;
        let page = http.get(&format!("/archive/{call}")).send().await.expect(200).text();
        assert!(!page.contains("<audio") && !page.contains("class=\"bubble\""), "closed until a reason is given");
        let refused = http.post(&format!("/archive/{call}/open")).form(&[("reason", " ")]).send().await.expect(422);
        assert!(refused.text().contains("Say why you are opening this"), "{}", refused.text());
        let page = opened(&http, call, "Complaint 4711").await;
        assert!(page.contains("class=\"bubble\"") && page.contains("class=\"wave\""), "{page}");
        let audio = links(&page, &format!("/archive/{call}/openings/")).remove(0);
        let whole = sample("05-late-ferry.mp3").unwrap();
        let part = http.get(&audio).header("range", "bytes=70000-70999").send().await.expect(206);
        assert_eq!(part.header("content-range"), Some(format!("bytes 70000-70999/{}", whole.len()).as_str()));
        assert_eq!(bytes(&part), &whole[70_000..71_000]);
        let all = http.get(&audio).send().await.expect(200);
        assert_eq!((all.header("content-type"), bytes(&all) == whole), (Some("audio/mpeg"), true));
        assert_eq!(http.get(&audio).header("range", "bytes=9999999-").send().await.status, 416);
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        for told in [[("from", "1.5"), ("to", "4.25"), ("over", "0")], [("from", "4.25"), ("to", "9"), ("over", "0")], [("from", "20"), ("to", "21"), ("over", "1")]] {
            http.post(&format!("{audio}/heard")).form(&told).send().await.expect(204);
        }
        let log = archive_log(&portal, &tenant).await;
        let names: Vec<_> = log.iter().map(|(name, _, _)| name.as_str()).collect();
        assert_eq!(names, [
            "archive.searched", "interaction.opened", "interaction.opened", "content.opened", "interaction.opened", "content.played"
        ]);
        assert!(log[0].1.contains("ferry") && log[3].2.contains("Complaint 4711"), "{log:?}");
        let played: serde_json::Value = serde_json::from_str(&log[5].1).unwrap();
        assert_eq!(played["played_spans_ms"], serde_json::json!([[1500, 9000], [20_000, 21_000]]), "one entry a play: {played}");
        assert_eq!(played["played_ms"], 8500);
        let (delivered, length) = (played["delivered_ms"].as_f64().unwrap(), played["length_ms"].as_f64().unwrap());
        assert!(delivered > length && delivered < length * 1.1, "the whole and a part of it: {played}");
        let page = http.get("/logs/archive?name=content.played").send().await.expect(200).text();
        let cells: Vec<&str> = page.split("<td").skip(1).map(|cell| cell.split_once('>').unwrap().1.split("</td>").next().unwrap()).collect();
        assert!(cells.iter().any(|cell| cell.contains("0:09")), "what the player stated has a column: {cells:?}");
        let seconds = (delivered / 1000.0).ceil();
        let clock = format!("{}:{:02}", (seconds / 60.0).floor(), seconds % 60.0);
        assert!(cells.iter().any(|cell| cell.contains(&clock)), "what was delivered has a column: {clock} in {cells:?}");
    }

    async fn what_no_player_speaks_of_is_told_when_the_opening_is_over(world: World) {
        let portal = world.portal().await;
        let tenant = with_samples(&portal, 1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let call = found(&http, "q=ferry", "Missed connection").await;
        let page = opened(&http, call, "").await;
        let audio = links(&page, &format!("/archive/{call}/openings/")).remove(0);
        http.get(&audio).send().await.expect(200);
        let log = settled(&portal, &tenant).await;
        let (name, body, _) = log.last().unwrap();
        assert_eq!(name, "content.played");
        assert!(body.contains("delivered_ms") && !body.contains("played_ms"), "{body}");
        let again = portal.sign_in(&tenant.administrator).await;
        let own = again.get(&format!("/logs/archive?name=content.played&actor={}", tenant.administrator.user)).send().await.expect(200).text();
        assert!(own.contains("First administrator"), "it bears the name of who listened: {own}");
        assert_eq!(again.get(&audio).send().await.status, 404, "the opening is over");
    }

    async fn s49_an_opening_is_of_use_to_its_own_session_alone(world: World) {
        let portal = world.portal().await;
        let tenant = with_samples(&portal, 1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let call = found(&http, "q=ferry", "Missed connection").await;
        let page = opened(&http, call, "").await;
        let audio = links(&page, &format!("/archive/{call}/openings/")).remove(0);
        let other = portal.sign_in(&tenant.administrator).await;
        assert_eq!(other.get(&audio).send().await.status, 404, "the same person in another session");
        http.post("/sign-out").send().await.expect(303);
        assert_eq!(http.get(&audio).send().await.status, 303, "no session, no sound");
    }

    async fn s49_a_download_is_in_the_log_when_it_is_used_and_gives_the_very_recording(world: World) {
        let portal = world.portal().await;
        let tenant = with_samples(&portal, 1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let call = found(&http, "q=ferry", "Missed connection").await;
        let page = opened(&http, call, "").await;
        let before = names(&portal, &tenant).await.len();
        let form = links(&page, &format!("/archive/{call}/content/")).remove(0);
        let file = http.post(&form).form(&[("reason", "court order")]).send().await.expect(200);
        assert_eq!(bytes(&file), sample("05-late-ferry.mp3").unwrap());
        assert!(file.header("content-disposition").unwrap().starts_with("attachment;"));
        let log = archive_log(&portal, &tenant).await;
        assert_eq!((log.len(), log[before].0.as_str()), (before + 1, "content.downloaded"));
        assert!(log[before].2.contains("court order"));
        assert_eq!(http.post(&form).without("origin").without("sec-fetch-site").send().await.status, 403);
    }

    async fn s48_an_altered_cut_or_swapped_recording_is_refused_and_reported(world: World) {
        let portal = world.portal().await;
        let tenant = with_samples(&portal, 1001).await;
        let http = portal.sign_in(&tenant.administrator).await;
        let call = found(&http, "q=ferry", "Missed connection").await;
        let page = opened(&http, call, "").await;
        let audio = links(&page, &format!("/archive/{call}/openings/")).remove(0);
        let content = audio.rsplit('/').next().unwrap();
        let file = recordings(&world).into_iter().find(|p| p.ends_with(content)).unwrap();
        let other = recordings(&world).into_iter().find(|p| !p.ends_with(content)).unwrap();
        let whole = std::fs::read(&file).unwrap();
        let mut altered = whole.clone();
        *altered.last_mut().unwrap() ^= 1;
        let damages = [altered, whole[..whole.len() - 70_000].to_vec(), std::fs::read(other).unwrap()];
        for (n, damaged) in damages.into_iter().enumerate() {
            std::fs::write(&file, damaged).unwrap();
            let refused = http.get(&audio).send().await;
            assert_eq!(refused.status, 409, "damage {n}");
            assert!(refused.text().contains("not what was put into the archive"));
            assert_eq!(names(&portal, &tenant).await.iter().filter(|name| *name == "content.damaged").count(), n + 1);
        }
        let mut middle = whole.clone();
        middle[70_000] ^= 1;
        std::fs::write(&file, middle).unwrap();
        let first = http.get(&audio).header("range", "bytes=0-999").send().await.expect(206);
        assert_eq!(bytes(&first), &sample("05-late-ferry.mp3").unwrap()[..1000], "what is whole is still heard");
        assert!(http.get(&audio).header("range", "bytes=66000-67000").try_send().await.is_err(), "it breaks off there");
        std::fs::write(&file, whole).unwrap();
        http.get(&audio).send().await.expect(200);
    }
}
