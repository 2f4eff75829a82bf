//! What people do and see, played in a real browser.

mod four;
mod gallery;
mod home;
mod keyboard;
mod pages;
mod phone;
mod product;
mod raw;
mod script;
