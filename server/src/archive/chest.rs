//! The tenant's keys, and content on its way into the store: encrypted in pieces, never whole in memory if it is a file.
//!
//! - A file stands in the store before its row does, so a crash leaves no row without its file; the file without a row
//!   is swept ([`super::keeping`]).
//! - A file's name carries its tenant and its content, and so does what it is encrypted for: another's file opens nothing.

use super::model::{Content, ContentId, ContentKind};
use super::words::SearchKey;
use kernel::{Chance, Clock, Error, Result, TenantId};
use object_store::{ObjectStore, ObjectStoreExt, WriteMultipart, path::Path};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::io::AsyncReadExt;
use vault::{ContentKey, MasterKeys, Owner, Purpose, Sealer, TenantKey};

/// Files are read and sealed in pieces of this size.
const PIECE_BYTES: usize = 256 * 1024;
/// What is no larger goes into the store at once.
const SMALL_BYTES: usize = 4 * 1024 * 1024;
/// What the search key is wrapped for.
const SEARCH_KEY: Purpose = Purpose::new("search key");

/// The bytes of something to be kept.
#[derive(Clone, Debug)]
pub enum Material {
    /// In a file of this machine.
    File(PathBuf),
    /// In memory.
    Held(Arc<[u8]>),
}

impl Material {
    /// How many bytes it has; none when it cannot be read.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        match self {
            Self::File(path) => std::fs::metadata(path).map_or(0, |about| about.len()),
            Self::Held(bytes) => bytes.len() as u64,
        }
    }
}

/// A tenant's keys, both wrapped, as the row keeps them.
#[derive(Clone, Debug)]
pub struct WrappedKeys {
    /// The version of the tenant's key.
    pub version: u32,
    /// The tenant's key, wrapped by a master key.
    pub tenant: Vec<u8>,
    /// The search key, wrapped by the tenant's key.
    pub search: Vec<u8>,
}
kernel::from_row!(WrappedKeys { version, tenant, search });

/// A tenant's keys, unwrapped: what every content of the tenant is wrapped by.
pub struct TenantKeys {
    key: TenantKey,
    /// Makes the keys of words.
    pub search: SearchKey,
}

impl WrappedKeys {
    /// New keys for a tenant.
    ///
    /// # Errors
    /// `Broken` when they cannot be wrapped.
    pub fn make(version: u32, tenant: TenantId, keys: &MasterKeys, chance: &Chance) -> Result<Self> {
        let key = TenantKey::new(version, chance.bytes());
        let name = tenant_name(tenant);
        let search = zeroize::Zeroizing::new(chance.bytes::<32>());
        let search = key
            .wrap_secret(SEARCH_KEY, &name, &[], search.as_slice(), chance.bytes())
            .map_err(Error::broken)?;
        let wrapped = keys.wrap_tenant_key(&key, &name, chance.bytes()).map_err(Error::broken)?;
        Ok(Self { version, tenant: wrapped, search })
    }
    /// The keys again.
    ///
    /// # Errors
    /// `Broken` when the master key is another one, or the row was altered.
    pub fn unwrap(&self, tenant: TenantId, keys: &MasterKeys) -> Result<TenantKeys> {
        let name = tenant_name(tenant);
        let key = keys.unwrap_tenant_key(&self.tenant, &name).map_err(Error::broken)?;
        let search = key.unwrap_secret(SEARCH_KEY, &name, &[], &self.search).map_err(Error::broken)?;
        let search =
            SearchKey::new(&search).ok_or_else(|| Error::broken("a search key of another length"))?;
        Ok(TenantKeys { key, search })
    }
}

impl TenantKeys {
    /// A content's own key.
    ///
    /// # Errors
    /// `Broken` when the row was altered, or is another content's.
    pub fn content_key(&self, tenant: TenantId, content: &Content) -> Result<ContentKey> {
        let name = tenant_name(tenant);
        let owner = Owner { tenant: &name, content: content.id.0.as_bytes() };
        self.key.unwrap_content_key(&content.wrapped, &owner).map_err(Error::broken)
    }
}

/// A tenant as content is bound to it: its number in 8 bytes, big-endian.
#[must_use]
pub fn tenant_name(tenant: TenantId) -> [u8; 8] {
    tenant.number().to_be_bytes()
}

/// Where all of a tenant's content lies.
#[must_use]
pub fn folder(tenant: TenantId) -> Path {
    Path::from_iter(["tenant".to_owned(), tenant.number().to_string()])
}

/// Where a content lies: below its tenant, spread by the last byte of its id, which comes from chance.
#[must_use]
pub fn place(tenant: TenantId, content: ContentId) -> Path {
    let spread = format!("{:02x}", content.bytes()[15]);
    folder(tenant).join(spread).join(content.to_string())
}

/// Takes content in for one tenant.
pub struct Chest {
    /// Where encrypted files are kept.
    pub content: Arc<dyn ObjectStore>,
    /// Whose.
    pub tenant: TenantId,
    /// The keys that wrap.
    pub keys: TenantKeys,
    /// For keys and salts.
    pub chance: Chance,
    /// For ids.
    pub clock: Clock,
}

impl Chest {
    /// Encrypts into the store, under a new key and id. Nothing of it is found before its row is written.
    ///
    /// # Errors
    /// `Broken` when the material cannot be read or the store not be written; then nothing is left of it.
    pub async fn put(&self, kind: ContentKind, mimetype: &str, material: &Material) -> Result<Content> {
        let id = ContentId::new(self.clock.now(), &self.chance);
        let name = tenant_name(self.tenant);
        let owner = Owner { tenant: &name, content: id.0.as_bytes() };
        let key = ContentKey::new(self.chance.bytes());
        let wrapped =
            self.keys.key.wrap_content_key(&key, &owner, self.chance.bytes()).map_err(Error::broken)?;
        let sealer = Sealer::new(&key, &owner, self.chance.bytes()).map_err(Error::broken)?;
        let (bytes, hash) = match material {
            Material::Held(held) => self.seal(sealer, id, held.as_ref()).await,
            Material::File(path) => {
                let file = tokio::fs::File::open(path).await.map_err(Error::broken)?;
                self.seal(sealer, id, file).await
            }
        }?;
        Ok(Content {
            id,
            kind,
            name: String::new(),
            mimetype: mimetype.to_owned(),
            bytes,
            length_ms: 0,
            hash,
            key_version: self.keys.key.version(),
            wrapped,
            peaks: None,
        })
    }

    async fn seal(
        &self,
        mut sealer: Sealer,
        id: ContentId,
        mut source: impl tokio::io::AsyncRead + Unpin,
    ) -> Result<(u64, [u8; 32])> {
        let mut writing = Writing::new(&self.content, place(self.tenant, id));
        let mut hasher = Sha256::new();
        let mut piece = vec![0; PIECE_BYTES];
        writing.held.extend_from_slice(&sealer.header());
        loop {
            let count = match source.read(&mut piece).await {
                Ok(0) => break,
                Ok(count) => count,
                Err(cause) => return writing.give_up(Error::storage(cause)).await,
            };
            let read = piece.get(..count).unwrap_or_default();
            hasher.update(read);
            if let Err(cause) = sealer.push(read, &mut writing.held) {
                return writing.give_up(Error::storage(cause)).await;
            }
            writing.spill().await?;
        }
        let bytes = sealer.finish(&mut writing.held).map_err(Error::broken)?;
        writing.finish().await?;
        Ok((bytes, hasher.finalize().into()))
    }

    /// Takes contents away again whose rows were not written.
    pub async fn take_back(&self, contents: &[Content]) {
        for content in contents {
            if let Err(cause) = self.content.delete(&place(self.tenant, content.id)).await {
                tracing::warn!(%cause, "an encrypted file without its row stays until it is swept");
            }
        }
    }
}

/// A file on its way into the store: small ones at once, others in parts of constant size.
struct Writing<'a> {
    content: &'a Arc<dyn ObjectStore>,
    path: Path,
    held: Vec<u8>,
    parts: Option<WriteMultipart>,
}

impl<'a> Writing<'a> {
    fn new(content: &'a Arc<dyn ObjectStore>, path: Path) -> Self {
        Self { content, path, held: Vec::new(), parts: None }
    }
    async fn spill(&mut self) -> Result<()> {
        if self.parts.is_none() && self.held.len() < SMALL_BYTES {
            return Ok(());
        }
        if self.parts.is_none() {
            let upload = self.content.put_multipart(&self.path).await.map_err(Error::storage)?;
            self.parts = Some(WriteMultipart::new(upload));
        }
        if let Some(parts) = &mut self.parts {
            parts.wait_for_capacity(2).await.map_err(Error::storage)?;
            parts.write(&self.held);
            self.held.clear();
        }
        Ok(())
    }
    async fn finish(mut self) -> Result<()> {
        match self.parts.take() {
            None => {
                let held = std::mem::take(&mut self.held);
                self.content.put(&self.path, held.into()).await.map_err(Error::storage)?;
            }
            Some(mut parts) => {
                parts.write(&self.held);
                parts.finish().await.map_err(Error::storage)?;
            }
        }
        Ok(())
    }
    async fn give_up<T>(self, cause: Error) -> Result<T> {
        if let Some(parts) = self.parts {
            if let Err(again) = parts.abort().await {
                tracing::warn!(%again, "the parts of a given-up file stay in the store");
            }
        }
        Err(cause)
    }
}
