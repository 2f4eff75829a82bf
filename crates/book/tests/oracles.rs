//! Our proofs, tiles, notes and heads against an independent implementation of the same specifications.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing line of a test is its message")]

use std::collections::BTreeMap;
use std::convert::Infallible;

use book::{Frontier, Hash, Head, Keys, Nodes, Note, SigningKey, Tile, TileKind, VerifierKey, leaf_hash};
use signed_note::{StandardVerifier, VerifierList};
use tlog_tiles::{Checkpoint, HashReader};

struct Ours(BTreeMap<(u8, u64), Hash>);

impl Nodes for Ours {
    type Error = Infallible;

    fn hash(&self, level: u8, index: u64) -> Result<Hash, Infallible> {
        Ok(self.0[&(level, index)])
    }
}

struct Theirs(Vec<tlog_tiles::Hash>);

impl HashReader for Theirs {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|index| self.0[*index as usize]).collect())
    }
}

fn entry(i: u64) -> Vec<u8> {
    format!("entry number {i}").into_bytes()
}

fn both(size: u64) -> (Ours, Theirs, Frontier) {
    let (mut ours, mut theirs, mut frontier) = (BTreeMap::new(), Theirs(Vec::new()), Frontier::new());
    for i in 0..size {
        frontier.push_with(leaf_hash(&entry(i)), |level, index, hash| {
            ours.insert((level, index), hash);
        });
        let more = tlog_tiles::stored_hashes(i, &entry(i), &theirs).unwrap();
        theirs.0.extend(more);
    }
    (Ours(ours), theirs, frontier)
}

fn hashes(proof: &[tlog_tiles::Hash]) -> Vec<Hash> {
    proof.iter().map(|hash| Hash(hash.0)).collect()
}

#[test]
fn roots_and_proofs_are_those_of_tlog_tiles() {
    let (ours, theirs, _) = both(150);
    for size in 1..=150 {
        let root = tlog_tiles::tree_hash(size, &theirs).unwrap();
        assert_eq!(book::tree_root(&ours, size), Ok(Hash(root.0)));
        for index in (0..size).step_by(7) {
            let proof = tlog_tiles::prove_record(size, index, &theirs).unwrap();
            assert_eq!(book::inclusion(&ours, index, size), Ok(hashes(&proof)));
        }
        for earlier in (1..=size).step_by(5) {
            let proof = tlog_tiles::prove_tree(size, earlier, &theirs).unwrap();
            assert_eq!(book::consistency(&ours, earlier, size), Ok(hashes(&proof)));
        }
    }
}

#[test]
fn tiles_have_the_paths_and_bytes_of_tlog_tiles() {
    let size = 1000;
    let (ours, theirs, frontier) = both(size);
    assert_eq!(frontier.size(), size);
    let tiles = tlog_tiles::Tile::new_tiles(8, 0, size);
    assert!(tiles.len() >= 5);
    for tile in tiles {
        let kind = TileKind::Hashes(tile.level());
        let own = Tile::at(kind, tile.level_index(), size).unwrap();
        // Theirs still names the height, as the Go checksum database does; C2SP fixed it at 8 and left it out.
        assert_eq!(own.path(), tile.path().replacen("tile/8/", "tile/", 1));
        assert_eq!(own.bytes(&ours), Ok(tile.read_data(&theirs).unwrap()));
    }
}

#[test]
fn another_reader_opens_our_signed_heads() {
    let (_, _, frontier) = both(10);
    let key = SigningKey::from_seed(&book::origin(1001, &[1; 16]), &[7; 32]).unwrap();
    let head = Head {
        origin: key.verifier().name().into(),
        size: 10,
        root: frontier.root(),
        time: 5,
        extensions: vec![],
    };
    let note = head.sign(&key).unwrap();

    let verifier = StandardVerifier::new(&key.verifier().to_string()).unwrap();
    let opened = signed_note::Note::from_bytes(note.as_bytes()).unwrap();
    let (verified, _) = opened.verify(&VerifierList::new(vec![Box::new(verifier)])).unwrap();
    assert_eq!(verified.len(), 1);
    let checkpoint = Checkpoint::from_bytes(opened.text()).unwrap();
    assert_eq!((checkpoint.origin(), checkpoint.size()), (head.origin.as_str(), 10));
    assert_eq!(checkpoint.hash().0, frontier.root().0);
    assert_eq!(checkpoint.extension(), "time 5\n");
}

#[test]
fn we_open_notes_that_another_signer_made() {
    use signed_note::Signer;
    let name = "vaktbok.book/7/00000000000000000000000000000000";
    let seed = [3u8; 32];
    let ours = SigningKey::from_seed(name, &seed).unwrap();
    let typed = [&[1u8], seed.as_slice()].concat();
    let id = data_encoding::HEXLOWER.encode(&ours.verifier().id());
    let text = format!("PRIVATE+KEY+{name}+{id}+{}", data_encoding::BASE64.encode(&typed));
    let signer = signed_note::StandardSigner::new(&text).unwrap();

    let head = Head { origin: name.into(), size: 0, root: Hash::empty_root(), time: 5, extensions: vec![] };
    let mut note = signed_note::Note::new(head.text().as_bytes(), &[]).unwrap();
    note.add_sigs(&[&signer as &dyn Signer]).unwrap();
    let note = String::from_utf8(note.to_bytes()).unwrap();

    let key: VerifierKey = ours.verifier().to_string().parse().unwrap();
    assert_eq!(Note::parse(&note).unwrap().to_string(), note);
    assert_eq!(Head::open(&note, &Keys::new(key)), Ok(head));
}
