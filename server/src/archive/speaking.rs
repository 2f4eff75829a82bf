//! Who is heard on which channel: told by the transcript's times and the channels' loudness, never guessed.

use super::audio::{Peak, Waveform};
use super::model::Document;

/// Someone is taken to be on a channel when it is so many times as loud while they speak as while others do.
const CLEARLY: u64 = 3;

/// For each channel the position of the participant who is clearly heard on it, if there is one.
#[must_use]
pub fn speakers(wave: &Waveform, document: &Document) -> Vec<Option<usize>> {
    if wave.channels.len() < 2 {
        return vec![None; wave.channels.len()];
    }
    wave.channels.iter().map(|peaks| speaker(peaks, wave, document)).collect()
}

fn speaker(peaks: &[Peak], wave: &Waveform, document: &Document) -> Option<usize> {
    let mut heard: Vec<(usize, u64, u64)> = Vec::new();
    for line in &document.lines {
        let (Some(party), Some(from), Some(until)) = (line.party, line.from_ms, line.until_ms) else {
            continue;
        };
        let at = |ms: u64| bucket(ms, peaks.len(), wave);
        let stretch = peaks.get(at(from)..at(until).min(peaks.len())).unwrap_or_default();
        let loud: u64 = stretch.iter().map(|peak| u64::from(peak.high.saturating_sub(peak.low))).sum();
        match heard.iter_mut().find(|(who, _, _)| *who == party) {
            Some((_, sum, count)) => (*sum, *count) = (*sum + loud, *count + stretch.len() as u64),
            None => heard.push((party, loud, stretch.len() as u64)),
        }
    }
    let mut means: Vec<(usize, u64)> =
        heard.into_iter().map(|(who, sum, count)| (who, sum * 100 / count.max(1))).collect();
    means.sort_by_key(|(_, mean)| std::cmp::Reverse(*mean));
    match means.as_slice() {
        [(who, first), (_, second), ..] if *first > CLEARLY * (*second).max(1) => Some(*who),
        _ => None,
    }
}

fn bucket(ms: u64, buckets: usize, wave: &Waveform) -> usize {
    let length_ms = wave.frames.saturating_mul(1000) / u64::from(wave.sample_rate_hz.max(1));
    let at = u128::from(ms) * buckets as u128 / u128::from(length_ms.max(1));
    usize::try_from(at).unwrap_or(buckets).min(buckets)
}
