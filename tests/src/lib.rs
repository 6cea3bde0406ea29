//! What crosses a process or the whole engine: fixtures, the server over stdio, the command line.

pub mod dice;
pub mod expect;
pub mod fuzz;
pub mod generate;
pub mod lsp_client;
pub mod lsp_editor;
pub mod lsp_hooks;
pub mod lsp_program;
pub mod render;
