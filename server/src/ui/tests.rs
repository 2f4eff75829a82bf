//! Every sentence exists in both languages, and every sample of every page is clean in both.

mod assets;
mod parts;
mod samples;
mod sentences;
mod words;
