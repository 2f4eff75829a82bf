//! Reliability test R25: whatever is done to a book is found and named, and a clean book is never accused.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failing line of a test is its message")]

#[path = "../../book/tests/sample/mod.rs"]
mod sample;

use book::{Entry, Head, PartKind};
use sample::{Sample, key};
use verify::{Answer, Check, Fault, Place, Report, What};

fn check(export: &[u8], head: &Head, earlier: Option<&Head>) -> Report {
    verify::export(&mut &*export, Check::new(head.clone(), earlier.cloned())).unwrap()
}

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 += 1;
        (u64::from_be_bytes(*sample::noise(self.0).first_chunk().unwrap()) % n as u64) as usize
    }
}

/// The index of the entry on whose line this byte stands; `None` on the first line.
fn entry_at(export: &[u8], byte: usize) -> Option<u64> {
    let feeds = export[..byte].iter().filter(|byte| **byte == b'\n').count();
    (feeds as u64).checked_sub(1)
}

#[test]
fn r25_every_single_flipped_bit_of_a_10_kb_book_is_found_and_named() {
    let sample = Sample::varied();
    let (export, head) = (sample.export(0, true), sample.head(sample.size()));
    assert!(export.len() > 10_000);
    let mut flipped = export.clone();
    for bit in 0..export.len() * 8 {
        flipped[bit / 8] ^= 1 << (bit % 8);
        let report = check(&flipped, &head, None);
        let line = entry_at(&export, bit / 8);
        let named = report.faults.iter().any(|fault| match (line, fault.place) {
            (Some(line), Place::Entry(index)) => line == index,
            (None, place) => place == Place::Header || matches!(fault.what, What::Cut { .. } | What::Surplus),
            _ => false,
        });
        assert!(named, "bit {bit}, line {line:?}: {report}");
        flipped[bit / 8] = export[bit / 8];
    }
}

#[test]
fn r25_every_flipped_bit_of_a_range_is_found() {
    let sample = Sample::varied();
    let (export, head) = (sample.export(7, true), sample.head(sample.size()));
    let mut flipped = export.clone();
    for bit in 0..export.len() * 8 {
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(check(&flipped, &head, None).answer(), Answer::NotWhole, "bit {bit}");
        flipped[bit / 8] = export[bit / 8];
    }
}

#[test]
fn r25_a_thousand_random_cuts_swaps_and_insertions_of_bytes_and_lines_are_found() {
    let sample = Sample::varied();
    let (export, head) = (sample.export(0, true), sample.head(sample.size()));
    let lines: Vec<_> = export.split_inclusive(|byte| *byte == b'\n').collect();
    let mut dice = Dice(1);
    let mut tampered = 0;
    while tampered < 1000 {
        let (a, b) = (dice.below(export.len()), dice.below(export.len()));
        let (x, y) = (dice.below(lines.len()), dice.below(lines.len()));
        let bytes = match dice.below(6) {
            0 => [&export[..a.min(b)], &export[a.max(b)..]].concat(),
            1 => [&export[..a], &export[b..(b + 40).min(export.len())], &export[a..]].concat(),
            2 => export[..a].to_vec(),
            3 => with(&lines, |lines| lines.swap(x, y)),
            4 => with(&lines, |lines| lines.insert(x, lines[y])),
            _ => with(&lines, |lines| lines.truncate(x)),
        };
        if bytes != export {
            let report = check(&bytes, &head, None);
            assert_eq!(report.answer(), Answer::NotWhole, "{}", String::from_utf8_lossy(&bytes));
            assert!(!report.faults.is_empty());
            tampered += 1;
        }
    }
}

fn with<'a>(lines: &[&'a [u8]], change: impl FnOnce(&mut Vec<&'a [u8]>)) -> Vec<u8> {
    let mut lines = lines.to_vec();
    change(&mut lines);
    lines.concat()
}

/// A forger who works out every hash anew and needs only the key; returns whether anything is different.
fn forge(sample: &mut Sample, dice: &mut Dice) -> bool {
    let n = sample.items.len();
    let (a, b) = (dice.below(n), dice.below(n));
    match dice.below(6) {
        0 => drop(sample.items.remove(a)),
        1 => sample.items.swap(a, b),
        2 => sample.items.insert(a, sample.items[b].clone()),
        3 => sample.items[a].leaf.at += 1,
        4 => sample.items.truncate(a),
        _ => {
            let item = &mut sample.items[a];
            let Some((kind, salt, body)) = item.open.first_mut() else { return false };
            *body = b"{\"forged\":true}".to_vec();
            let commitment = book::commitment(*kind, salt, body);
            let part = item.leaf.parts.iter_mut().find(|(part, _)| part == kind);
            part.unwrap().1 = commitment;
        }
    }
    true
}

#[test]
fn r25_a_thousand_forgeries_with_every_hash_made_anew_do_not_reach_the_signed_root() {
    let clean = Sample::ordinary(40);
    let head = clean.head(40);
    let mut dice = Dice(2);
    for _ in 0..1000 {
        let mut forged = clean.clone();
        if forge(&mut forged, &mut dice) && forged.export(0, true) != clean.export(0, true) {
            let report = check(&forged.export(0, true), &head, None);
            assert_eq!(report.answer(), Answer::NotWhole, "{report}");
        }
    }
}

/// Whether the forger has only added entries, which anyone with the key may do.
fn grown_from(sample: &Sample, clean: &Sample) -> bool {
    sample.size() >= clean.size() && sample.frontier(clean.size()) == clean.frontier(clean.size())
}

#[test]
fn r25_a_thousand_books_rolled_back_or_written_anew_and_signed_again_show_against_an_earlier_head() {
    let clean = Sample::ordinary(40);
    let mut dice = Dice(3);
    let (mut rolled, mut rewritten) = (0, 0);
    for round in 0..1000 {
        let mut forged = clean.clone();
        while !forge(&mut forged, &mut dice) || grown_from(&forged, &clean) {
            forged = clean.clone();
        }
        let head = forged.head(forged.size());
        let earlier = clean.head(40);
        let report = check(&forged.export(0, true), &head, Some(&earlier));
        assert_eq!(report.answer(), Answer::NotWhole, "round {round}: {report}");
        assert_eq!(check(&forged.export(0, true), &head, None).answer(), Answer::Whole);
        rolled += u32::from(matches!(report.faults[0].what, What::RolledBack { .. }));
        rewritten += u32::from(matches!(report.faults[0].what, What::Rewritten { .. }));
    }
    assert_eq!(rolled + rewritten, 1000);
    assert!(rolled > 100 && rewritten > 100);
}

#[test]
fn r25_no_clean_book_range_or_earlier_head_is_accused() {
    for (sample, bodies) in
        [(Sample::varied(), true), (Sample::ordinary(70), true), (Sample::ordinary(70), false)]
    {
        let head = sample.head(sample.size());
        for first in 0..=sample.size() {
            for earlier in (first..=sample.size()).step_by(5) {
                let report = check(&sample.export(first, bodies), &head, Some(&sample.head(earlier)));
                assert_eq!(report.answer(), Answer::Whole, "{first} {earlier}: {report}");
            }
        }
    }
}

#[test]
fn r25_each_missing_part_without_its_erasure_is_found_and_named() {
    let clean = Sample::ordinary(12);
    for (index, item) in clean.items.iter().enumerate() {
        for (kind, ..) in &item.open {
            let mut robbed = clean.clone();
            robbed.items[index].open.retain(|(part, ..)| part != kind);
            let report = check(&robbed.export(0, true), &clean.head(12), None);
            assert_eq!(report.faults.len(), 1, "{report}");
            assert_eq!(report.faults[0].place, Place::Entry(index as u64));
            assert_eq!(report.faults[0].what, What::Missing(*kind));

            robbed.erase(&[(index as u64, index as u64, &[*kind])]);
            let report = check(&robbed.export(0, true), &robbed.head(13), None);
            assert_eq!((report.answer(), report.erased_parts), (Answer::Whole, 1));
        }
    }
}

#[test]
fn r25_a_field_altered_in_the_store_is_named_by_the_hash_that_was_kept() {
    let sample = Sample::ordinary(20);
    let kept = sample.items[7].leaf.hash();
    let mut altered = sample.clone();
    altered.items[7].leaf.actor.id = sample::id(4711);
    let mut lines = altered.lines(0, true);
    let item = &altered.items[7];
    let open: Vec<_> = item.open.iter().map(|(kind, salt, body)| (*kind, *salt, body.as_slice())).collect();
    lines[8].clear();
    Entry::new(7, &item.leaf, &open).unwrap().stating(kept).encode_into(&mut lines[8]);
    let report = check(&lines.concat(), &sample.head(20), None);
    assert_eq!(report.faults, [Fault { place: Place::Entry(7), what: What::Leaf }]);
}

#[test]
fn s37_an_export_verifies_with_nothing_but_the_public_key_and_a_head() {
    let sample = Sample::varied();
    let note = sample.head(sample.size()).sign(&key(1)).unwrap();
    let file = format!("{}\n", key(1).verifier());
    let papers = verify::Papers { head: &note, key: &file, earlier: None };
    let report = verify::verify(sample.export(0, true).as_slice(), papers).unwrap();
    assert_eq!((report.answer(), report.erased_parts, report.stepped_back), (Answer::Whole, 7, 1));
    assert_eq!(report.entries, 12);
    assert!(PartKind::ALL.len() == 4 && report.bodies);
}

#[test]
fn s38_a_book_written_anew_by_whoever_has_the_key_shows_against_a_head_kept_outside() {
    let clean = Sample::ordinary(20);
    let mut forged = clean.clone();
    forged.items[3].leaf.at += 60_000_000;
    let file = format!("{}\n", key(1).verifier());
    let (new, kept) = (forged.head(20).sign(&key(1)).unwrap(), clean.head(10).sign(&key(1)).unwrap());
    let export = forged.export(0, true);
    let papers = |earlier| verify::Papers { head: &new, key: &file, earlier };
    assert_eq!(verify::verify(export.as_slice(), papers(None)).unwrap().answer(), Answer::Whole);
    let report = verify::verify(export.as_slice(), papers(Some(&kept))).unwrap();
    assert_eq!(report.faults[0].what, What::Rewritten { earlier: 10 });
}
