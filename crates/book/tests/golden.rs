//! Every stored and published format has files in `golden/`, which today's reader reads and today's writer writes.
//! Files are added there, never changed: a changed file means that books out in the world no longer verify.
//! With `VAKTBOK_NEW_GOLDEN=1` a file that is not there yet is written.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a failing line of a test is its message"
)]

mod sample;

use std::path::PathBuf;

use book::{
    Entry, Extract, Frontier, Hash, Head, Header, Keys, Leaf, Nodes, PartKind, Rotation, Tile, TileKind,
    bundle, canonical, check_canonical, check_consistency, check_inclusion, commitment, consistency,
    inclusion, unbundle,
};
use data_encoding::{BASE64, HEXLOWER};
use sample::{Sample, key};
use serde_json::{Value, json};

struct Leaves(Vec<Hash>);

impl Nodes for Leaves {
    type Error = std::convert::Infallible;

    fn hash(&self, level: u8, index: u64) -> Result<Hash, Self::Error> {
        let (low, high) = ((index << level) as usize, ((index + 1) << level) as usize);
        let mut frontier = Frontier::new();
        self.0[low..high].iter().for_each(|leaf| frontier.push(*leaf));
        Ok(frontier.root())
    }
}

fn leaves(sample: &Sample) -> Leaves {
    Leaves(sample.items.iter().map(|item| item.leaf.hash()).collect())
}

/// The file's text, which must be what is written today.
fn golden(name: &str, written: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden").join(name);
    if !path.exists() && std::env::var_os("VAKTBOK_NEW_GOLDEN").is_some() {
        std::fs::write(&path, written).unwrap();
    }
    let kept = std::fs::read_to_string(&path).expect(name);
    assert!(kept == written, "golden/{name} is not what is written today");
    kept
}

#[test]
fn leaves_of_version_1() {
    let sample = Sample::varied();
    let line =
        |item: &sample::Item| format!("{} {:?}\n", HEXLOWER.encode(&item.leaf.encode()), item.leaf.hash());
    let written: String = sample.items.iter().map(line).collect();
    let kept = golden("leaf-v1.txt", &written);
    for (line, item) in kept.lines().zip(&sample.items) {
        let (leaf, hash) = line.split_once(' ').unwrap();
        let leaf = Leaf::decode(&HEXLOWER.decode(leaf.as_bytes()).unwrap()).unwrap();
        assert_eq!((&leaf, format!("{:?}", leaf.hash())), (&item.leaf, hash.to_owned()));
    }
}

#[test]
fn commitments_of_version_1() {
    let bodies = ["null", "{}", "\"åäö\"", "{\"a\":[1,2,3]}", &format!("\"{}\"", "x".repeat(200))];
    let line = |(i, (kind, body)): (usize, (PartKind, &str))| {
        let salt = sample::noise(i as u64);
        format!(
            "{} {} {:?} {body}\n",
            kind.name(),
            HEXLOWER.encode(&salt),
            commitment(kind, &salt, body.as_bytes())
        )
    };
    let pairs = PartKind::ALL.into_iter().flat_map(|kind| bodies.iter().map(move |body| (kind, *body)));
    let written: String = pairs.enumerate().map(line).collect();
    golden("commitment-v1.txt", &written);
}

#[test]
fn frontiers_of_version_1() {
    let sample = Sample::varied();
    let line = |size| format!("{size} {}\n", HEXLOWER.encode(&sample.frontier(size).to_bytes()));
    let written: String = (0..=sample.size()).map(line).collect();
    for line in golden("frontier-v1.txt", &written).lines() {
        let (size, hex) = line.split_once(' ').unwrap();
        let frontier = Frontier::from_bytes(&HEXLOWER.decode(hex.as_bytes()).unwrap()).unwrap();
        assert_eq!(frontier, sample.frontier(size.parse().unwrap()));
    }
}

#[test]
fn canonical_texts_of_version_1() {
    let values = [
        json!(null),
        json!({"b": 1, "a": {"d": [], "c": {}}}),
        json!([i64::MIN, -1, 0, u64::MAX, 1.5]),
        json!("\"\\/\u{8}\t\n\u{c}\r\u{0}\u{1f}\u{7f}\u{2028} åäö 😀"),
        json!({"\u{e000}": 1, "😀": 2, "\"": 3, "!": 4, "#": 5, "": 6}),
    ];
    let written: String =
        values.iter().map(|value| String::from_utf8(canonical(value)).unwrap() + "\n").collect();
    let kept = golden("canonical-v1.txt", &written);
    assert!(kept.lines().all(|line| check_canonical(line.as_bytes()).is_ok()));
}

#[test]
fn exports_of_version_1() {
    let sample = Sample::varied();
    for (name, first, bodies) in
        [("book-v1.jsonl", 0, true), ("book-v1-from-7.jsonl", 7, true), ("book-v1-leaves.jsonl", 0, false)]
    {
        let kept = golden(name, &String::from_utf8(sample.export(first, bodies)).unwrap());
        let mut lines = kept.split_inclusive('\n');
        assert_eq!(Header::decode(lines.next().unwrap().as_bytes()), Ok(sample.header(first, bodies)));
        for (line, item) in lines.zip(&sample.items[first as usize..]) {
            assert_eq!(Entry::decode(line.as_bytes()).unwrap().leaf(), item.leaf);
        }
    }
}

#[test]
fn keys_and_heads_of_version_1() {
    let sample = Sample::varied();
    let signed = |size, n| sample.head(size).sign(&key(n)).unwrap();
    let first = golden("book-v1.key", &format!("{}\n", key(1).verifier()));
    let rotation = Rotation::sign(&key(1), &key(2), 8, sample::START).unwrap();
    let rotated = golden("book-v1-rotated.key", &format!("{}\n\n{rotation}", key(1).verifier()));
    let heads = [
        ("book-v1.head", &first, 12, 1),
        ("book-v1-earlier.head", &first, 5, 1),
        ("book-v1-at-8.head", &first, 8, 1),
        ("book-v1-rotated.head", &rotated, 12, 2),
    ];
    for (name, keys, size, n) in heads {
        let kept = golden(name, &signed(size, n));
        assert_eq!(Head::open(&kept, &Keys::parse(keys).unwrap()), Ok(sample.head(size)));
    }
}

#[test]
fn proofs_of_version_1() {
    let sample = Sample::varied();
    let (leaves, size) = (leaves(&sample), sample.size());
    let texts = |proof: &[Hash]| proof.iter().map(|hash| BASE64.encode(&hash.0)).collect::<Vec<_>>();
    let entry = |index| json!({"index": index, "path": texts(&inclusion(&leaves, index, size).unwrap())});
    let growth =
        |earlier| json!({"earlier": earlier, "proof": texts(&consistency(&leaves, earlier, size).unwrap())});
    let written = json!({
        "size": size,
        "root": BASE64.encode(&sample.head(size).root.0),
        "inclusion": (0..size).map(entry).collect::<Vec<_>>(),
        "consistency": (0..=size).map(growth).collect::<Vec<_>>(),
    });
    let kept = golden("proofs-v1.json", &(String::from_utf8(canonical(&written)).unwrap() + "\n"));
    let kept: Value = serde_json::from_str(&kept).unwrap();
    let hash =
        |text: &Value| Hash(BASE64.decode(text.as_str().unwrap().as_bytes()).unwrap().try_into().unwrap());
    let root = hash(&kept["root"]);
    for proof in kept["inclusion"].as_array().unwrap() {
        let path: Vec<_> = proof["path"].as_array().unwrap().iter().map(hash).collect();
        let index = proof["index"].as_u64().unwrap();
        assert_eq!(check_inclusion(&path, &leaves.0[index as usize], index, size, &root), Ok(()));
    }
    for proof in kept["consistency"].as_array().unwrap() {
        let path: Vec<_> = proof["proof"].as_array().unwrap().iter().map(hash).collect();
        let earlier = proof["earlier"].as_u64().unwrap();
        let old = sample.head(earlier).root;
        assert_eq!(check_consistency(&path, (earlier, &old), (size, &root)), Ok(()));
    }
}

#[test]
fn extracts_of_version_1() {
    let sample = Sample::varied();
    let path = inclusion(&leaves(&sample), 4, sample.size()).unwrap();
    let head = sample.head(sample.size()).sign(&key(1)).unwrap();
    let extract = Extract { line: sample.lines(0, true)[5].clone(), index: 4, path, head };
    let kept = Extract::decode(&golden("extract-v1.tlog-proof", &extract.encode())).unwrap();
    let (head, entry) = kept.open(&Keys::new(key(1).verifier())).unwrap();
    assert_eq!((head, entry.leaf()), (sample.head(12), sample.items[4].leaf.clone()));
}

#[test]
fn tiles_and_bundles_of_version_1() {
    let sample = Sample::varied();
    let size = sample.size();
    let hashes = Tile::at(TileKind::Hashes(0), 0, size).unwrap();
    let entries = Tile::at(TileKind::Entries, 0, size).unwrap();
    let encoded: Vec<_> = sample.items.iter().map(|item| item.leaf.encode()).collect();
    let bytes = [hashes.bytes(&leaves(&sample)).unwrap(), bundle(encoded.iter().map(Vec::as_slice)).unwrap()];
    let tiles = [hashes, entries];
    let lines =
        tiles.iter().zip(&bytes).map(|(tile, bytes)| format!("{} {}\n", tile.path(), HEXLOWER.encode(bytes)));
    let kept = golden("tiles-v1.txt", &lines.collect::<String>());
    let kept: Vec<_> = kept.lines().map(|line| line.split_once(' ').unwrap()).collect();
    assert_eq!(Tile::from_path(kept[0].0), Some(hashes));
    let bundled = HEXLOWER.decode(kept[1].1.as_bytes()).unwrap();
    assert_eq!(unbundle(&bundled).unwrap(), encoded);
}
