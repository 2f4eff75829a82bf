//! Finished interactions: how they come in, and what is kept of them.
//!
//! Pure parts, without database or network:
//! `vcon` reads IETF vCon files · `hashing` checks stated hashes of media · `audio` decodes sound to a waveform ·
//! `samples` the interactions that the demo shows when it is given none.

pub mod hashing;
pub mod vcon;
