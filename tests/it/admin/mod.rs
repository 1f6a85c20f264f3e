//! The administration API.

mod account_ends;
mod crud;
mod description;
mod tokens;
mod vouched;
