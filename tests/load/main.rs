//! What Parvis costs, measured beside what this machine can do.

fn main() {}
