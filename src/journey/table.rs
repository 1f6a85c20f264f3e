//! The order of steps. Read a column to know a journey.

use crate::model::{
    Purpose::{self, Confirm, SignIn, SignUp},
    StepName::{self, AppConsent, ChooseCredential, Company, Identify, OrgConsent, Profile, Prove, Standing, Stay, Terms, VerifyEmail},
};

/// Doors: no purpose walks around them; their `owed` looks at the ending. A test pins the list.
const EVERY: &[Purpose] = &[SignIn, SignUp, Confirm];

/// Rows are steps, in the order a person meets them; columns are purposes. A cell means «may be asked»; the step's `owed` says whether.
#[rustfmt::skip]
pub const TABLE: &[(StepName, &[Purpose])] = &[
    (Identify,         &[SignIn, SignUp, Confirm]),
    (Prove,            &[SignIn,         Confirm]),
    (Standing,         EVERY),                        // silent until the subject proved something
    (VerifyEmail,      &[        SignUp         ]),   // only then it is looked whether there is an account
    (ChooseCredential, &[        SignUp         ]),
    (Profile,          &[        SignUp         ]),
    (OrgConsent,       EVERY),                        // owed only where the ending is a client, and home is elsewhere
    (Stay,             &[SignIn                 ]),   // after the last proof, once for each browser
    (AppConsent,       EVERY),                        // owed only where the ending is a client
    (Terms,            EVERY),                        // the same
    (Company,          &[SignIn, SignUp, Confirm]),   // the last: what was typed is not lost by what comes after
];
