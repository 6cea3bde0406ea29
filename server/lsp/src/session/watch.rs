//! Files that are not open: which of them the client is asked to watch, and what a change of one means.

use serde_json::json;
use tower_lsp::ls_types::{DidChangeWatchedFilesParams, Registration};

use super::Session;
use super::words::is_one;

/// What is watched: the words of folders.
const GLOBS: [&str; 2] = ["**/gouji.toml", "**/.gouji/rules/*.md"];

/// The request that the client watch them.
pub fn registration() -> Registration {
    let watchers: Vec<_> = GLOBS.iter().map(|glob| json!({"globPattern": glob})).collect();
    Registration {
        id: "gouji.watch".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: Some(json!({"watchers": watchers})),
    }
}

impl Session {
    /// Files were written, made or removed, by whomever.
    pub fn watched(&self, params: &DidChangeWatchedFilesParams) {
        if params.changes.iter().any(|change| is_one(&change.uri)) {
            self.forget_words();
        }
    }
}
