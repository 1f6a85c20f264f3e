//! What goes back: pages, JSON, redirects, and the only place where a failure becomes a status.

mod failure;
mod page;
mod response_mode;

pub use failure::{Failure, status_of};
pub use page::{Around, page, problem, seconds_until, see_other};
pub use response_mode::{leads_to, to_client};
