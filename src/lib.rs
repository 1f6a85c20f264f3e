//! Parvis: a self-contained OpenID Connect and OAuth 2 identity provider. One binary, one data folder.
//!
//! **HTTP asks, services load, pure rooms decide, one commit remembers, pages answer.**
//!
//! The rooms, in layer order; each imports only rooms above it in this list (`tests/it/architecture.rs` holds them to it).

// The words everything else is said in.
pub mod values;
// What is remembered.
pub mod model;
// Mechanisms with no opinion: hash, sign, seal, verify.
pub mod crypto;
// The OAuth and OpenID Connect rules as pure functions.
pub mod protocol;
// The owner's rules as pure functions.
pub mod policy;
// What a template may be given, and the engine that renders it.
pub mod pages;
// Where records live.
pub mod storage;
// The world beyond the process.
pub mod outside;
// What a person walks through.
pub mod journey;
// One file for each thing the server does.
pub mod service;
// HTTP only: routes, extractors, replies.
pub mod web;
// What happens without a request.
pub mod jobs;
// Configuration, the command line, listening.
pub mod boot;
