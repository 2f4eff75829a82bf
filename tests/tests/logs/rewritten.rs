//! Whoever owns the database and the keys writes the whole book anew; a head that somebody else kept shows it.

use server::logs::book::{key, queries};
use std::process::Command;
use vaktbok_tests::program::{binary, run};
use vaktbok_tests::{Folder, Portal, Tenant, World, both_engines};

/// The entry that is to tell of somebody else.
const ALTERED: usize = 2;

/// Bytes as a literal of the engine.
fn bytes(world: &World, bytes: &[u8]) -> String {
    let hex = data_encoding::HEXLOWER.encode(bytes);
    if world.database().is_some() { format!("'\\x{hex}'::bytea") } else { format!("x'{hex}'") }
}

pub async fn execute(world: &World, statements: &[String]) {
    match world.database() {
        None => {
            let file = rusqlite::Connection::open(world.folder().path().join("vaktbok.db")).unwrap();
            file.execute_batch(&statements.join(";")).unwrap();
        }
        Some(database) => database.superuser().await.batch_execute(&statements.join(";")).await.unwrap(),
    }
}

/// Puts somebody else's id where the actor's stood, and makes every hash of the book anew.
async fn rewrite(world: &World, portal: &Portal, tenant: &Tenant) {
    let grant = portal.machine(tenant.id);
    let all = grant.read(&portal.app().store, |r| queries::bound(r, 0, i64::MAX)).await.unwrap();
    assert!(all.len() > ALTERED + 1 && all.len() < 256, "no node is stored yet: {}", all.len());
    let other = kernel::Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_4711);
    let mut frontier = book::Frontier::new();
    let mut altered = None;
    for (at, entry) in all.into_iter().enumerate() {
        let mut leaf = entry.leaf;
        if at == ALTERED {
            leaf.actor.id = *other.as_bytes();
            altered = Some(leaf.hash());
        }
        frontier.push(leaf.hash());
    }
    let leaf = bytes(world, &altered.unwrap().0);
    let actor =
        if world.database().is_some() { format!("'{other}'::uuid") } else { bytes(world, other.as_bytes()) };
    let edge = bytes(world, &frontier.to_bytes());
    let statements = [
        format!("update entry set actor_id = {actor}, leaf = {leaf} where tenant_id = 1 and idx = {ALTERED}"),
        format!("update book set frontier = {edge} where tenant_id = 1"),
        "delete from book_head where tenant_id = 1".to_owned(),
    ];
    execute(world, &statements).await;
}

/// The auditor's program on these papers: its exit code and what it says.
fn verified(folder: &Folder, earlier: bool) -> (Option<i32>, String) {
    let mut command = Command::new(binary("vaktbok-verify"));
    command
        .arg(folder.join("book.jsonl"))
        .arg("--head")
        .arg(folder.join("head"))
        .arg("--key")
        .arg(folder.join("key"));
    if earlier {
        command.arg("--earlier").arg(folder.join("earlier"));
    }
    let output = run(&mut command);
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
    )
}

both_engines! {
    async fn s38_a_book_that_its_keeper_wrote_anew_and_signed_with_the_real_key_shows_against_a_head_kept_outside(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let papers = Folder::new();
        let take = async |paper: &str, name: &str| {
            let text = admin.get(&format!("/book/{paper}")).send().await.expect(200).body;
            std::fs::write(papers.join(name), text).unwrap();
        };
        take("head", "earlier").await;
        take("key", "key").await;
        rewrite(&world, &portal, &tenant).await;
        // The server itself remembers what it signed, and does not sign another past.
        let refused = server::logs::book::heads::sign(portal.app(), tenant.id).await;
        assert!(matches!(refused, Err(kernel::Error::Conflict(_))), "{refused:?}");
        // Whoever has the machine takes that memory away too, and lets the real key sign.
        std::fs::remove_dir_all(world.folder().path().join("heads")).unwrap();
        let grant = portal.machine(tenant.id);
        let edge = grant.read(&portal.app().store, queries::edge).await.unwrap().unwrap();
        key::in_force(portal.app(), &grant, &edge.origin).await.unwrap();
        take("head", "head").await;
        take("export", "book.jsonl").await;
        let (code, said) = tokio::task::block_in_place(|| verified(&papers, false));
        assert_eq!(code, Some(0), "by itself the book looks whole: {said}");
        let (code, said) = tokio::task::block_in_place(|| verified(&papers, true));
        assert_eq!(code, Some(1), "the head from before says otherwise: {said}");
    }
}
