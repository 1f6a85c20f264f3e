//! `serve --demo`.

mod apps;
mod fixtures;
mod pages;
