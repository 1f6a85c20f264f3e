//! The consoles: `/admin/{tenant}/…`, where `{tenant}` is the id, name or domain of an organisation, as in every address of its issuer.
//!
//! One address for every organisation, the default one included; `/admin` alone leads to the one in which the person has a role. The name of the organisation
//! comes second and not first, so that the case of what follows is kept: ids and cursors stand there.
//!
//! Every page takes a [`Console`], which is the whole of «who is it, where, and may they»: the rights are asked of `policy::admin::may`, and what is done goes
//! through the functions of `service::admin` that the API calls, too.

pub mod account;
pub mod accounts;
pub mod audit;
pub mod companies;
mod console;
pub mod front;
pub mod home;
pub mod invitations;
pub mod support;
pub mod terms;

pub use console::Console;
