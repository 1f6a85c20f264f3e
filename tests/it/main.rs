//! The one integration binary: everything that is not a unit test of a pure room.
#![cfg(test)]

mod architecture;
mod pages;
mod faults;
mod harness;
mod protocol;
mod storage;
