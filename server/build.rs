//! Rebuilds the program when a file of sentences is added or taken away: the
//! loader reads the folder while compiling, and the compiler sees only files.

fn main() {
    println!("cargo::rerun-if-changed=../locales/en");
    println!("cargo::rerun-if-changed=../locales/sv");
    println!("cargo::rerun-if-changed=build.rs");
}
