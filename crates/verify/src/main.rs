//! `vaktbok-verify`: says whether an exported book is whole. Exit 0: whole; 1: not whole, with the entry and what is
//! wrong; 2: something could not be read or compared.
#![forbid(unsafe_code)]

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use verify::{Answer, Papers, Report};

/// The longest head or key file that is read, in bytes.
const PAPER_BYTES_MAX: u64 = 1024 * 1024;
const BUFFER_BYTES: usize = 256 * 1024;

/// Checks that an exported book is whole: that no entry is altered, missing, swapped, put in or re-dated.
///
/// Exit code 0: whole. 1: not whole, with the entry and what is wrong. 2: something could not be read or compared.
#[derive(Parser)]
#[command(name = "vaktbok-verify", version)]
struct Asked {
    /// The export (JSON Lines), or - for standard input
    export: PathBuf,
    /// The signed head
    #[arg(long, value_name = "FILE")]
    head: PathBuf,
    /// The book's public key, got from elsewhere than the export
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// A signed head kept from an earlier day: shows roll-back and rewriting
    #[arg(long, value_name = "FILE")]
    earlier: Option<PathBuf>,
    /// Report as JSON
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let asked = Asked::parse();
    match report(&asked) {
        Ok(report) => {
            if asked.json {
                println!("{}", report.to_json())
            } else {
                print!("{report}")
            }
            ExitCode::from(match report.answer() {
                Answer::Whole => 0,
                Answer::NotWhole => 1,
                Answer::EarlierOutOfReach => 2,
            })
        }
        Err(why) => {
            if asked.json {
                println!("{}", serde_json::json!({"whole": null, "cannot_read": why}))
            }
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

fn report(asked: &Asked) -> Result<Report, String> {
    let head = paper(&asked.head)?;
    let key = paper(&asked.key)?;
    let earlier = asked.earlier.as_deref().map(paper).transpose()?;
    let papers = Papers { head: &head, key: &key, earlier: earlier.as_deref() };
    verify::verify(export(&asked.export)?, papers).map_err(|bad| bad.to_string())
}

fn export(path: &Path) -> Result<Box<dyn BufRead>, String> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, io::stdin())));
    }
    let file = File::open(path).map_err(|bad| format!("{}: {bad}", path.display()))?;
    Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, file)))
}

fn paper(path: &Path) -> Result<String, String> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(PAPER_BYTES_MAX).read_to_string(&mut text));
    read.map(|_| text).map_err(|bad| format!("{}: {bad}", path.display()))
}
