//! One file for each attack.

mod enumeration;
mod shortcuts;
mod skipped;
mod ssrf;
mod tabs;
