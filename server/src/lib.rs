pub mod archive;
pub mod ops;
