//! Every sentence exists in both languages, and every sample of every page is clean in both.

mod assets;
mod samples;
mod sentences;
mod words;
