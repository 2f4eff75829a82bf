//! The parts of a file on disk: each encrypted, under a key that only the order holds, wrapped by the master key.
//!
//! - A part is written before its order says so; one that was written twice is the later one.
//! - Without the order's key nothing of it can be read, so the file is gone with the key, also where a copy of it lies elsewhere.

use crate::App;
use crate::app::content_folder;
use futures_util::TryStreamExt;
use kernel::{Error, Result, TenantId, Uuid};
use object_store::{ObjectStoreExt, path::Path};
use std::convert::Infallible;
use vault::{ContentKey, Owner, Purpose, Sealer};

/// What the key of a file is wrapped for.
const FILE_KEY: Purpose = Purpose::new("log export");

/// One file's parts.
pub(super) struct Parts {
    key: ContentKey,
    tenant: TenantId,
    job: Uuid,
}

fn folder(tenant: TenantId, job: Uuid) -> Path {
    Path::from_iter(["logs".to_owned(), tenant.number().to_string(), job.to_string()])
}

/// A new key, wrapped for the order.
pub(super) fn new_key(app: &App, tenant: TenantId) -> Result<String> {
    let chance = app.store.chance();
    let key = zeroize::Zeroizing::new(chance.bytes::<32>());
    let name = tenant.number().to_be_bytes();
    let wrapped = app.keys.wrap_secret(FILE_KEY, &name, key.as_slice(), chance.bytes());
    Ok(data_encoding::BASE64.encode(&wrapped.map_err(Error::broken)?))
}

impl Parts {
    pub(super) fn open(app: &App, tenant: TenantId, job: Uuid, wrapped: &str) -> Result<Self> {
        let wrapped = data_encoding::BASE64.decode(wrapped.as_bytes()).map_err(Error::broken)?;
        let key = app.keys.unwrap_secret(FILE_KEY, &tenant.number().to_be_bytes(), &wrapped);
        let key = key.map_err(Error::broken)?;
        let key: [u8; 32] =
            key.as_slice().try_into().map_err(|_| Error::broken("an export's key of another length"))?;
        Ok(Self { key: ContentKey::new(key), tenant, job })
    }
    /// What a part is encrypted for: another file's part, or another part of this one, opens nothing.
    fn name(&self, part: u32) -> Vec<u8> {
        [self.job.as_bytes().as_slice(), &part.to_be_bytes()].concat()
    }
    fn place(&self, part: u32) -> Path {
        folder(self.tenant, self.job).join(format!("{part:08}"))
    }
    pub(super) async fn put(&self, app: &App, part: u32, text: &str) -> Result<()> {
        let (tenant, name) = (self.tenant.number().to_be_bytes(), self.name(part));
        let owner = Owner { tenant: &tenant, content: &name };
        let sealed = Sealer::whole(&self.key, &owner, app.store.chance().bytes(), text.as_bytes());
        let sealed = sealed.map_err(Error::broken)?;
        app.content.put(&self.place(part), sealed.into()).await.map_err(Error::storage)?;
        Ok(())
    }
    pub(super) async fn get(&self, app: &App, part: u32) -> Result<Vec<u8>> {
        let sealed = app.content.get(&self.place(part)).await.map_err(Error::broken)?;
        let sealed = sealed.bytes().await.map_err(Error::broken)?;
        let (tenant, name) = (self.tenant.number().to_be_bytes(), self.name(part));
        let owner = Owner { tenant: &tenant, content: &name };
        let size = sealed.len() as u64;
        let layout = vault::Layout::of_encrypted(size).map_err(Error::broken)?;
        let mut plain = Vec::new();
        let fetch = |range: std::ops::Range<u64>| {
            let range = usize::try_from(range.start).unwrap_or(usize::MAX)
                ..usize::try_from(range.end).unwrap_or(usize::MAX);
            Ok::<_, Infallible>(sealed.get(range).unwrap_or_default().to_vec())
        };
        vault::read(&self.key, &owner, size, 0..layout.plain_bytes(), fetch, |some| {
            plain.extend_from_slice(some);
        })
        .map_err(Error::broken)?;
        Ok(plain)
    }
}

/// Throws the parts of a file away, also those that were half written when a process died.
pub(super) async fn throw_away(app: &App, tenant: TenantId, job: Uuid) -> Result<()> {
    let folder = folder(tenant, job);
    let parts: Vec<_> = app.content.list(Some(&folder)).try_collect().await.map_err(Error::broken)?;
    for part in parts {
        app.content.delete(&part.location).await.map_err(Error::broken)?;
    }
    let on_disk = content_folder(&app.config)?.join(folder.as_ref());
    let removed = tokio::task::spawn_blocking(move || std::fs::remove_dir_all(on_disk)).await;
    match removed.map_err(Error::broken)? {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(Error::broken(cause)),
        _ => Ok(()),
    }
}
