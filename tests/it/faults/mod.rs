//! What must survive: killed processes, power cuts, full and failing disks, torn files, stops, panics, bursts. (Faults F1, F2, F4, F5, F6, F14, F18, load L7;
//! F13 stands in `boot::refusals`. [`abort`]: the server ends at each commit of a journey.)
//!
//! Each test has a short form and, with `PARVIS_FAULTS=full` in the environment, a long one. The store is tried by a child process, which is this binary
//! again, works on it and says what was acknowledged; the test keeps the [`ledger`], does the harm, and compares. The server is tried as its users meet it:
//! the hands of a [`story`] ask for things over HTTP and remember what they were told. Where a small file system must be mounted and may not be, the test
//! says so and passes; with `CI=true` it fails instead.

mod abort;
mod burst;
mod child;
mod crash;
mod disk;
mod disk_of_server;
mod family;
mod fuzz;
mod hand;
mod kill;
mod ledger;
mod mount;
mod panics;
mod party;
mod power;
mod race;
mod stop;
mod story;
mod torn;
mod wire;

/// A setting of the environment; the tests are told by it what they are and how long they may take.
#[expect(clippy::disallowed_methods, reason = "the configuration of tests is not the product's")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Was the long form asked for?
fn is_full() -> bool {
    setting("PARVIS_FAULTS").as_deref() == Some("full")
}

/// How often, in the form that was asked for.
fn rounds(short: u64, full: u64) -> u64 {
    if is_full() { full } else { short }
}

/// Numbers that differ from run to run, and can be repeated: the seed is printed and `PARVIS_SEED` sets it.
struct Dice(u64);

impl Dice {
    fn new() -> Self {
        let seed = setting("PARVIS_SEED").and_then(|text| text.parse().ok()).unwrap_or_else(|| {
            let mut bytes = [0; 8];
            parvis::values::Entropy::fill(&parvis::crypto::SystemEntropy::default(), &mut bytes);
            u64::from_le_bytes(bytes)
        });
        println!("PARVIS_SEED={seed}");
        Self(seed)
    }

    /// One of `from..to`.
    fn between(&mut self, from: u64, to: u64) -> u64 {
        // The step of splitmix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        from + (mixed ^ (mixed >> 31)) % (to - from)
    }
}
