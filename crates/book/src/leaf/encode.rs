//! A leaf's bytes, version 1. Fixed order, big-endian, every text with its length before it: one leaf, one encoding.

use super::{Leaf, Ref};

/// The first byte of every leaf written today.
pub(super) const VERSION: u8 = 1;
pub(super) const STEPPED_BACK: u8 = 1;
pub(super) const ON_BEHALF: u8 = 2;
pub(super) const GROUP: u8 = 4;
pub(super) const QUEUE: u8 = 8;

impl Leaf {
    /// The canonical bytes. Parts are written ascending by code, however they stand in the list.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(192 + self.name.len() + 33 * self.parts.len());
        self.encode_into(&mut out);
        out
    }

    /// The same bytes, appended to a buffer that the caller may use again.
    pub fn encode_into(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&[VERSION, self.log.code(), self.flags()]);
        out.extend_from_slice(&self.at.to_be_bytes());
        out.extend_from_slice(&self.version.to_be_bytes());
        out.extend_from_slice(&self.request);
        text(out, &self.name);
        reference(out, &self.actor);
        reference(out, &self.subject);
        for id in [&self.on_behalf, &self.group, &self.queue].into_iter().flatten() {
            out.extend_from_slice(id);
        }
        self.encode_parts(out);
    }

    fn flags(&self) -> u8 {
        let set = |is: bool, flag: u8| if is { flag } else { 0 };
        set(self.stepped_back, STEPPED_BACK)
            | set(self.on_behalf.is_some(), ON_BEHALF)
            | set(self.group.is_some(), GROUP)
            | set(self.queue.is_some(), QUEUE)
    }

    fn encode_parts(&self, out: &mut Vec<u8>) {
        out.push(self.parts.len() as u8);
        let mut put = |(kind, hash): &(_, crate::Hash)| {
            out.push(crate::PartKind::code(*kind));
            out.extend_from_slice(&hash.0);
        };
        if self.parts.is_sorted_by_key(|(kind, _)| *kind) {
            self.parts.iter().for_each(&mut put);
        } else {
            let mut parts = self.parts.clone();
            parts.sort_by_key(|(kind, _)| *kind);
            parts.iter().for_each(&mut put);
        }
    }
}

fn text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(&(text.len() as u32).to_be_bytes());
    out.extend_from_slice(text.as_bytes());
}

fn reference(out: &mut Vec<u8>, to: &Ref) {
    text(out, &to.kind);
    out.extend_from_slice(&to.id);
}
