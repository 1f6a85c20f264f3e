//! Every page, in every language, with every sample it has.

mod frames;
mod hostile;
mod looks;
mod rendering;
mod served;
mod words;
