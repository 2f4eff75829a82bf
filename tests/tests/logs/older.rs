//! Entries and blocks as an earlier release made them are found by the facets that came later.

use super::exact::everything;
use super::facets::agree;
use book::Log;
use kernel::{facet, work};
use server::logs::index::block::{Block, Page};
use server::logs::index::gather::{self, READER, Sizes};
use server::logs::index::{remake, sets};
use server::logs::queries::{BlockRow, Keyed};
use server::logs::{ReadAccessLog, ReadArchiveLog, ReadChangeLog, events, facets, words};
use vaktbok_tests::{Http, Portal, Tenant, World, both_engines};

/// Indexes of the book that an earlier release had in a block.
const OLD: i64 = 32;

/// The keys that an earlier release would have written.
fn early(one: &Keyed) -> Option<Vec<i64>> {
    let later = facets::late(&one.entry, "");
    let apart = facets::late(&one.entry, facet::APART);
    let keys = facet::unpack(one.keys.as_ref()?);
    Some(keys.filter(|key| !later.contains(key) && !apart.contains(key)).collect())
}

/// Rows as they were before.
async fn rows(world: &World, all: &[Keyed]) {
    let mut statements = Vec::new();
    for one in all {
        let Some(keys) = early(one) else { continue };
        let hex = data_encoding::HEXLOWER.encode(&facet::pack(&keys));
        let keys =
            if world.database().is_some() { format!("'\\x{hex}'::bytea") } else { format!("x'{hex}'") };
        statements.push(format!(
            "update entry_facet set keys = {keys} where tenant_id = 1 and idx = {}",
            one.entry.idx
        ));
    }
    crate::logs::rewritten::execute(world, &statements).await;
}

/// Blocks as they were before.
async fn blocks(portal: &Portal, tenant: &Tenant, all: &[Keyed]) -> i64 {
    let end = all.len() as i64 / OLD * OLD;
    for start in (0..end).step_by(OLD as usize) {
        let mut made: Vec<(BlockRow, Vec<Page>)> = Vec::new();
        for log in Log::ALL {
            let mut block = Block::default();
            let some = all.iter().skip(start as usize).take(OLD as usize).filter(|one| one.entry.log == log);
            for one in some {
                let place = u16::try_from(one.entry.idx - start).unwrap();
                block.add(place, early(one).unwrap().into_iter(), words::texts(&one.entry));
            }
            if !block.is_empty() {
                let number = 1 + start * 3 + i64::from(log.code());
                made.push((
                    BlockRow { block: number, log: i64::from(log.code()), start, size: OLD },
                    block.pages(),
                ));
            }
        }
        let grant = portal.machine(tenant.id);
        let sealed =
            grant.quietly(&portal.app().store, move |w| events::sealed(w, (start, start + OLD), OLD, &made));
        assert!(sealed.await.unwrap());
    }
    end
}

async fn agrees(portal: &Portal, tenant: &Tenant, admin: &Http) {
    let access = agree::<ReadAccessLog>(portal, tenant, admin, Log::Access, &["user"]).await;
    assert!(["client", "kind", "door", "right"].iter().all(|facet| access.contains(facet)), "{access:?}");
    let change = agree::<ReadChangeLog>(portal, tenant, admin, Log::Change, &[]).await;
    assert!(["client", "kind"].iter().all(|facet| change.contains(facet)), "{change:?}");
    let archive = agree::<ReadArchiveLog>(portal, tenant, admin, Log::Archive, &["agent"]).await;
    assert!(["client", "kind", "reason"].iter().all(|facet| archive.contains(facet)), "{archive:?}");
}

/// Whether any block of any log is as it was before.
async fn any_unknown(portal: &Portal, tenant: &Tenant) -> bool {
    let ask = |r: &mut kernel::Reader<'_>| {
        let mut any = false;
        for log in Log::ALL {
            any |= sets::unknown(r, log)?.is_some();
        }
        Ok(any)
    };
    portal.machine(tenant.id).read(&portal.app().store, ask).await.unwrap()
}

both_engines! {
    async fn entries_of_an_earlier_release_are_found_by_what_came_later(world: World) {
        let portal = world.portal().await;
        let tenant = crate::logs::happening(&portal, 1001).await;
        let admin = portal.sign_in(&tenant.administrator).await;
        let all = everything(&portal, tenant.id).await;
        rows(&world, &all).await;
        agrees(&portal, &tenant, &admin).await;
        let end = blocks(&portal, &tenant, &all).await;
        assert!(end > 0 && end < all.len() as i64, "some are in blocks, some are not: {end} of {}", all.len());
        let sealed = portal.machine(tenant.id).read(&portal.app().store, |r| work::position(r, READER)).await.unwrap();
        assert_eq!(sealed, end);
        assert!(any_unknown(&portal, &tenant).await);
        agrees(&portal, &tenant, &admin).await;
        assert!(remake::remake(portal.app(), tenant.id).await.unwrap());
        agrees(&portal, &tenant, &admin).await;
        gather::all(portal.app(), Sizes { small: OLD, big: OLD * 4 }).await.unwrap();
        assert!(!any_unknown(&portal, &tenant).await, "each block is known");
        agrees(&portal, &tenant, &admin).await;
        assert!(!remake::remake(portal.app(), tenant.id).await.unwrap(), "and none is made again");
        portal.try_sign_in(&portal.http(), 1001, "nytt.namn", "fel lösenord här").await;
        agrees(&portal, &tenant, &admin).await;
    }
}
