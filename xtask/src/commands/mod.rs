//! One module for each command.

pub mod asterisk;
pub mod bench;
pub mod check;
pub mod fuzz;
pub mod run;
pub mod test;
