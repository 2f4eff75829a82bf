//! Makes `places/world.bin` from the lists of three npm packages; `places/README.md` tells how and under which licences.
//!
//!     cargo run --release --example remake-places -- 2026-06-17 USE_FOLDER REGISTRY_FOLDER NETWORK_FOLDER places/world.bin

use std::error::Error;
use std::path::Path;

use server::ops::places::pack::{self, Listed};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [day, used, registered, network, out] = arguments.as_slice() else {
        return Err("wanted: DAY USE_FOLDER REGISTRY_FOLDER NETWORK_FOLDER OUT".into());
    };
    let day: jiff::civil::Date = day.parse()?;
    let day_seconds = day.to_zoned(jiff::tz::TimeZone::UTC)?.timestamp().as_second();
    let country = |end: &str| -> Result<Vec<Listed>, Box<dyn Error>> {
        let used = list(&Path::new(used).join(format!("geo-whois-asn-country-{end}")), 2)?;
        let registered = list(&Path::new(registered).join(format!("asn-country-{end}")), 2)?;
        Ok(pack::narrower(&used, &registered))
    };
    let network = |name: &str| list(&Path::new(network).join(name), 3);
    let lists = [
        country("ipv4-num.csv")?,
        country("ipv6-num.csv")?,
        network("asn-ipv4-num.csv")?,
        network("asn-ipv6-num.csv")?,
    ];
    let packed = pack::pack(&lists, day_seconds)?;
    println!("{} bytes", packed.len());
    Ok(std::fs::write(out, packed)?)
}

/// Reads "first,last,…" with the value in column `value`.
fn list(file: &Path, value: usize) -> Result<Vec<Listed>, Box<dyn Error>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(file)?;
    let mut listed = Vec::new();
    for row in reader.records() {
        let row = row?;
        let clean: String = row[value].chars().filter(|c| !c.is_control()).take(120).collect();
        listed.push((row[0].parse()?, row[1].parse()?, clean.trim().to_owned()));
    }
    listed.sort();
    Ok(listed)
}
