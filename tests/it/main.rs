//! The tests, one binary. A name is a sentence; a folder is a subject.

mod pages;
