//! Ways round the kernel that must not compile: each file is one attempt, its `.stderr` the compiler's refusal.
//!
//! Where a refusal changes with the compiler, read it before accepting it (`TRYBUILD=overwrite`): it must still refuse the
//! attempt, and not something else.

#[test]
fn the_kernel_cannot_be_stepped_round() {
    trybuild::TestCases::new().compile_fail("tests/bypasses/*.rs");
}
