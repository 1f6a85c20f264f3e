//! The real program: how it starts, what it refuses, how it stops, and the command line that speaks to it.

mod captcha;
mod command_line;
mod readiness;
mod refusals;
mod serving;
mod setup;
mod stopping;
mod tls;

pub(crate) mod served;
