//! The keys that sign a book's heads.

use crate::logs::book::RotateBookKey;
use crate::never;
use kernel::policy::Machine;
use kernel::{Error, Event, Kept, Name, Result, Subject, Writer, params, sql};
use serde::Serialize;

/// The first key that signs a book's heads.
#[derive(Serialize)]
pub struct BookKeyMade {
    /// The verifier key, as everybody may see it.
    pub public: String,
    /// Its 32 bytes.
    #[serde(skip)]
    pub bytes: [u8; 32],
    /// The private half, wrapped.
    pub wrapped: Kept<Vec<u8>>,
}
never!("book.key_made", "undo-never-book-key");

impl Event for BookKeyMade {
    type Needs = Machine;
    type Output = ();
    const NAME: Name = kernel::name!("book.key_made", 1);
    fn subject(&self) -> Subject {
        Subject::TENANT
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let insert = sql!(
            "insert into book_key (tenant_id, version, public_key, wrapped, made_at, rotation)
             values ($tenant, 1, $public, $wrapped, $now, null)"
        );
        w.one(insert, params! { public: self.bytes, wrapped: self.wrapped.0.clone() })
    }
}

/// The key was handed over to a new one.
#[derive(Serialize)]
pub struct BookKeyRotated {
    /// The new verifier key.
    pub public: String,
    /// Its 32 bytes.
    #[serde(skip)]
    pub bytes: [u8; 32],
    /// The private half, wrapped.
    pub wrapped: Kept<Vec<u8>>,
    /// The new key's number.
    pub version: i64,
    /// The size of the book from which on it signs.
    pub size: i64,
    /// The note that both keys signed.
    pub note: String,
}
never!("book.key_rotated", "undo-never-book-key");

impl Event for BookKeyRotated {
    type Needs = RotateBookKey;
    type Output = ();
    const NAME: Name = kernel::name!("book.key_rotated", 1);
    fn subject(&self) -> Subject {
        Subject::TENANT
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let signed = sql!("select size from book_head where tenant_id = $tenant and size > $size limit 1");
        if w.maybe::<(i64,)>(signed, params! { size: self.size })?.is_some() {
            return Err(Error::conflict("book-key-again"));
        }
        let insert = sql!(
            "insert into book_key (tenant_id, version, public_key, wrapped, made_at, rotation)
             values ($tenant, $version, $public, $wrapped, $now, $note)"
        );
        w.one(
            insert,
            params! { version: self.version, public: self.bytes, wrapped: self.wrapped.0.clone(), note: &self.note },
        )
    }
}
