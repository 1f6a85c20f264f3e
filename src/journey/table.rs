//! The order of steps. Read a column to know a journey.

use crate::model::{
    Purpose::{self, Confirm, SignIn},
    StepName::{self, AppConsent, Identify, Prove, Standing, Stay},
};

/// Doors: no purpose walks around them; their `owed` looks at the ending. A test pins the list.
const EVERY: &[Purpose] = &[SignIn, Confirm];

/// Rows are steps, in the order a person meets them; columns are purposes. A cell means «may be asked»; the step's `owed` says whether.
#[rustfmt::skip]
pub const TABLE: &[(StepName, &[Purpose])] = &[
    (Identify,   &[SignIn, Confirm]),
    (Prove,      &[SignIn, Confirm]),
    (Standing,   EVERY),                // silent until the subject proved something
    (Stay,       &[SignIn         ]),   // after the last proof, once for each browser
    (AppConsent, EVERY),                // owed only where the ending is a client
];
