//! One entry's line: its leaf's fields, its index, its leaf hash, and its parts, open or as commitments alone.
//!
//! Keys stand sorted, as everywhere; `group`, `on_behalf` and `queue` are left out where the leaf has none, and
//! `stepped_back` unless it is true. An example is in `FORMAT.md`.

use std::borrow::Cow;
use std::fmt;

use super::{BODY_BYTES_MAX, body_of, put};
use crate::canonical::{NotCanonical, check_canonical, string_into};
use crate::commitment::{PartKind, Salt};
use crate::hash::{Hash, leaf_hash};
use crate::leaf::{Fields, Leaf, Log, Ref};
use crate::scan::Scan;

/// The parts in the order in which they stand in a line: sorted by name.
const BY_NAME: [PartKind; 4] = [PartKind::Change, PartKind::Reason, PartKind::Subject, PartKind::Who];

/// A part as an export shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The commitment that the leaf holds.
    pub commitment: Hash,
    /// Its salt and body; `None` if it is erased or the export is without bodies.
    pub open: Option<Open<'a>>,
}

/// What opens a commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open<'a> {
    /// The part's salt.
    pub salt: Salt,
    /// The part's body: canonical JSON.
    pub body: &'a str,
}

/// Why an entry cannot be exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadEntry {
    /// A body is given for a part that the leaf does not have.
    NoSuchPart(PartKind),
    /// A body is not canonical JSON or longer than [`BODY_BYTES_MAX`].
    Body(PartKind, NotCanonical),
}

impl fmt::Display for BadEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadEntry::NoSuchPart(part) => write!(f, "the leaf has no part {}", part.name()),
            BadEntry::Body(part, bad) => write!(f, "the body of part {} is {bad}", part.name()),
        }
    }
}

impl std::error::Error for BadEntry {}

/// One line of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    index: u64,
    hash: Hash,
    fields: Fields<'a>,
    /// By code: who, subject, change, reason.
    parts: [Option<Part<'a>>; 4],
}

impl<'a> Entry<'a> {
    /// The line of a leaf at its index, with the parts that are still there. A part of the leaf that is not in
    /// `open` is shown as erased.
    pub fn new(
        index: u64,
        leaf: &'a Leaf,
        open: &[(PartKind, Salt, &'a [u8])],
    ) -> Result<Entry<'a>, BadEntry> {
        let mut parts = [const { None }; 4];
        for (kind, commitment) in &leaf.parts {
            *slot(&mut parts, *kind) = Some(Part { commitment: *commitment, open: None });
        }
        for (kind, salt, body) in open {
            let part = slot(&mut parts, *kind).as_mut().ok_or(BadEntry::NoSuchPart(*kind))?;
            part.open =
                Some(Open { salt: *salt, body: body_text(body).map_err(|bad| BadEntry::Body(*kind, bad))? });
        }
        Ok(Entry { index, hash: leaf.hash(), fields: leaf.fields(), parts })
    }

    /// The same line, stating the leaf hash that was kept when the entry was made. A store exports with it, so that a
    /// field altered since is found in its own line and not only by the root.
    #[must_use]
    pub fn stating(self, hash: Hash) -> Entry<'a> {
        Entry { hash, ..self }
    }

    /// The entry's index in the book, as the line states it.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The leaf hash that the line states.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// The leaf hash worked out from the line's fields and commitments. `scratch` is overwritten.
    pub fn true_hash(&self, scratch: &mut Vec<u8>) -> Hash {
        let mut parts = [(PartKind::Who, self.hash); 4];
        let mut count = 0;
        for (kind, part) in self.parts() {
            parts[count] = (kind, part.commitment);
            count += 1;
        }
        scratch.clear();
        self.fields.encode_into(scratch, &parts[..count]);
        leaf_hash(scratch)
    }

    /// The entry's time, in microseconds since 1970-01-01 UTC.
    pub fn at(&self) -> i64 {
        self.fields.at
    }

    /// Whether the entry says that the clock went back before it.
    pub fn stepped_back(&self) -> bool {
        self.fields.stepped_back
    }

    /// The event's name.
    pub fn name(&self) -> &str {
        &self.fields.name
    }

    /// The entry's parts, ascending by code.
    pub fn parts(&self) -> impl Iterator<Item = (PartKind, &Part<'a>)> {
        let part = |(kind, part): (PartKind, &'_ Option<Part<'a>>)| part.as_ref().map(|_| kind);
        let kinds = PartKind::ALL.into_iter().zip(&self.parts).filter_map(part);
        kinds.zip(self.parts.iter().flatten())
    }

    /// The whole leaf that the line states.
    pub fn leaf(&self) -> Leaf {
        let reference = |(kind, id): &(Cow<'_, str>, [u8; 16])| Ref { kind: kind.to_string(), id: *id };
        Leaf {
            at: self.fields.at,
            log: self.fields.log,
            name: self.fields.name.to_string(),
            version: self.fields.version,
            actor: reference(&self.fields.actor),
            on_behalf: self.fields.on_behalf,
            subject: reference(&self.fields.subject),
            group: self.fields.group,
            queue: self.fields.queue,
            request: self.fields.request,
            stepped_back: self.fields.stepped_back,
            parts: self.parts().map(|(kind, part)| (kind, part.commitment)).collect(),
        }
    }

    /// Appends the line, with its line feed.
    pub fn encode_into(&self, out: &mut Vec<u8>) {
        let fields = &self.fields;
        put::text(out, "{\"actor\":");
        put_reference(out, &fields.actor);
        put::text(out, ",\"at\":");
        put::signed(out, fields.at);
        put_id_if(out, ",\"group\":", &fields.group);
        put::text(out, ",\"hash\":");
        put::bytes32(out, &self.hash.0);
        put::text(out, ",\"index\":");
        put::number(out, self.index);
        put::text(out, ",\"log\":\"");
        put::text(out, fields.log.name());
        put::text(out, "\",\"name\":");
        string_into(out, &fields.name);
        put_id_if(out, ",\"on_behalf\":", &fields.on_behalf);
        self.put_parts(out);
        put_id_if(out, ",\"queue\":", &fields.queue);
        put::text(out, ",\"request\":");
        put::id(out, &fields.request);
        put::text(out, if fields.stepped_back { ",\"stepped_back\":true" } else { "" });
        put::text(out, ",\"subject\":");
        put_reference(out, &fields.subject);
        put::text(out, ",\"version\":");
        put::number(out, fields.version.into());
        put::text(out, "}\n");
    }

    fn put_parts(&self, out: &mut Vec<u8>) {
        put::text(out, ",\"parts\":{");
        let mut comma = "";
        for kind in BY_NAME {
            let Some(part) = &self.parts[usize::from(kind.code() - 1)] else { continue };
            for text in [comma, "\"", kind.name(), "\":{"] {
                put::text(out, text);
            }
            if let Some(open) = &part.open {
                put::text(out, "\"body\":");
                put::text(out, open.body);
                put::text(out, ",");
            }
            put::text(out, "\"commitment\":");
            put::bytes32(out, &part.commitment.0);
            if let Some(open) = &part.open {
                put::text(out, ",\"salt\":");
                put::bytes32(out, &open.salt);
            }
            put::text(out, "}");
            comma = ",";
        }
        put::text(out, "}");
    }

    /// Reads a line, with its line feed. Whatever is accepted, [`encode_into`](Entry::encode_into) writes again to
    /// the same bytes.
    pub fn decode(line: &'a [u8]) -> Result<Entry<'a>, NotCanonical> {
        let mut scan = Scan::new(body_of(line)?);
        scan.literal("{\"actor\":")?;
        let actor = reference(&mut scan)?;
        scan.literal(",\"at\":")?;
        let at = scan.i64()?;
        let group = id_if(&mut scan, ",\"group\":")?;
        scan.literal(",\"hash\":")?;
        let hash = Hash(scan.bytes32()?);
        scan.literal(",\"index\":")?;
        let index = scan.u64()?;
        scan.literal(",\"log\":\"")?;
        let log = log(&mut scan)?;
        scan.literal("\",\"name\":")?;
        let name = scan.string()?;
        let on_behalf = id_if(&mut scan, ",\"on_behalf\":")?;
        scan.literal(",\"parts\":{")?;
        let parts = parts(&mut scan)?;
        let queue = id_if(&mut scan, ",\"queue\":")?;
        scan.literal(",\"request\":")?;
        let request = scan.id()?;
        let stepped_back = scan.take_if(",\"stepped_back\":true");
        scan.literal(",\"subject\":")?;
        let subject = reference(&mut scan)?;
        scan.literal(",\"version\":")?;
        let version = scan.u32()?;
        scan.literal("}")?;
        scan.end()?;
        let fields =
            Fields { at, log, name, version, actor, on_behalf, subject, group, queue, request, stepped_back };
        Ok(Entry { index, hash, fields, parts })
    }
}

fn slot<T>(parts: &mut [T; 4], kind: PartKind) -> &mut T {
    let [who, subject, change, reason] = parts;
    match kind {
        PartKind::Who => who,
        PartKind::Subject => subject,
        PartKind::Change => change,
        PartKind::Reason => reason,
    }
}

fn body_text(body: &[u8]) -> Result<&str, NotCanonical> {
    if body.len() > BODY_BYTES_MAX {
        return Err(NotCanonical { at: BODY_BYTES_MAX, what: "the end of the body" });
    }
    check_canonical(body)?;
    crate::canonical::utf8(body)
}

fn put_reference(out: &mut Vec<u8>, (kind, id): &(Cow<'_, str>, [u8; 16])) {
    put::text(out, "{\"id\":");
    put::id(out, id);
    put::text(out, ",\"kind\":");
    string_into(out, kind);
    put::text(out, "}");
}

fn put_id_if(out: &mut Vec<u8>, key: &str, id: &Option<[u8; 16]>) {
    if let Some(id) = id {
        put::text(out, key);
        put::id(out, id);
    }
}

fn reference<'a>(scan: &mut Scan<'a>) -> Result<(Cow<'a, str>, [u8; 16]), NotCanonical> {
    scan.literal("{\"id\":")?;
    let id = scan.id()?;
    scan.literal(",\"kind\":")?;
    let kind = scan.string()?;
    scan.literal("}")?;
    Ok((kind, id))
}

fn id_if(scan: &mut Scan<'_>, key: &'static str) -> Result<Option<[u8; 16]>, NotCanonical> {
    if scan.take_if(key) { scan.id().map(Some) } else { Ok(None) }
}

fn log(scan: &mut Scan<'_>) -> Result<Log, NotCanonical> {
    for log in Log::ALL {
        if scan.take_if(log.name()) {
            return Ok(log);
        }
    }
    scan.literal("access, change or archive").map(|()| Log::Access)
}

fn parts<'a>(scan: &mut Scan<'a>) -> Result<[Option<Part<'a>>; 4], NotCanonical> {
    const FIRST: [&str; 4] = ["\"change\":{", "\"reason\":{", "\"subject\":{", "\"who\":{"];
    const NEXT: [&str; 4] = [",\"change\":{", ",\"reason\":{", ",\"subject\":{", ",\"who\":{"];
    let mut parts = [const { None }; 4];
    let mut keys = FIRST;
    for (i, kind) in BY_NAME.into_iter().enumerate() {
        if scan.take_if(keys[i]) {
            *slot(&mut parts, kind) = Some(part(scan)?);
            keys = NEXT;
        }
    }
    scan.literal("}")?;
    Ok(parts)
}

fn part<'a>(scan: &mut Scan<'a>) -> Result<Part<'a>, NotCanonical> {
    let body = if scan.take_if("\"body\":") { Some(scan.value()?) } else { None };
    scan.literal(if body.is_some() { ",\"commitment\":" } else { "\"commitment\":" })?;
    let commitment = Hash(scan.bytes32()?);
    let Some(body) = body else {
        scan.literal("}")?;
        return Ok(Part { commitment, open: None });
    };
    scan.literal(",\"salt\":")?;
    let salt = scan.bytes32()?;
    scan.literal("}")?;
    Ok(Part { commitment, open: Some(Open { salt, body }) })
}
