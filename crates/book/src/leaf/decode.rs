//! Reading a leaf back. Nothing is accepted that [`Leaf::encode`] would not write.

use super::encode::{GROUP, ON_BEHALF, QUEUE, STEPPED_BACK, VERSION};
use super::{Leaf, Log, Ref};
use crate::commitment::PartKind;
use crate::hash::Hash;

/// Why bytes are not a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadLeaf {
    /// The first byte names a version that this reader does not know.
    Version(u8),
    /// The bytes end too early.
    Short,
    /// Bytes follow the end.
    Long,
    /// A field holds a value that has no meaning; the field's name.
    Field(&'static str),
}

impl std::fmt::Display for BadLeaf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            BadLeaf::Version(v) => write!(f, "leaf of unknown version {v}"),
            BadLeaf::Short => f.write_str("leaf that ends too early"),
            BadLeaf::Long => f.write_str("leaf with bytes after its end"),
            BadLeaf::Field(name) => write!(f, "leaf whose {name} has no meaning"),
        }
    }
}

impl std::error::Error for BadLeaf {}

impl Leaf {
    /// Reads [`encode`](Leaf::encode)'s bytes; refuses any whose re-encoding differs.
    pub fn decode(bytes: &[u8]) -> Result<Leaf, BadLeaf> {
        let mut rest = Bytes(bytes);
        let leaf = rest.leaf()?;
        if rest.0.is_empty() { Ok(leaf) } else { Err(BadLeaf::Long) }
    }
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn leaf(&mut self) -> Result<Leaf, BadLeaf> {
        let [version] = self.take()?;
        if version != VERSION {
            return Err(BadLeaf::Version(version));
        }
        let [log, flags] = self.take()?;
        if flags & !(STEPPED_BACK | ON_BEHALF | GROUP | QUEUE) != 0 {
            return Err(BadLeaf::Field("flags"));
        }
        let log = Log::from_code(log).ok_or(BadLeaf::Field("log"))?;
        let at = i64::from_be_bytes(self.take()?);
        let version = u32::from_be_bytes(self.take()?);
        let request = self.take()?;
        let name = self.text("name")?;
        let actor = self.reference("actor")?;
        let subject = self.reference("subject")?;
        let on_behalf = self.id_if(flags & ON_BEHALF != 0)?;
        let group = self.id_if(flags & GROUP != 0)?;
        let queue = self.id_if(flags & QUEUE != 0)?;
        let stepped_back = flags & STEPPED_BACK != 0;
        let parts = self.parts()?;
        Ok(Leaf {
            at,
            log,
            name,
            version,
            actor,
            on_behalf,
            subject,
            group,
            queue,
            request,
            stepped_back,
            parts,
        })
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], BadLeaf> {
        let (head, tail) = self.0.split_first_chunk::<N>().ok_or(BadLeaf::Short)?;
        self.0 = tail;
        Ok(*head)
    }

    fn text(&mut self, field: &'static str) -> Result<String, BadLeaf> {
        let length = u32::from_be_bytes(self.take()?) as usize;
        let (head, tail) = self.0.split_at_checked(length).ok_or(BadLeaf::Short)?;
        self.0 = tail;
        let text = std::str::from_utf8(head).map_err(|_| BadLeaf::Field(field))?;
        Ok(text.to_owned())
    }

    fn reference(&mut self, field: &'static str) -> Result<Ref, BadLeaf> {
        Ok(Ref { kind: self.text(field)?, id: self.take()? })
    }

    fn id_if(&mut self, present: bool) -> Result<Option<[u8; 16]>, BadLeaf> {
        if present { Ok(Some(self.take()?)) } else { Ok(None) }
    }

    fn parts(&mut self) -> Result<Vec<(PartKind, Hash)>, BadLeaf> {
        let [count] = self.take()?;
        let mut parts: Vec<(PartKind, Hash)> =
            Vec::with_capacity(usize::from(count).min(PartKind::ALL.len()));
        for _ in 0..count {
            let [code] = self.take()?;
            let kind = PartKind::from_code(code).ok_or(BadLeaf::Field("part"))?;
            if parts.last().is_some_and(|(last, _)| *last >= kind) {
                return Err(BadLeaf::Field("order of parts"));
            }
            parts.push((kind, Hash(self.take()?)));
        }
        Ok(parts)
    }
}
