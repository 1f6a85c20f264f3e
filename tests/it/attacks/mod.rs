//! One file for each attack.

mod enumeration;
mod shortcuts;
mod ssrf;
mod tabs;
