//! Today's reader reads every golden file, and today's writer writes the newest ones byte for byte.
//! They were made by another implementation, written from FORMAT.md alone. Files are added here, never changed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that unwraps fails with the line that was wrong"
)]

use data_encoding::HEXLOWER;
use vault::*;

const OWNER: Owner<'static> = Owner {
    tenant: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    content: &[16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31],
};
const SALT: Random = [0x44; 32];
const SHORT: &str = "Tack för att du ringde.";

fn pattern(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|i| (i * 31 % 251) as u8).collect()
}

fn content_key() -> ContentKey {
    ContentKey::new([0x33; 32])
}

fn tenant_key() -> TenantKey {
    TenantKey::new(1, [0x22; 32])
}

fn masters() -> MasterKeys {
    MasterKeys::parse(include_str!("../golden/master-keys.v1")).unwrap()
}

fn reads_and_writes(golden: &[u8], content: &[u8]) {
    let mut out = Vec::new();
    let fetch = |r: std::ops::Range<u64>| Ok::<_, ()>(golden[r.start as usize..r.end as usize].to_vec());
    let (all, length) = (0..content.len() as u64, golden.len() as u64);
    read(&content_key(), &OWNER, length, all, fetch, |piece| out.extend_from_slice(piece)).unwrap();
    assert_eq!(out, content);
    let written = Sealer::whole(&content_key(), &OWNER, SALT, content).unwrap();
    assert!(written == golden);
}

#[test]
fn the_empty_content_of_version_1_reads() {
    reads_and_writes(include_bytes!("../golden/empty.v1"), b"");
}

#[test]
fn the_short_content_of_version_1_reads() {
    reads_and_writes(include_bytes!("../golden/short.v1"), SHORT.as_bytes());
}

#[test]
fn the_content_of_two_chunks_of_version_1_reads() {
    let content = pattern(CHUNK_BYTES + 1);
    reads_and_writes(include_bytes!("../golden/two-chunks.v1"), &content);
}

#[test]
fn the_wrapped_keys_of_version_1_open() {
    let (masters, tenant) = (masters(), OWNER.tenant);
    let golden = include_bytes!("../golden/tenant-key.wrapped.v1");
    assert_eq!(masters.unwrap_tenant_key(golden, tenant), Ok(tenant_key()));
    let written = masters.wrap_tenant_key(&tenant_key(), tenant, SALT);
    assert_eq!(written.unwrap(), golden);

    let golden = include_bytes!("../golden/content-key.wrapped.v1");
    let opened = tenant_key().unwrap_content_key(golden, &OWNER);
    assert_eq!(opened, Ok(content_key()));
    let written = tenant_key().wrap_content_key(&content_key(), &OWNER, SALT);
    assert_eq!(written.unwrap(), golden);

    let golden = include_bytes!("../golden/signing-key.wrapped.v1");
    let opened = masters.unwrap_secret(Purpose::BOOK_SIGNING_KEY, tenant, golden);
    assert_eq!(opened.unwrap()[..], [0x55; 32]);
}

#[test]
fn the_pepper_of_version_1_is_the_same() {
    let masters = masters();
    assert_eq!(masters.current().id(), "spring-2026");
    assert!(masters.get("autumn-2025").is_some());
    let pepper = masters.current().pepper().unwrap();
    assert_eq!(
        HEXLOWER.encode(pepper.bytes()),
        "d30e4a016e147de515f1a51b4558f60a8c02805787a1c1de4cd088728c15608e"
    );
}
