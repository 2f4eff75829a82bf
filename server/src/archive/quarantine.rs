//! Why an interaction is set aside instead of archived, and the check of its recordings that decides it.
//!
//! A recording passes when its bytes are there, have the hash that its file states (if it states one), and can be
//! decoded. What is set aside keeps its reason until a person decides.

use super::audio::{self, Sound};
use super::hashing::{Check, ClaimFault};
use super::sentence::Sentence;
use super::vcon::{Problem, Recording, Source};
use std::io::{Cursor, ErrorKind};
use std::sync::Arc;
use symphonia::core::io::MediaSource;

/// A recording is hashed in pieces of this size.
const PIECE_BYTES: usize = 64 * 1024;

/// Why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quarantine {
    /// The file itself is faulty.
    Unreadable(Vec<Problem>),
    /// The recording is not beside the file.
    MediaMissing {
        /// The name under which it was looked for.
        name: String,
    },
    /// The file does not say where its recording is.
    MediaNowhere,
    /// The recording is only at an address elsewhere, which is never fetched.
    MediaElsewhere {
        /// The address.
        url: String,
    },
    /// The recording could not be read to its end.
    MediaUnreadable,
    /// The recording is not the one the file speaks of: its hash differs.
    HashDiffers,
    /// A hash is stated that cannot be checked.
    HashUncheckable(ClaimFault),
    /// The recording is no sound, or is damaged.
    Sound(audio::Fault),
    /// The archive holds an interaction of this id whose file or recordings were other ones.
    OtherVersion,
    /// A recording that no file speaks of.
    NobodySpeaks,
    /// The file could not be read at all.
    FileUnreadable,
}

impl Quarantine {
    /// What to tell a person: one sentence, or for a faulty file one for each problem.
    pub fn sentences(&self) -> Vec<Sentence> {
        let one = |key| vec![Sentence::of(key)];
        match self {
            Self::Unreadable(problems) => problems.iter().map(Problem::sentence).collect(),
            Self::MediaMissing { name } => vec![Sentence::of("quarantine-media-missing").text("name", name)],
            Self::MediaNowhere => one("quarantine-media-nowhere"),
            Self::MediaElsewhere { url } => vec![Sentence::of("quarantine-media-elsewhere").text("url", url)],
            Self::MediaUnreadable => one("quarantine-media-unreadable"),
            Self::HashDiffers => one("quarantine-hash-differs"),
            Self::HashUncheckable(ClaimFault::UnknownAlgorithm) => one("quarantine-hash-unknown"),
            Self::HashUncheckable(ClaimFault::Malformed) => one("quarantine-hash-malformed"),
            Self::Sound(fault) => vec![fault.sentence()],
            Self::OtherVersion => one("quarantine-other-version"),
            Self::NobodySpeaks => one("quarantine-nobody-speaks"),
            Self::FileUnreadable => one("quarantine-file-unreadable"),
        }
    }
}

/// Checks one recording as a stream, and tells what it sounds like. `beside` opens the file of a bare name in the
/// vCon's folder, if it is there; it is asked twice, and both times has to give the same bytes: pass a copy that nobody
/// else can change.
pub fn examine(
    recording: &Recording,
    beside: impl Fn(&str) -> Option<Box<dyn MediaSource>>,
) -> Result<Sound, Quarantine> {
    let open = || -> Result<Box<dyn MediaSource>, Quarantine> {
        match &recording.source {
            Source::Inline(bytes) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
            Source::Beside(name) => {
                beside(name).ok_or_else(|| Quarantine::MediaMissing { name: name.clone() })
            }
            Source::Elsewhere(url) => Err(Quarantine::MediaElsewhere { url: url.clone() }),
            Source::Missing => Err(Quarantine::MediaNowhere),
        }
    };
    let media = open()?;
    if let Some(claim) = recording.claim.clone() {
        let check = claim.map_err(Quarantine::HashUncheckable)?.check();
        compare(media, check)?;
    }
    audio::decode(open()?).map_err(Quarantine::Sound)
}

fn compare(mut media: Box<dyn MediaSource>, mut check: Check) -> Result<(), Quarantine> {
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        match media.read(&mut piece) {
            Ok(0) => break,
            Ok(bytes) => check.push(&piece[..bytes]),
            Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
            Err(_) => return Err(Quarantine::MediaUnreadable),
        }
    }
    if check.fits() { Ok(()) } else { Err(Quarantine::HashDiffers) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::samples::{SAMPLES, sample};
    use crate::archive::sentence::assert_said;
    use crate::archive::vcon::{self, Interaction};
    use crate::archive::{hashing::Claim, recorded_set};
    use std::fs;
    use std::path::Path;

    fn kept(name: &str) -> Option<Box<dyn MediaSource>> {
        Some(Box::new(Cursor::new(sample(name)?)))
    }

    fn recording() -> Recording {
        let call = vcon::parse(sample("05-late-ferry.vcon.json").unwrap()).unwrap();
        call.recordings.into_iter().next().unwrap()
    }

    #[test]
    fn a_whole_recording_passes() {
        let sound = examine(&recording(), kept).unwrap();
        assert_eq!(sound.channels, 2);
    }

    #[test]
    fn a_recording_inside_the_file_is_examined_too() {
        let source = Source::Inline(sample("05-late-ferry.mp3").unwrap().into());
        assert!(examine(&Recording { source, ..recording() }, |_| None).is_ok());
    }

    #[test]
    fn s48_another_recording_than_the_stated_one_is_set_aside() {
        let other = |_: &str| kept("06-name-on-booking.mp3");
        assert_eq!(examine(&recording(), other), Err(Quarantine::HashDiffers));
    }

    #[test]
    fn a_recording_that_is_not_there_is_set_aside_by_name() {
        let name = "05-late-ferry.mp3".to_owned();
        assert_eq!(examine(&recording(), |_| None), Err(Quarantine::MediaMissing { name }));
        let missing = Recording { source: Source::Missing, ..recording() };
        assert_eq!(examine(&missing, kept), Err(Quarantine::MediaNowhere));
    }

    #[test]
    fn s55_a_recording_elsewhere_is_set_aside_and_never_fetched() {
        let url = "http://169.254.169.254/".to_owned();
        let elsewhere = Recording { source: Source::Elsewhere(url.clone()), ..recording() };
        assert_eq!(examine(&elsewhere, kept), Err(Quarantine::MediaElsewhere { url }));
    }

    #[test]
    fn a_hash_that_cannot_be_checked_sets_the_recording_aside() {
        let claim = Some(Claim::stated("md5", "AAAA"));
        let refused = examine(&Recording { claim, ..recording() }, kept);
        assert_eq!(refused, Err(Quarantine::HashUncheckable(ClaimFault::UnknownAlgorithm)));
    }

    #[test]
    fn s54_what_is_no_sound_is_set_aside_whatever_it_says() {
        let source = Source::Inline((*b"<script>alert(1)</script>").into());
        let page = Recording { source, claim: None, ..recording() };
        assert_eq!(examine(&page, kept), Err(Quarantine::Sound(audio::Fault::NotSound)));
    }

    #[test]
    fn every_reason_has_its_sentence_in_both_languages() {
        let all = [
            Quarantine::MediaMissing { name: "a.mp3".into() },
            Quarantine::MediaNowhere,
            Quarantine::MediaElsewhere { url: "https://media.example/a.mp3".into() },
            Quarantine::MediaUnreadable,
            Quarantine::HashDiffers,
            Quarantine::HashUncheckable(ClaimFault::UnknownAlgorithm),
            Quarantine::HashUncheckable(ClaimFault::Malformed),
            Quarantine::OtherVersion,
            Quarantine::NobodySpeaks,
            Quarantine::FileUnreadable,
        ];
        assert_said(&all.map(|reason| reason.sentences().remove(0)));
    }

    #[test]
    fn every_sample_passes() {
        let calls = SAMPLES.iter().filter_map(|(_, bytes)| vcon::parse(bytes).ok());
        let passed =
            |call: Interaction| call.recordings.iter().all(|recording| examine(recording, kept).is_ok());
        assert!(calls.into_iter().all(passed));
    }

    /// What becomes of each call of a folder of the recorded set.
    fn outcomes(folder: &Path) -> Vec<Result<(), Quarantine>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                found.extend(outcomes(&path));
            } else if path.to_string_lossy().ends_with(".vcon.json") {
                let call = vcon::parse(&fs::read(&path).unwrap()).unwrap();
                let beside = |name: &str| -> Option<Box<dyn MediaSource>> {
                    Some(Box::new(fs::File::open(path.with_file_name(name)).ok()?))
                };
                found.push(examine(&call.recordings[0], beside).map(|_| ()));
            }
        }
        found
    }

    #[test]
    fn of_the_recorded_calls_sixteen_pass_and_eight_are_set_aside_for_their_hash() {
        let Some(calls) = recorded_set("calls-vcon") else { return };
        let all = outcomes(&calls);
        let count = |outcome| all.iter().filter(|found| **found == outcome).count();
        assert_eq!((count(Ok(())), count(Err(Quarantine::HashDiffers)), all.len()), (16, 8, 24));
    }
}
