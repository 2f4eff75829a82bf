//! `vaktbok-verify`: says whether an exported book is whole. Exit 0: whole; 1: not whole, with the entry and what is
//! wrong; 2: something could not be read or compared.
#![forbid(unsafe_code)]

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use book::EXTRACT_BYTES_MAX;
use clap::Parser;
use serde_json::{Value, json};
use verify::{Answer, Papers};

/// The longest head or key file that is read, in bytes.
const PAPER_BYTES_MAX: usize = 1024 * 1024;
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
    #[arg(long, value_name = "FILE", required_unless_present = "extract")]
    head: Option<PathBuf>,
    /// The book's public key, got from elsewhere than the export
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// A signed head kept from an earlier day: shows roll-back and rewriting
    #[arg(long, value_name = "FILE")]
    earlier: Option<PathBuf>,
    /// The file is an extract: one entry, certified by the head that it carries
    #[arg(long, conflicts_with_all = ["head", "earlier"])]
    extract: bool,
    /// Report as JSON
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let asked = Asked::parse();
    match answer(&asked) {
        Ok((text, json, code)) => {
            if asked.json {
                println!("{json}")
            } else {
                print!("{text}")
            }
            ExitCode::from(code)
        }
        Err(why) => {
            if asked.json {
                println!("{}", json!({"whole": null, "cannot_read": why}))
            }
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

/// The answer for people, for programs, and as an exit code.
fn answer(asked: &Asked) -> Result<(String, Value, u8), String> {
    let key = paper(&asked.key, PAPER_BYTES_MAX)?;
    let Some(head) = &asked.head else {
        let extract = paper(&asked.export, EXTRACT_BYTES_MAX)?;
        let certified = verify::extract(&extract, &key).map_err(|bad| bad.to_string())?;
        return Ok((certified.to_string(), certified.to_json(), u8::from(!certified.holds())));
    };
    let head = paper(head, PAPER_BYTES_MAX)?;
    let earlier = asked.earlier.as_deref().map(|path| paper(path, PAPER_BYTES_MAX)).transpose()?;
    let papers = Papers { head: &head, key: &key, earlier: earlier.as_deref() };
    let report = verify::verify(export(&asked.export)?, papers).map_err(|bad| bad.to_string())?;
    let code = match report.answer() {
        Answer::Whole => 0,
        Answer::NotWhole => 1,
        Answer::EarlierOutOfReach => 2,
    };
    Ok((report.to_string(), report.to_json(), code))
}

fn export(path: &Path) -> Result<Box<dyn BufRead>, String> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, io::stdin())));
    }
    let file = File::open(path).map_err(|bad| format!("{}: {bad}", path.display()))?;
    Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, file)))
}

fn paper(path: &Path, bytes_max: usize) -> Result<String, String> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(bytes_max as u64).read_to_string(&mut text));
    read.map(|_| text).map_err(|bad| format!("{}: {bad}", path.display()))
}
