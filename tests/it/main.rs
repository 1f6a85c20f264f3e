//! Everything that needs more than one room. One binary, one file or folder a subject.

mod storage;
