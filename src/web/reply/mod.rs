//! What goes back: pages, JSON, redirects, and the only place where a failure becomes a status.

mod failure;
mod page;
mod response_mode;

pub use failure::{Failure, status_of};
pub use page::{Around, see_other, page, problem};
pub use response_mode::to_client;
