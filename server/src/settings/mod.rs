//! Settings: typed values, inherited system → tenant → group → user.

pub mod own;
