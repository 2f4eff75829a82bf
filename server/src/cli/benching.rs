//! `vaktbok bench`: fills a folder of its own, measures, prints the table.

use super::answer::{complain, said};
use super::line::Bench;
use super::serving::Passing;
use super::{DONE, FAILED};
use crate::bench::{self, Asked, Progress};
use crate::ops::config::Config;
use crate::ui::Locale;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

/// Measures; gives the exit code. A figure that is not as it should be is a figure, not a failure.
pub async fn bench(mut config: Config, asked: &Bench, t: Locale) -> u8 {
    let passing = match asked.keeps_its_folder() {
        true => Ok(None),
        false => Passing::folder(&mut config).map(Some),
    };
    let passing = match passing {
        Ok(passing) => passing,
        Err(cause) => {
            complain(&cause.to_string());
            return FAILED;
        }
    };
    let report = &asked.report;
    let wanted = Asked {
        entries: asked.entries,
        runs: asked.runs,
        only: asked.only.clone(),
        role: asked.role.clone(),
        sign_ins: asked.sign_ins,
        settle: Duration::from_secs(asked.settle_seconds),
        recording_megabytes: asked.recording_megabytes,
    };
    let progress: Progress = Arc::new(move |message| complain(&t.tell(&message)));
    let measured = bench::run(&config, &wanted, &progress).await;
    drop(passing);
    match measured {
        Ok(figures) => {
            let text = if report.json { format!("{:#}\n", figures.json()) } else { figures.text(&t) };
            // A reader that went away is no fault of ours.
            let _ = std::io::stdout().lock().write_all(text.as_bytes());
            DONE
        }
        Err(error) => {
            complain(&said(&t, &error));
            FAILED
        }
    }
}
