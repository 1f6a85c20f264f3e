//! The one integration binary: everything that is not a unit test of a pure room.
#![cfg(test)]

mod admin;
mod addresses;
mod architecture;
mod attacks;
mod boot;
mod console;
mod demo;
mod faults;
mod harness;
mod journeys;
mod logout;
mod mail;
mod pages;
mod protocol;
mod relying_party;
mod storage;
mod webhooks;
