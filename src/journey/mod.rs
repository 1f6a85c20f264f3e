//! What a person walks through: which step is owed, and what each screen does.
//!
//! May import: all rooms above. Inside, the order is `tools, hook, letter, closing, invited, company, terms, facts, agreements, guess, check, codes,
//! mail_code, new_address, new_password, screen, table, steps, plan, newcomer, founding, ending, engine`: each imports only what stands before it.
//!
//! An example: somebody posts a password. The engine loads the [`facts`], asks the [`plan`] what is owed, refuses a screen that is not on offer, counts the
//! guess durably, lets the screen judge it, commits the evidence, and plans again. Nothing stores a «current step»: a new step, the back button or a second
//! tab cannot make an illegal state, because the step is derived from evidence each time.

mod tools;
pub mod hook;
pub mod letter;
pub mod closing;
pub mod invited;
pub mod company;
pub mod terms;
pub mod facts;
pub mod agreements;
pub mod guess;
pub mod check;
pub mod codes;
pub mod mail_code;
pub mod new_address;
pub mod new_password;
pub mod screen;
pub mod table;
pub mod steps;
pub mod plan;
pub mod newcomer;
pub mod founding;
pub mod ending;
pub mod engine;

pub use letter::Letter;
pub use tools::Tools;
