//! One file for each attack.

mod ssrf;
