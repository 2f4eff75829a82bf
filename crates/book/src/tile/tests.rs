//! Tiles against the specification's examples and against the tree they are cut from.

use std::collections::BTreeMap;

use super::*;
use crate::frontier::Frontier;
use crate::hash::leaf_hash;

struct Map(BTreeMap<(u8, u64), Hash>);

impl Nodes for Map {
    type Error = (u8, u64);

    fn hash(&self, level: u8, index: u64) -> Result<Hash, (u8, u64)> {
        self.0.get(&(level, index)).copied().ok_or((level, index))
    }
}

fn tree(size: u64) -> Map {
    let (mut map, mut frontier) = (BTreeMap::new(), Frontier::new());
    for i in 0..size {
        frontier.push_with(leaf_hash(&i.to_be_bytes()), |level, index, hash| {
            map.insert((level, index), hash);
        });
    }
    Map(map)
}

#[test]
fn paths_are_those_of_the_specification() {
    let path = |kind, index, width| Tile { kind, index, width }.path();
    assert_eq!(path(TileKind::Hashes(0), 1_234_067, 256), "tile/0/x001/x234/067");
    assert_eq!(path(TileKind::Hashes(1), 0, 17), "tile/1/000.p/17");
    assert_eq!(path(TileKind::Entries, 1000, 1), "tile/entries/x001/000.p/1");
}

#[test]
fn a_path_leads_back_to_its_tile_and_no_other_text_does() {
    for index in [0, 1, 999, 1000, 1_234_067, u64::MAX / 256] {
        for kind in [TileKind::Hashes(0), TileKind::Hashes(7), TileKind::Entries] {
            for width in [1, 255, 256] {
                let tile = Tile { kind, index, width };
                assert_eq!(Tile::from_path(&tile.path()), Some(tile));
            }
        }
    }
    for bad in [
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "tile/0/1",
        "tile/00/001",
        "tile/8/001",
        "tile/0/x001",
        "tile/0/001/002",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/017",
        "tile/0/+01",
        "/tile/0/001",
        "tile/data/001",
        "tile/0/x000/001",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
    ] {
        assert_eq!(Tile::from_path(bad), None, "{bad}");
    }
}

#[test]
fn every_node_of_a_tree_comes_out_of_its_tile() {
    let size = 70_000;
    let tree = tree(size);
    let mut tiles = BTreeMap::new();
    for (&(level, index), expected) in tree.0.iter().filter(|((_, index), _)| index % 97 == 0 || *index < 300)
    {
        let tile = Tile::holding(level, index, size).unwrap();
        let bytes = tiles.entry(tile).or_insert_with(|| tile.bytes(&tree).unwrap());
        assert_eq!(tile.node(bytes, level, index), Some(*expected), "{level} {index}");
    }
    assert_eq!(Tile::holding(0, size, size), None);
    assert_eq!(Tile::holding(17, 0, size), None);
}

#[test]
fn a_tile_is_as_wide_as_its_tree_makes_it() {
    let width = |kind, index, size| Tile::at(kind, index, size).map(|tile| tile.width());
    assert_eq!(width(TileKind::Entries, 0, 0), None);
    assert_eq!(width(TileKind::Entries, 0, 1), Some(1));
    assert_eq!(width(TileKind::Hashes(0), 1, 257), Some(1));
    assert_eq!(width(TileKind::Hashes(1), 0, 255), None);
    assert_eq!(width(TileKind::Hashes(1), 0, 513), Some(2));
    assert_eq!(width(TileKind::Hashes(7), 0, u64::MAX), Some(255));
    assert_eq!(width(TileKind::Hashes(8), 0, u64::MAX), None);
}

#[test]
fn bundles_come_apart_as_they_were_put_together() {
    let leaves: [&[u8]; 3] = [b"one", b"", b"three"];
    let bytes = bundle(leaves).unwrap();
    assert_eq!(unbundle(&bytes), Some(leaves.to_vec()));
    assert_eq!(unbundle(&bytes[..bytes.len() - 1]), None);
    assert_eq!(bundle([vec![0; 65_536].as_slice()]), None);
    assert_eq!(unbundle(&[0; 2 * 257]), None);
}
