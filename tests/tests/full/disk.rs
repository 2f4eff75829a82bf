//! A disk that is really full: the program itself on a small file system in memory, which is filled and emptied again.

use super::Witness;
use std::path::{Path, PathBuf};
use std::process::Command;
use vaktbok_tests::{Engine, Http, Program, World, repetitions};

/// Of the file system: enough for an empty installation, soon full.
const SIZE_MEGABYTES: u32 = 24;

/// The program in a mount namespace of its own, where `data` is a small file system with a copy of what stood there.
fn start(data: &Path, copy: &Path) -> Program {
    let size = format!("size={SIZE_MEGABYTES}m");
    let script = format!(
        "mount -t tmpfs -o {size} tmpfs '{data}' && cp -a '{copy}/.' '{data}/' && exec '{program}' serve --data '{data}' --listen 127.0.0.1:0",
        data = data.display(),
        copy = copy.display(),
        program = vaktbok_tests::program::binary("vaktbok").display(),
    );
    let mut command = Command::new("unshare");
    // Without being root it takes a namespace of users as well; either way the mount is gone with the process.
    if Command::new("unshare").args(["-m", "true"]).output().is_ok_and(|made| made.status.success()) {
        command.arg("-m");
    } else {
        command.args(["-U", "-r", "-m"]);
    }
    command.args(["sh", "-c", &script]);
    Program::start(command)
}

/// The data folder as the program sees it.
fn inside(program: &Program, data: &Path) -> PathBuf {
    let root = PathBuf::from(format!("/proc/{}/root", program.id()));
    root.join(data.strip_prefix("/").unwrap())
}

/// Fills the file system to its last byte.
pub(super) fn fill(folder: &Path) {
    use std::io::Write;
    let mut file = std::fs::File::create(folder.join("filler")).unwrap();
    let block = vec![7_u8; 64 * 1024];
    while file.write_all(&block).is_ok() {}
    while file.write_all(b"x").is_ok() {}
}

pub(super) fn empty(folder: &Path) {
    std::fs::remove_file(folder.join("filler")).unwrap();
}

async fn sign_in(program: &Program, who: &vaktbok_tests::Somebody) -> Http {
    let http = program.http();
    let number = who.number.to_string();
    let fields = [("number", number.as_str()), ("name", &who.user_name), ("password", &who.password)];
    http.post("/sign-in").form(&fields).send().await.expect(303);
    http
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s40_r06_a_full_disk_stops_what_leaves_an_entry_loses_nothing_and_recovers_without_a_restart() {
    let world = World::new(Engine::Sqlite).await;
    let portal = world.portal().await;
    let tenant = portal.tenant(1).await;
    let colleague = portal.person(&tenant, tenant.agents, "anna", &[]).await.user;
    drop(portal);
    let copy = world.folder().path().to_owned();
    let data = vaktbok_tests::Folder::new();
    let program = start(data.path(), &copy);
    let folder = inside(&program, data.path());
    let http = sign_in(&program, &tenant.administrator).await;
    http.get("/book/head").send().await.expect(200);
    let witness =
        Witness { http, who: tenant.administrator.clone(), other: tenant.agents.to_string(), colleague };
    let (mut acknowledged, mut tries) = (0, 0);
    for round in 0..repetitions(2, 20) {
        fill(&folder);
        // What the journal has room for still goes through; then it is said.
        loop {
            tries += 1;
            let answer = witness.renamed(&format!("Namn {round} {tries}")).await;
            match answer.status {
                303 => acknowledged += 1,
                503 => break,
                other => panic!("{other}: {}", answer.text()),
            }
            assert!(tries < 20_000, "the disk is full and everything goes on");
        }
        witness.reading_goes_on().await;
        witness.writing_stops().await;
        uploads_are_refused(&witness).await;
        empty(&folder);
        witness.recovers().await;
        acknowledged += 1;
    }
    nothing_is_lost(&witness, acknowledged).await;
    assert!(program.stop(), "it ends well");
}

/// A recording that does not fit is refused with the reason, and leaves nothing behind.
async fn uploads_are_refused(witness: &Witness) {
    let call = crate::doors::sending::call(7, "");
    let answer = witness.http.post("/archive/import").upload("files", "a.vcon.json", &call, &[]).send().await;
    assert!([503, 507].contains(&answer.status), "{}: {}", answer.status, answer.text());
}

/// Each acknowledged change is an entry, and the book verifies.
async fn nothing_is_lost(witness: &Witness, acknowledged: usize) {
    let paper = async |name: &str| witness.http.get(&format!("/book/{name}")).send().await.expect(200).text();
    let (head, key, book) = (paper("head").await, paper("key").await, paper("export").await);
    assert_eq!(book.matches("group.renamed").count(), acknowledged, "each acknowledged change, and no other");
    let papers = verify::Papers { head: &head, key: &key, earlier: None };
    let report = verify::verify(book.as_bytes(), papers).unwrap();
    assert_eq!(report.answer(), verify::Answer::Whole, "{report}");
}
