//! Keys: wrapped for one purpose, tenant and subject, rotated without loss, never shown.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that unwraps fails with the line that was wrong"
)]

use proptest::prelude::*;
use vault::*;

const OWNER: Owner<'static> = Owner { tenant: b"tenant one", content: b"content one" };

fn master(id: &str, byte: u8) -> MasterKey {
    MasterKey::new(id, [byte; 32]).unwrap()
}

fn masters() -> MasterKeys {
    MasterKeys::of(master("first", 1))
}

/// `MasterKeys` holds secrets and so does not compare; a file with both keys does what one with each does.
fn rotated() -> MasterKeys {
    let text =
        format!("# rotated in spring\n\n{}{}", *master("first", 1).to_line(), *master("second", 2).to_line());
    MasterKeys::parse(&text).unwrap()
}

#[test]
fn a_tenant_key_comes_back_from_its_wrapping() {
    let key = TenantKey::new(3, [5; 32]);
    let wrapped = masters().wrap_tenant_key(&key, b"t", [6; 32]).unwrap();
    assert_eq!(masters().unwrap_tenant_key(&wrapped, b"t"), Ok(key));
    assert_eq!(wrapped_by(&wrapped), Ok("first"));
}

#[test]
fn a_content_key_comes_back_from_its_wrapping() {
    let tenant = TenantKey::new(1, [5; 32]);
    let key = ContentKey::new([6; 32]);
    let wrapped = tenant.wrap_content_key(&key, &OWNER, [7; 32]).unwrap();
    assert_eq!(tenant.unwrap_content_key(&wrapped, &OWNER), Ok(key));
    assert_eq!(wrapped_by(&wrapped), Ok("tenant-1"));
}

#[test]
fn s48_a_wrapped_key_opens_only_for_its_tenant_content_and_purpose() {
    let tenant = TenantKey::new(1, [5; 32]);
    let key = ContentKey::new([6; 32]);
    let wrapped = tenant.wrap_content_key(&key, &OWNER, [7; 32]).unwrap();
    let other_tenant = Owner { tenant: b"tenant two", ..OWNER };
    let other_content = Owner { content: b"content two", ..OWNER };
    for owner in [other_tenant, other_content] {
        assert_eq!(tenant.unwrap_content_key(&wrapped, &owner), Err(KeyError::Refused));
    }
    let seed = tenant.wrap_secret(Purpose::SECOND_STEP, b"t", b"user", &[1; 32], [2; 32]).unwrap();
    let as_content = tenant.unwrap_content_key(&seed, &Owner { tenant: b"t", content: b"user" });
    assert_eq!(as_content, Err(KeyError::Refused));
    let masters = masters();
    let signing = masters.wrap_secret(Purpose::BOOK_SIGNING_KEY, b"t", &[3; 32], [4; 32]).unwrap();
    let opened = masters.unwrap_secret(Purpose::BOOK_SIGNING_KEY, b"t", &signing).unwrap();
    assert_eq!(opened[..], [3; 32]);
    for (purpose, tenant) in [(Purpose::TENANT_KEY, b"t"), (Purpose::BOOK_SIGNING_KEY, b"u")] {
        let refused = masters.unwrap_secret(purpose, tenant, &signing).unwrap_err();
        assert_eq!(refused, KeyError::Refused);
    }
}

#[test]
fn s48_every_bit_flip_in_a_wrapped_key_is_refused() {
    let wrapped = masters().wrap_secret(Purpose::new("test"), b"t", b"secret", [4; 32]).unwrap();
    for bit in 0..wrapped.len() * 8 {
        let mut bad = wrapped.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        assert!(masters().unwrap_secret(Purpose::new("test"), b"t", &bad).is_err(), "bit {bit}");
    }
}

#[test]
fn a_rotated_master_key_still_opens_what_the_older_one_wrapped() {
    let key = TenantKey::new(1, [5; 32]);
    let old = masters().wrap_tenant_key(&key, b"t", [6; 32]).unwrap();
    let both = rotated();
    assert_eq!(both.current().id(), "second");
    assert_eq!(both.is_outdated(&old), Ok(true));
    assert_eq!(both.unwrap_tenant_key(&old, b"t").as_ref(), Ok(&key));
    let new = both.wrap_tenant_key(&key, b"t", [7; 32]).unwrap();
    assert_eq!(both.is_outdated(&new), Ok(false));
    let wanted = "second".to_owned();
    let refused = masters().unwrap_tenant_key(&new, b"t");
    assert_eq!(refused, Err(KeyError::OtherKey { wanted }));
}

#[test]
fn a_tenant_key_of_another_version_says_which_is_wanted() {
    let wrapped =
        TenantKey::new(1, [5; 32]).wrap_content_key(&ContentKey::new([6; 32]), &OWNER, [7; 32]).unwrap();
    let refused = TenantKey::new(2, [8; 32]).unwrap_content_key(&wrapped, &OWNER);
    let wanted = "tenant-1".to_owned();
    assert_eq!(refused, Err(KeyError::OtherKey { wanted }));
}

#[test]
fn the_pepper_belongs_to_one_master_key() {
    let (old, new) = (masters(), rotated());
    let pepper = |keys: &MasterKeys, id: &str| keys.get(id).unwrap().pepper().unwrap();
    assert_eq!(pepper(&old, "first"), pepper(&new, "first"));
    assert_ne!(pepper(&new, "first"), pepper(&new, "second"));
    assert_ne!(pepper(&old, "first"), old.current().derive("cookies").unwrap());
    assert!(old.get("second").is_none());
}

#[test]
fn s34_no_key_is_ever_printed() {
    let master = MasterKey::new("first", *b"canary-canary-canary-canary-!!!!").unwrap();
    let shown = format!(
        "{:?} {:?} {:?} {:?}",
        TenantKey::new(1, *b"canary-canary-canary-canary-!!!!"),
        ContentKey::new(*b"canary-canary-canary-canary-!!!!"),
        master.pepper().unwrap(),
        MasterKeys::of(master)
    );
    assert!(shown.contains("[redacted]"));
    assert!(!shown.contains("canary") && !shown.contains("99, 97, 110"), "{shown}");
}

#[test]
fn a_faulty_key_file_is_refused_with_its_line() {
    let good = master("first", 1).to_line();
    let key = good.split(' ').next_back().unwrap().trim();
    let refused = |text: String| MasterKeys::parse(&text).unwrap_err();
    assert_eq!(refused("\n# nothing\n".into()), KeyFileError::NoKey);
    assert_eq!(refused("x".repeat(MAX_KEY_FILE_BYTES + 1)), KeyFileError::TooLong);
    assert_eq!(refused(format!("{}{}", *good, *good)), KeyFileError::SameId { line: 2 });
    assert_eq!(refused("nonsense".into()), KeyFileError::Line { line: 1 });
    assert_eq!(refused(format!("\nvaktbok-master-key v2 a {key}")), KeyFileError::UnknownVersion { line: 2 });
    assert_eq!(refused(format!("vaktbok-master-key v1 A {key}")), KeyFileError::Id { line: 1 });
    assert_eq!(refused("vaktbok-master-key v1 a AAAA".into()), KeyFileError::Key { line: 1 });
    assert_eq!(refused("vaktbok-master-key v1 a ==".into()), KeyFileError::Key { line: 1 });
    let many: String =
        (0..=MAX_MASTER_KEYS).map(|i| master(&format!("k{i}"), 1).to_line().to_string()).collect();
    assert_eq!(refused(many), KeyFileError::TooManyKeys);
    assert!(MasterKey::new("", [0; 32]).is_none());
    assert!(MasterKey::new(&"a".repeat(MAX_KEY_ID_BYTES + 1), [0; 32]).is_none());
}

#[test]
fn secrets_and_names_over_their_limits_are_refused() {
    let wrap = |tenant: &[u8], secret: &[u8]| {
        masters().wrap_secret(Purpose::new("test"), tenant, secret, [0; 32]).err()
    };
    assert_eq!(wrap(b"t", &vec![0; MAX_SECRET_BYTES]), None);
    assert_eq!(wrap(b"t", &vec![0; MAX_SECRET_BYTES + 1]), Some(KeyError::TooLong));
    assert_eq!(wrap(&[0; MAX_NAME_BYTES + 1], b""), Some(KeyError::NameTooLong));
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_never_a_wrapped_key(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(masters().unwrap_tenant_key(&bytes, b"t").is_err());
        prop_assert!(TenantKey::new(1, [0; 32]).unwrap_content_key(&bytes, &OWNER).is_err());
    }

    #[test]
    fn arbitrary_text_never_panics_the_key_file(text in "\\PC{0,200}") {
        let _ = MasterKeys::parse(&text);
    }
}
