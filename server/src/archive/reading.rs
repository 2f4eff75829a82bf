//! Content on its way out of the store: decrypted chunk by chunk from any byte, in constant memory.
//!
//! - What was swapped, cut, lengthened or altered is refused before any of it is given out; damage in the middle ends the
//!   stream there. Either is a [`Damage`], which whoever reads has to report.

use super::chest::{place, tenant_name};
use super::model::Content;
use bytes::Bytes;
use kernel::{Error, TenantId};
use object_store::{ObjectStore, ObjectStoreExt, path::Path};
use std::ops::Range;
use std::sync::Arc;
use vault::{ContentError, ContentKey, HEADER_BYTES, Layout, Opener, Owner, Plain};

/// Why a file of the store does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It is not there.
    Gone,
    /// It is not what was put there.
    Altered(ContentError),
}

impl Damage {
    /// The word in the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Altered(ContentError::OtherOwner | ContentError::NotOurs) => "swapped",
            Self::Altered(ContentError::Truncated | ContentError::ImpossibleLength { .. }) => "cut",
            Self::Altered(ContentError::Moved { .. }) => "moved",
            Self::Altered(_) => "altered",
        }
    }
}

/// What can go wrong: the file, or whatever is between it and us.
#[derive(Debug)]
pub enum Fault {
    /// To be reported.
    Damaged(Damage),
    /// The store does not answer.
    Store(Error),
}

impl From<ContentError> for Fault {
    fn from(cause: ContentError) -> Self {
        Self::Damaged(Damage::Altered(cause))
    }
}
impl From<object_store::Error> for Fault {
    fn from(cause: object_store::Error) -> Self {
        match cause {
            object_store::Error::NotFound { .. } => Self::Damaged(Damage::Gone),
            other => Self::Store(Error::broken(other)),
        }
    }
}

/// A content whose owner and end were checked.
pub struct Reading {
    content: Arc<dyn ObjectStore>,
    path: Path,
    opener: Opener,
}

impl Reading {
    /// Checks the file's header and its end against what the row says.
    ///
    /// # Errors
    /// The damage, or the store's own fault.
    pub async fn begin(
        store: &Arc<dyn ObjectStore>,
        tenant: TenantId,
        content: &Content,
        key: &ContentKey,
    ) -> std::result::Result<Self, Fault> {
        let path = place(tenant, content.id);
        let found = store.head(&path).await?;
        let layout = Layout::of_encrypted(found.size)?;
        if layout.plain_bytes() != content.bytes {
            return Err(ContentError::ImpossibleLength { encrypted_bytes: found.size }.into());
        }
        let last = layout.extent(layout.chunks() - 1)?;
        let ends = store.get_ranges(&path, &[0..HEADER_BYTES as u64, last]).await?;
        let [header, last] = ends.as_slice() else {
            return Err(Fault::Store(Error::broken(
                "the store gave another number of ranges than asked for",
            )));
        };
        let name = tenant_name(tenant);
        let owner = Owner { tenant: &name, content: content.id.0.as_bytes() };
        let opener = Opener::new(key, &owner, header, layout, last)?;
        Ok(Self { content: Arc::clone(store), path, opener })
    }

    /// The content's bytes from `at` to the end of its chunk, but not beyond `end`.
    ///
    /// # Errors
    /// The damage, or the store's own fault.
    pub async fn piece(&self, at: u64, end: u64) -> std::result::Result<Bytes, Fault> {
        let layout = self.opener.layout();
        let wanted = layout.chunks_for(at..end.min(at + 1))?;
        let chunk = wanted.chunks.start;
        let sealed = self.content.get_range(&self.path, layout.extent(chunk)?).await?;
        let plain: Plain = self.opener.chunk(chunk, &sealed)?;
        let until = plain.len().min(wanted.skip + usize::try_from(end - at).unwrap_or(usize::MAX));
        Ok(Bytes::copy_from_slice(plain.get(wanted.skip..until).unwrap_or_default()))
    }

    /// All of it, for documents; `most_bytes` bounds what is taken.
    ///
    /// # Errors
    /// The damage, or the store's own fault.
    pub async fn whole(&self, most_bytes: u64) -> std::result::Result<Vec<u8>, Fault> {
        let end = self.opener.layout().plain_bytes();
        if end > most_bytes {
            return Err(Fault::Store(Error::broken(format!("a document of {end} bytes"))));
        }
        let mut out = Vec::new();
        while (out.len() as u64) < end {
            out.extend_from_slice(&self.piece(out.len() as u64, end).await?);
        }
        Ok(out)
    }

    /// Length in bytes, decrypted.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.opener.layout().plain_bytes()
    }
}

/// What of a content is asked for by a `Range` header (RFC 9110 section 14.1.2): one range of bytes. `Ok(None)` for all of it,
/// which is also the answer to several ranges or another unit.
///
/// # Errors
/// When the range lies outside.
#[allow(
    clippy::result_unit_err,
    reason = "a range that cannot be had: the answer is 416, and there is no more to say"
)]
pub fn asked(header: Option<&str>, bytes: u64) -> std::result::Result<Option<Range<u64>>, ()> {
    let Some(spec) = header.and_then(|h| h.strip_prefix("bytes=")).filter(|s| !s.contains(',')) else {
        return Ok(None);
    };
    let Some((from, until)) = spec.trim().split_once('-') else { return Ok(None) };
    let range = match (from.parse::<u64>(), until.parse::<u64>()) {
        (Ok(from), Ok(until)) if from <= until => from..until.saturating_add(1).min(bytes),
        (Ok(from), Err(_)) if until.is_empty() => from..bytes,
        (Err(_), Ok(last)) if from.is_empty() && last > 0 => bytes.saturating_sub(last)..bytes,
        (Err(_), Ok(0)) if from.is_empty() => return Err(()),
        _ => return Ok(None),
    };
    if range.start >= range.end { Err(()) } else { Ok(Some(range)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_the_standard_says() {
        assert_eq!(asked(None, 10), Ok(None));
        assert_eq!(asked(Some("bytes=0-"), 10), Ok(Some(0..10)));
        assert_eq!(asked(Some("bytes=2-3"), 10), Ok(Some(2..4)));
        assert_eq!(asked(Some("bytes=8-99"), 10), Ok(Some(8..10)));
        assert_eq!(asked(Some("bytes=-3"), 10), Ok(Some(7..10)));
        assert_eq!(asked(Some("bytes=10-"), 10), Err(()));
        assert_eq!(asked(Some("bytes=-0"), 10), Err(()));
        for passed_over in
            ["bytes=3-2", "bytes=0-1,4-5", "seconds=0-1", "bytes=x-y", "bytes=99999999999999999999-"]
        {
            assert_eq!(asked(Some(passed_over), 10), Ok(None), "{passed_over}");
        }
    }
}
