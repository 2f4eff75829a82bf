//! What it costs to sign in: CPU beside that of the bare hash, and the time by which a stranger could tell names apart.

use super::Asked;
use super::client::Visitor;
use super::gauge::{Lap, Times, median};
use super::portal::Portal;
use super::report::{Report, Row};
use super::town::{Duty, NUMBER, Town, give_password};
use crate::App;
use crate::signin::password::{self, COST, Cost, SALT_BYTES, Typed};
use argon2::{Algorithm, Argon2, Params, Version};
use kernel::{Error, Result};

/// Attempts of one kind in one run.
const ATTEMPTS: usize = 40;
/// Failures in a row that one user is given: one more would have to wait.
const FAILURES: usize = 3;

/// Measures attempts through the form.
///
/// # Errors
/// `Broken` when an attempt is not answered as it should be.
pub async fn measure(app: &App, town: &Town, asked: &Asked, report: &mut Report) -> Result<()> {
    let portal = Portal::open(app).await?;
    let password = data_encoding::BASE64URL_NOPAD.encode(&app.store.chance().bytes::<18>());
    let typed = Typed::new(&password);
    let salt: [u8; SALT_BYTES] = app.store.chance().bytes();
    let hash = password::hash(&app.keys, &typed, salt)?;
    let people = town.of(Duty::Agent);
    let own = people.first().copied().unwrap_or(&town.auditor);
    give_password(app, town.tenant, own.user, hash.clone()).await?;
    let (mut bare, mut whole, mut wrong, mut unknown) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut next = people.iter().skip(1).cycle();
    let attempts = asked.times(ATTEMPTS);
    for run in 0..asked.runs {
        let lap = Lap::begin();
        for _ in 0..attempts {
            bare_hash(password.as_bytes(), &salt)?;
        }
        bare.push(lap.end().1 * 1e3 / attempts as f64);
        let lap = Lap::begin();
        for _ in 0..attempts {
            attempt(&portal, &own.user_name, &password, 303).await?;
        }
        whole.push(lap.end().1 * 1e3 / attempts as f64);
        let (mut wrongs, mut unknowns) = (Times::default(), Times::default());
        for n in 0..attempts {
            if let Some(person) = next.next().filter(|_| n < people.len() * FAILURES / asked.runs.max(1)) {
                wrongs.add(attempt(&portal, &person.user_name, "fel lösenord här", 422).await?);
            }
            let nobody = format!("nobody{run}x{n}");
            unknowns.add(attempt(&portal, &nobody, "fel lösenord här", 422).await?);
        }
        wrong.push(wrongs.percentile(50));
        unknown.push(unknowns.percentile(50));
    }
    give_password(app, town.tenant, own.user, town.hash.clone()).await?;
    let ratios: Vec<f64> = whole.iter().zip(&bare).map(|(whole, bare)| whole / bare).collect();
    report.add(Row::of("hash-cpu", &bare, "ms"));
    report.add(Row::of("sign-in-cpu", &whole, "ms"));
    report.add(Row::of("sign-in-ratio", &ratios, "times").at_most(1.15));
    report.add(Row::of("sign-in-wrong", &wrong, "ms"));
    report.add(Row::of("sign-in-unknown", &unknown, "ms"));
    report.add(Row::new("sign-in-difference", (median(&wrong) - median(&unknown)).abs(), "ms").at_most(5.0));
    Ok(())
}

/// The library's own work at our cost, in memory of its own: what all else is compared with.
fn bare_hash(password: &[u8], salt: &[u8]) -> Result<()> {
    let Cost { memory_kib, passes, lanes } = COST;
    let params = Params::new(memory_kib, passes, lanes, None).map_err(Error::broken)?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut out = [0; 32];
    argon.hash_password_into(password, salt, &mut out).map_err(Error::broken)?;
    std::hint::black_box(out);
    Ok(())
}

/// One attempt by a browser that has no cookie yet.
async fn attempt(portal: &Portal, name: &str, password: &str, status: u16) -> Result<std::time::Duration> {
    let mut visitor = Visitor::new(portal.address);
    let number = NUMBER.to_string();
    let form = [("number", number.as_str()), ("name", name), ("password", password)];
    let answer = visitor.post("/sign-in", &form).await?;
    if answer.status != status {
        return Err(Error::broken(format!("signing in {name} answered {}", answer.status)));
    }
    Ok(answer.took)
}
