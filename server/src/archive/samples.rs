//! A dozen interactions in Swedish and English, written for this product and spoken by synthetic voices, so that the
//! demo is never without calls that one can hear. `samples/make` makes them out of `samples/talk`.

/// A file by its name: vCons (`….vcon.json`), and the recordings (`….mp3`) that lie beside them.
pub type Sample = (&'static str, &'static [u8]);

macro_rules! kept {
    ($($name:literal),+ $(,)?) => {
        /// All of them, in the order of their names.
        pub const SAMPLES: &[Sample] = &[$(($name, include_bytes!(concat!("../../../samples/", $name)))),+];
    };
}

kept![
    "01-hagelskada.mp3",
    "01-hagelskada.vcon.json",
    "02-vattenlacka.mp3",
    "02-vattenlacka.vcon.json",
    "03-obehorig-fraga.mp3",
    "03-obehorig-fraga.vcon.json",
    "04-aterringning-resa.mp3",
    "04-aterringning-resa.vcon.json",
    "05-late-ferry.mp3",
    "05-late-ferry.vcon.json",
    "06-name-on-booking.mp3",
    "06-name-on-booking.vcon.json",
    "07-cancelled-walk.mp3",
    "07-cancelled-walk.vcon.json",
    "08-adressandring.vcon.json",
    "09-dubbel-faktura.vcon.json",
    "10-bostadsrattstillagg.vcon.json",
    "11-dog-on-the-sleeper.vcon.json",
    "12-wheelchair-assistance.vcon.json",
];

/// Who speaks for the two companies, as CSV: tenant, name, mail, language.
pub const AGENTS: &str = include_str!("../../../samples/agents.csv");

/// The file of this name.
pub fn sample(name: &str) -> Option<&'static [u8]> {
    SAMPLES.iter().find(|(kept, _)| *kept == name).map(|(_, bytes)| *bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::vcon::{Interaction, Medium, Role, Source};
    use crate::archive::{audio, vcon};
    use std::collections::BTreeSet;

    const MAX_SAMPLE_BYTES: usize = 200_000;
    const MAX_TOTAL_BYTES: usize = 1_500_000;

    fn interactions() -> Vec<Interaction> {
        let files = SAMPLES.iter().filter(|(name, _)| name.ends_with(".vcon.json"));
        files
            .map(|(name, bytes)| vcon::parse(bytes).unwrap_or_else(|found| panic!("{name}: {found:?}")))
            .collect()
    }

    fn calls() -> Vec<(Interaction, &'static [u8])> {
        let of = |call: Interaction| match &call.recordings[..] {
            [recording] => match &recording.source {
                Source::Beside(name) => Some((call.clone(), sample(name).expect("its recording is kept"))),
                _ => None,
            },
            _ => None,
        };
        interactions().into_iter().filter_map(of).collect()
    }

    #[test]
    fn there_are_seven_calls_and_five_chats() {
        let all = interactions();
        let of = |medium| all.iter().filter(|found| found.medium == medium).count();
        assert_eq!((of(Medium::Call), of(Medium::Chat), calls().len()), (7, 5, 7));
        let ids: BTreeSet<_> = all.iter().map(|found| found.external_id).collect();
        assert_eq!(ids.len(), 12);
    }

    #[test]
    fn every_recording_has_the_stated_hash() {
        for (call, media) in calls() {
            let claim = call.recordings[0].claim.clone().unwrap().unwrap();
            assert!(claim.fits(media), "{:?}", call.subject);
        }
    }

    #[test]
    fn customer_and_agent_are_heard_on_their_own_channel() {
        for (call, media) in calls() {
            let sound = audio::decode_bytes(media.to_vec()).unwrap();
            assert_eq!((sound.channels, sound.damaged_packets), (2, 0), "{:?}", call.subject);
            let stated = call.recordings[0].duration.unwrap();
            assert!(
                sound.duration().abs_diff(stated).as_millis() < 200,
                "{:?}: {:?}",
                call.subject,
                sound.duration()
            );
            for line in &call.transcript {
                let [own, other] = [line.party.unwrap(), 1 - line.party.unwrap()].map(|party| {
                    let channel = &sound.waveform.channels[1 - party];
                    let at = |time: std::time::Duration| {
                        (time.as_secs_f64() / stated.as_secs_f64() * channel.len() as f64) as usize
                    };
                    let heard = &channel[at(line.from.unwrap()) + 2..at(line.until.unwrap()) - 2];
                    heard.iter().map(|peak| u32::from(peak.high - peak.low)).sum::<u32>()
                });
                assert!(own > 10 * other.max(1), "{:?}: {} ({own}, {other})", call.subject, line.text);
            }
        }
    }

    #[test]
    fn every_agent_stands_in_the_list_of_agents() {
        let mails: BTreeSet<_> = AGENTS.lines().skip(1).filter_map(|line| line.split(',').nth(2)).collect();
        for found in interactions() {
            let agent = found.parties.iter().find(|party| party.role == Role::Agent).unwrap();
            assert!(mails.contains(agent.mailto.as_deref().unwrap()), "{agent:?}");
        }
        assert_eq!(mails.len(), 9);
    }

    #[test]
    fn every_file_of_the_folder_is_kept_and_small() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples");
        let names =
            std::fs::read_dir(folder).unwrap().flatten().map(|file| file.file_name().into_string().unwrap());
        let made: BTreeSet<_> =
            names.filter(|name| name.ends_with(".mp3") || name.ends_with(".json")).collect();
        let kept: BTreeSet<_> = SAMPLES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(made, kept);
        assert!(SAMPLES.iter().all(|(_, bytes)| bytes.len() <= MAX_SAMPLE_BYTES));
        assert!(SAMPLES.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() <= MAX_TOTAL_BYTES);
    }
}
