//! The order of steps. Read a column to know a journey.

use crate::model::{
    Purpose::{self, Confirm, Reset, SignIn, SignUp},
    StepName::{self, AppConsent, Check, ChooseCredential, Company, Identify, NewPassword, OrgConsent, Profile, Prove, Standing, Stay, Terms, VerifyEmail},
};

/// Doors: no purpose walks around them; their `owed` looks at the ending. A test pins the list.
const EVERY: &[Purpose] = &[SignIn, SignUp, Confirm, Reset];

/// Rows are steps, in the order a person meets them; columns are purposes. A cell means «may be asked»; the step's `owed` says whether.
#[rustfmt::skip]
pub const TABLE: &[(StepName, &[Purpose])] = &[
    (Identify,         &[SignIn, SignUp, Confirm, Reset]),
    (Check,            &[        SignUp,          Reset]),   // before a code is mailed, where the network is suspect; who signs in has the password beside it
    (Prove,            &[SignIn,         Confirm, Reset]),
    (Standing,         EVERY),                        // silent until the subject proved something
    (VerifyEmail,      &[        SignUp         ]),   // only then it is looked whether there is an account
    (NewPassword,      &[SignIn,         Confirm, Reset]),   // a reset goes no further: it becomes a sign-in, which asks all that one asks
    (ChooseCredential, &[        SignUp         ]),
    (Profile,          &[        SignUp         ]),
    (OrgConsent,       EVERY),                        // owed only where the ending is a client, and home is elsewhere
    (Stay,             &[SignIn                 ]),   // after the last proof, once for each browser
    (AppConsent,       EVERY),                        // owed only where the ending is a client
    (Terms,            EVERY),                        // the same
    (Company,          EVERY),                        // the last: what was typed is not lost by what comes after
];
