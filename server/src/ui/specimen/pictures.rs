//! An interaction with its waveform and transcript, and a week of sign-ins.

use super::super::facts::Section;
use super::super::picture::{Bubble, Bubbles, Channel, Heat, Side, Span, Wave};
use super::super::{Html, Shell};
use super::{HOSTILE, Specimen, long_name};

pub(super) fn samples(shell: &Shell) -> Vec<(&'static str, Specimen)> {
    let page = |title: &str, parts| Specimen::new(shell.clone().titled(title).at("/archive"), parts);
    vec![
        ("call", page("Call with +46 70 123 45 67", vec![wave(), bubbles(shell)])),
        ("heat", page("Sign-ins", vec![heat(shell)])),
    ]
}

fn peaks(seed: u32) -> Vec<u8> {
    let mut x = seed;
    let noise = |i: u32| {
        x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let talking = (i / 40 + seed).is_multiple_of(2);
        if talking { (60 + (x >> 24) % 180) as u8 } else { ((x >> 24) % 14) as u8 }
    };
    (0..480).map(noise).collect()
}

fn wave() -> Html {
    let span = |from_s, to_s, title: &str| Span { from_s, to_s, title: title.into() };
    let channels = vec![
        Channel { label: "Customer".into(), peaks: peaks(1) },
        Channel { label: "Åsa Lindqvist".into(), peaks: peaks(2) },
    ];
    let wave = Wave::new("Call, 3:12", 192.0, channels)
        .masked(vec![span(60.0, 71.0, "Card number masked")])
        .heard("Björn Öberg", vec![span(0.0, 44.0, "0:00–0:44"), span(80.0, 120.0, "1:20–2:00")])
        .heard(HOSTILE, vec![span(10.0, 12.0, HOSTILE)]);
    Section::new("Recording").with(wave).into()
}

fn bubbles(shell: &Shell) -> Html {
    let bubble = |side, who: &str, at: u64, text: &str| Bubble {
        side,
        who: who.into(),
        at: shell.t.clock(at).into(),
        from_s: Some(at as f64),
        text: text.into(),
        hits: text.find("faktura").map(|at| at..at + 7).into_iter().collect(),
    };
    let said = vec![
        bubble(Side::System, "Vaktbok", 0, "Inspelningen började"),
        bubble(
            Side::Agent,
            "Åsa Lindqvist",
            2,
            "Välkommen till Norrsken, du talar med Åsa. Vad kan jag hjälpa till med?",
        ),
        bubble(
            Side::Customer,
            "Kund",
            8,
            "Hej! Jag har fått en faktura som jag inte känner igen, på 1 249 kronor.",
        ),
        bubble(Side::Agent, "Åsa Lindqvist", 17, "Då tittar vi på det. Har du fakturans nummer framför dig?"),
        bubble(Side::Customer, HOSTILE, 25, HOSTILE),
        bubble(Side::Customer, "Kund", 31, &long_name()),
    ];
    Section::new("Transcript").with(Bubbles::new("Transcript", said).hits("1 hit", "hit")).into()
}

fn heat(shell: &Shell) -> Html {
    let mut counts = [[0u64; 24]; 7];
    for (day, hours) in counts.iter_mut().enumerate() {
        for (hour, n) in hours.iter_mut().enumerate() {
            let work = day < 5 && (7..18).contains(&hour);
            *n = if work {
                20 + ((hour * 13 + day * 7) % 40) as u64
            } else {
                ((hour + day) % 5 == 0) as u64 * 3
            };
        }
    }
    counts[2][3] = 61;
    let heat = (0..5)
        .fold(Heat::new(shell.t, "Sign-ins by hour and weekday", counts), |heat, day| heat.work(day, 7..18));
    Section::new("When people sign in").with(heat).into()
}
