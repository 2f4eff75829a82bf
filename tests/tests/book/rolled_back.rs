//! A book that was restored from an older copy: its other past is not signed, however long it grows.

use super::{grow, past_the_program};
use book::{Head, Note};
use vaktbok_tests::{Portal, World, both_engines};

pub struct Kept {
    size: i64,
    last_at: i64,
    frontier: String,
}

/// The edge of the book of tenant 1001, as its row has it.
pub async fn edge(world: &World) -> Kept {
    const EDGE: &str = "select size, last_at, frontier from book where tenant_id = 1001";
    let (size, last_at, bytes): (i64, i64, Vec<u8>) = match world.database() {
        None => rusqlite::Connection::open(world.folder().path().join("vaktbok.db"))
            .unwrap()
            .query_row(EDGE, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap(),
        Some(database) => {
            let row = database.superuser().await.query_one(EDGE, &[]).await.unwrap();
            (row.get(0), row.get(1), row.get(2))
        }
    };
    Kept { size, last_at, frontier: data_encoding::HEXLOWER.encode(&bytes) }
}

/// What puts the rows of the book back to an earlier edge, and leaves its signed heads.
pub fn restore_rows(world: &World, to: &Kept) -> String {
    let Kept { size, last_at, frontier } = to;
    let bytes =
        if world.database().is_some() { format!("'\\x{frontier}'") } else { format!("x'{frontier}'") };
    let behind = |table: &str| format!("delete from {table} where tenant_id = 1001 and idx > {size} - 1; ");
    [
        behind("entry_facet"),
        behind("entry_part"),
        behind("entry"),
        format!(
            "update book set size = {size}, last_at = {last_at}, frontier = {bytes} where tenant_id = 1001"
        ),
    ]
    .concat()
}

/// Puts the book back to an earlier edge, as a restore from a copy would.
pub async fn restore(world: &World, to: &Kept) {
    let heads = format!("delete from book_head where tenant_id = 1001 and size > {}; ", to.size);
    past_the_program(world, &(heads + &restore_rows(world, to))).await;
}

pub async fn signed(portal: &Portal, tenant: kernel::TenantId) -> kernel::Result<Option<String>> {
    server::logs::book::heads::sign(portal.app(), tenant).await
}

pub fn head(note: &str) -> Head {
    Head::parse(Note::parse(note).unwrap().text()).unwrap()
}

both_engines! {
    async fn r25_another_past_is_never_signed_however_long_it_has_grown(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        signed(&portal, tenant.id).await.unwrap();
        let copy = edge(&world).await;
        grow(&portal, tenant.id, 4).await;
        let kept = signed(&portal, tenant.id).await.unwrap().unwrap();
        assert!(head(&kept).size >= copy.size.unsigned_abs() + 4);
        restore(&world, &copy).await;
        let latest = server::logs::book::witness::folder(portal.app(), tenant.id).join("latest.head");
        for _ in 0..=5 {
            let refused = signed(&portal, tenant.id).await;
            assert!(matches!(refused, Err(kernel::Error::Conflict(_))), "{refused:?}");
            assert_eq!(std::fs::read_to_string(&latest).unwrap(), kept, "what was signed is kept");
            grow(&portal, tenant.id, 1).await;
        }
        assert!(edge(&world).await.size.unsigned_abs() > head(&kept).size, "it has grown past what was signed");
        admin.get("/book/head").send().await.expect(409);
        std::fs::remove_file(&latest).unwrap();
        let anew = signed(&portal, tenant.id).await.unwrap().unwrap();
        assert!(head(&anew).size > head(&kept).size, "somebody has looked and moved the file away");
    }

    async fn a_book_that_only_grew_is_signed_on_and_its_last_head_kept(world: World) {
        let portal = world.portal().await;
        let tenant = portal.tenant(1001).await;
        let latest = server::logs::book::witness::folder(portal.app(), tenant.id).join("latest.head");
        let mut sizes = Vec::new();
        for entries in [1, 2, 255, 3] {
            grow(&portal, tenant.id, entries).await;
            let note = signed(&portal, tenant.id).await.unwrap().unwrap();
            assert_eq!(std::fs::read_to_string(&latest).unwrap(), note);
            sizes.push(head(&note).size);
        }
        assert!(sizes.is_sorted() && sizes[2] > 256, "{sizes:?}");
        std::fs::remove_file(&latest).unwrap();
        let same = signed(&portal, tenant.id).await.unwrap().unwrap();
        assert_eq!(std::fs::read_to_string(&latest).unwrap(), same, "a head that another node signed is kept too");
    }
}
