//! A leaf's bytes, version 1. Fixed order, big-endian, every text with its length before it: one leaf, one encoding.

use std::borrow::Cow;

use super::{Leaf, Log};
use crate::commitment::PartKind;
use crate::hash::Hash;

/// The first byte of every leaf written today.
pub(super) const VERSION: u8 = 1;
pub(super) const STEPPED_BACK: u8 = 1;
pub(super) const ON_BEHALF: u8 = 2;
pub(super) const GROUP: u8 = 4;
pub(super) const QUEUE: u8 = 8;

/// A leaf's fields but for its parts, borrowed from a leaf or from the line of an export, so that neither is copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fields<'a> {
    pub at: i64,
    pub log: Log,
    pub name: Cow<'a, str>,
    pub version: u32,
    pub actor: (Cow<'a, str>, [u8; 16]),
    pub on_behalf: Option<[u8; 16]>,
    pub subject: (Cow<'a, str>, [u8; 16]),
    pub group: Option<[u8; 16]>,
    pub queue: Option<[u8; 16]>,
    pub request: [u8; 16],
    pub stepped_back: bool,
}

impl Leaf {
    /// The canonical bytes. Parts are written ascending by code, however they stand in the list.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(192 + self.name.len() + 33 * self.parts.len());
        self.encode_into(&mut out);
        out
    }

    /// The same bytes, appended to a buffer that the caller may use again.
    pub fn encode_into(&self, out: &mut Vec<u8>) {
        if self.parts.is_sorted_by_key(|(kind, _)| *kind) {
            self.fields().encode_into(out, &self.parts);
        } else {
            let mut parts = self.parts.clone();
            parts.sort_by_key(|(kind, _)| *kind);
            self.fields().encode_into(out, &parts);
        }
    }

    pub(crate) fn fields(&self) -> Fields<'_> {
        Fields {
            at: self.at,
            log: self.log,
            name: Cow::Borrowed(&self.name),
            version: self.version,
            actor: (Cow::Borrowed(&self.actor.kind), self.actor.id),
            on_behalf: self.on_behalf,
            subject: (Cow::Borrowed(&self.subject.kind), self.subject.id),
            group: self.group,
            queue: self.queue,
            request: self.request,
            stepped_back: self.stepped_back,
        }
    }
}

impl Fields<'_> {
    /// Appends the leaf's bytes; `parts` ascend by code.
    pub fn encode_into(&self, out: &mut Vec<u8>, parts: &[(PartKind, Hash)]) {
        out.extend_from_slice(&[VERSION, self.log.code(), self.flags()]);
        out.extend_from_slice(&self.at.to_be_bytes());
        out.extend_from_slice(&self.version.to_be_bytes());
        out.extend_from_slice(&self.request);
        text(out, &self.name);
        for (kind, id) in [&self.actor, &self.subject] {
            text(out, kind);
            out.extend_from_slice(id);
        }
        for id in [&self.on_behalf, &self.group, &self.queue].into_iter().flatten() {
            out.extend_from_slice(id);
        }
        out.push(parts.len() as u8);
        for (kind, hash) in parts {
            out.push(kind.code());
            out.extend_from_slice(&hash.0);
        }
    }

    fn flags(&self) -> u8 {
        let set = |is: bool, flag: u8| if is { flag } else { 0 };
        set(self.stepped_back, STEPPED_BACK)
            | set(self.on_behalf.is_some(), ON_BEHALF)
            | set(self.group.is_some(), GROUP)
            | set(self.queue.is_some(), QUEUE)
    }
}

fn text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(&(text.len() as u32).to_be_bytes());
    out.extend_from_slice(text.as_bytes());
}
