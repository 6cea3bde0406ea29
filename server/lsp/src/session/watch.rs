//! What is watched on the disk, and what becomes of the client's word that something changed there.

use std::sync::Arc;

use serde_json::{Value, json};
use tower_lsp::ls_types::Registration;

use super::disk::Root;
use super::{Session, words};
use crate::uri;

/// The files that are watched: those that a folder is searched for, and those by which it says how they are checked.
const WATCHED: [&str; 3] = ["**/*.{txt,md,markdown,tsv,csv}", "**/gouji.toml", "**/.gouji/rules/*.md"];

impl Session {
    /// Asks the client to watch the folders, where it can be asked.
    pub fn watch(self: &Arc<Self>) {
        if !self.settings().watches {
            return;
        }
        let Some(client) = self.client.get().cloned() else { return };
        let options = json!({"watchers": WATCHED.map(|glob| json!({"globPattern": glob}))});
        let registration = Registration {
            id: "gouji-documents".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: Some(options),
        };
        let session = Arc::clone(self);
        self.runtime.spawn(async move {
            if let Err(error) = client.register_capability(vec![registration]).await {
                session.asked_in_vain("files are not watched", &error);
            }
        });
    }

    /// Something changed on the disk.
    pub fn touched(&self, changes: &Value) {
        let changes = changes["changes"].as_array().map(Vec::as_slice).unwrap_or_default();
        let spelt = changes.iter().filter_map(|change| change["uri"].as_str());
        let files: Vec<Arc<str>> = spelt.map(|uri| Arc::from(uri::canonical(uri).as_str())).collect();
        self.disk.touched(&files);
        if files.iter().any(|file| words::is_one(file)) {
            self.forget_words();
        }
    }

    /// The workspace folders, as `initialize` tells them.
    pub fn take_folders(&self, params: &Value) {
        let listed = params["workspaceFolders"].as_array();
        let spelt: Vec<&str> = match listed {
            Some(folders) => folders.iter().filter_map(|folder| folder["uri"].as_str()).collect(),
            None => params["rootUri"].as_str().into_iter().collect(),
        };
        let roots = spelt.into_iter().filter_map(root).collect();
        *self.folders() = roots;
        self.read_folders();
    }

    /// Folders come and go.
    pub fn change_folders(&self, params: &Value) {
        let spelt = |list: &str| -> Vec<Root> {
            let folders = params["event"][list].as_array().map(Vec::as_slice).unwrap_or_default();
            folders.iter().filter_map(|folder| root(folder["uri"].as_str()?)).collect()
        };
        let (added, removed) = (spelt("added"), spelt("removed"));
        {
            let mut folders = self.folders();
            folders.retain(|known| !removed.iter().any(|gone| gone.canonical == known.canonical));
            for root in added {
                if !folders.iter().any(|known| known.canonical == root.canonical) {
                    folders.push(root);
                }
            }
        }
        self.read_folders();
    }

    /// Has the folders read, or none where the user wants only open documents compared.
    pub(super) fn read_folders(&self) {
        let wanted = self.preferences().folder;
        let roots = if wanted { self.folders().clone() } else { Vec::new() };
        self.disk.roots(roots);
    }
}

fn root(spelling: &str) -> Option<Root> {
    let spelling = spelling.trim_end_matches('/');
    let canonical = uri::canonical(spelling);
    Some(Root { path: uri::path(&canonical)?, canonical, spelling: spelling.to_owned() })
}
