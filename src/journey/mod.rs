//! What a person walks through: which step is owed, and what each screen does.
//!
//! May import: all rooms above. Inside, the order is `tools, facts, screen, table, steps, plan, ending, engine`: each imports only what stands before it.

mod tools;

pub use tools::Tools;
