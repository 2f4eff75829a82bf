//! A book made from nothing but numbers, for tests and benches: the same on every machine.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "each test takes what it needs of the sample"
)]

use book::{
    Entry, Erased, Erasure, Frontier, Head, Header, Leaf, Log, PartKind, Ref, Salt, SigningKey, canonical,
    commitment,
};
use serde_json::{Value, json};

/// The time of the first entry: 2026-01-01T00:00:00Z.
pub const START: i64 = 1_767_225_600_000_000;

/// One entry with the parts that are still there.
#[derive(Clone)]
pub struct Item {
    pub leaf: Leaf,
    pub open: Vec<(PartKind, Salt, Vec<u8>)>,
}

/// A whole book and its keys.
#[derive(Clone)]
pub struct Sample {
    pub origin: String,
    pub items: Vec<Item>,
}

pub fn key(n: u8) -> SigningKey {
    SigningKey::from_seed(&book::origin(1001, &[0xb0; 16]), &[n; 32]).unwrap()
}

/// 32 bytes that look random and are always the same.
pub fn noise(n: u64) -> [u8; 32] {
    book::leaf_hash(&n.to_be_bytes()).0
}

pub fn id(n: u64) -> [u8; 16] {
    *noise(n).first_chunk().unwrap()
}

impl Sample {
    /// A book of `n` ordinary entries of about 450 bytes of bodies each.
    pub fn ordinary(n: u64) -> Sample {
        let mut sample = Sample { origin: book::origin(1001, &[0xb0; 16]), items: Vec::new() };
        (0..n).for_each(|i| sample.add_ordinary(i));
        sample
    }

    /// A small book with everything that a book can hold.
    pub fn varied() -> Sample {
        let mut sample = Sample::ordinary(6);
        let odd = json!({"text": "\"\\/\u{8}\t\n\u{c}\r\u{1}\u{1f}\u{7f}\u{2028} åäö ÅÄÖ 日本 😀", "\"": 1, "!": 2, "å": [], "": {}});
        let bounds =
            json!([i64::MIN, i64::MAX, u64::MAX, 0, -1, true, false, null, [[[]]], {"a": {"b": {}}}]);
        sample.add("odd.\"näme\"\n", Log::Archive, &[(PartKind::Who, odd), (PartKind::Change, bounds)]);
        sample.items[6].leaf.stepped_back = true;
        sample.items[6].leaf.at = START - 5_000_000;
        sample.add("nothing.said", Log::Access, &[]);
        sample.items[7].leaf.on_behalf = Some(id(77));
        sample.items[7].leaf.version = u32::MAX;
        sample.items[7].leaf.actor.kind = String::new();
        sample.erase(&[(1, 3, &[PartKind::Who, PartKind::Subject]), (6, 6, &[PartKind::Change])]);
        sample.add_ordinary(10);
        sample.erase(&[(9, 9, &[PartKind::Reason])]);
        sample.add_ordinary(11);
        sample
    }

    pub fn add_ordinary(&mut self, i: u64) {
        let log = [Log::Access, Log::Change, Log::Archive][(i % 3) as usize];
        let who = json!({"name": format!("Agneta Öberg {i}"), "address": "192.0.2.17", "browser": "Firefox 142", "country": "SE", "system": "Linux"});
        let subject =
            json!({"kind": "user", "name": format!("Bo Åkesson {i}"), "number": format!("+4670{i:07}")});
        let change = json!({"fields": [
            {"after": "suspended", "before": "active", "name": "state"},
            {"after": START + i as i64, "before": null, "name": "until"},
        ]});
        let reason = json!({"text": "Asked for by the team leader, case 4711"});
        let parts = [
            (PartKind::Who, who),
            (PartKind::Subject, subject),
            (PartKind::Change, change),
            (PartKind::Reason, reason),
        ];
        self.add("user.suspended", log, if log == Log::Access { &parts[..1] } else { &parts });
    }

    pub fn add(&mut self, name: &str, log: Log, parts: &[(PartKind, Value)]) {
        let bodies = parts.iter().map(|(kind, value)| (*kind, canonical(value))).collect();
        self.add_bodies(name, log, bodies);
    }

    fn add_bodies(&mut self, name: &str, log: Log, bodies: Vec<(PartKind, Vec<u8>)>) {
        let n = self.items.len() as u64;
        let salted = |(kind, body): (PartKind, Vec<u8>)| (kind, noise(n * 10 + u64::from(kind.code())), body);
        let open: Vec<_> = bodies.into_iter().map(salted).collect();
        let leaf = Leaf {
            at: START + 1_000_003 * n as i64,
            log,
            name: name.to_owned(),
            version: 1,
            actor: Ref { kind: "user".into(), id: id(n % 5) },
            on_behalf: None,
            subject: Ref { kind: "user".into(), id: id(1000 + n % 50) },
            group: n.is_multiple_of(2).then(|| id(2000 + n % 3)),
            queue: (n % 3 == 2).then(|| id(3000)),
            request: id(5000 + n),
            stepped_back: false,
            parts: open.iter().map(|(kind, salt, body)| (*kind, commitment(*kind, salt, body))).collect(),
        };
        self.items.push(Item { leaf, open });
    }

    /// Takes parts out and enters that they are erased.
    pub fn erase(&mut self, runs: &[(u64, u64, &[PartKind])]) {
        let run =
            |&(first, last, parts): &(u64, u64, &[PartKind])| Erased { first, last, parts: parts.to_vec() };
        let erasure = Erasure { entries: runs.iter().map(run).collect() };
        for run in &erasure.entries {
            for item in &mut self.items[run.first as usize..=run.last as usize] {
                item.open.retain(|(kind, ..)| !run.parts.contains(kind));
            }
        }
        self.add_bodies(Erasure::NAME, Log::Change, vec![(PartKind::Change, erasure.encode())]);
    }

    pub fn size(&self) -> u64 {
        self.items.len() as u64
    }

    pub fn frontier(&self, size: u64) -> Frontier {
        let mut frontier = Frontier::new();
        self.items[..size as usize].iter().for_each(|item| frontier.push(item.leaf.hash()));
        frontier
    }

    pub fn head(&self, size: u64) -> Head {
        let root = self.frontier(size).root();
        Head { origin: self.origin.clone(), size, root, time: START + size as i64, extensions: vec![] }
    }

    pub fn header(&self, first: u64, bodies: bool) -> Header {
        Header { bodies, frontier: self.frontier(first), origin: self.origin.clone(), size: self.size() }
    }

    /// The export from entry `first` on, as lines.
    pub fn lines(&self, first: u64, bodies: bool) -> Vec<Vec<u8>> {
        let entry = |(index, item): (u64, &Item)| {
            let open: Vec<_> =
                item.open.iter().map(|(kind, salt, body)| (*kind, *salt, body.as_slice())).collect();
            let mut line = Vec::new();
            Entry::new(index, &item.leaf, if bodies { &open } else { &[] }).unwrap().encode_into(&mut line);
            line
        };
        let entries = (first..).zip(&self.items[first as usize..]).map(entry);
        std::iter::once(self.header(first, bodies).encode()).chain(entries).collect()
    }

    /// The export from entry `first` on.
    pub fn export(&self, first: u64, bodies: bool) -> Vec<u8> {
        self.lines(first, bodies).concat()
    }
}
