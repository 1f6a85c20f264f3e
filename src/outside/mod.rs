//! The world beyond the process.
//!
//! May import: `values`, `model`, `crypto`, `protocol`, and of `pages` the mail as it is written. Whoever wants to reach another server goes through [`Fetch`] and names the [`Purpose`].
//!
//! An example: a client registered `https://internal.example/` to be told of sign-outs, and the name resolves to 10.0.0.5. `fetch` looks the name up, sees an
//! address that belongs to somebody's own network, and no connection is made.
//!
//! Why it is so: an address that a stranger registered must not make this server knock on doors that only this server can reach.

mod address;
mod captcha;
mod fetch;
pub mod mail;
mod names;

pub use address::is_public;
pub use captcha::{CaptchaAsked, CaptchaSilent, Captchas, SiteVerify};
pub use fetch::{Fetch, FetchFailed, FetchRules, Purpose};
pub use mail::Mailer;
pub use names::{Names, SystemNames};
