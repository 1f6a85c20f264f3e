//! Every page, in every language, with every sample it has.

mod frames;
mod journey_samples;
mod looks;
mod rendering;
mod words;
