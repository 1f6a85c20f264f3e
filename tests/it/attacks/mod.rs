//! One file for each attack.

mod enumeration;
mod ssrf;
