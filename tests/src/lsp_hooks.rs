//! Watching and holding up the analysis threads of a server in this process.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use gouji_lsp::Hooks;

/// What the analysis threads were given, in order, and a gate that holds them up while closed.
#[derive(Clone, Default)]
pub struct Watch {
    texts: Arc<Mutex<Vec<(i32, String)>>>,
    /// The gate is closed for texts that contain this.
    held: Arc<Mutex<Option<String>>>,
}

impl Watch {
    /// Hooks for a server; a text that contains 恐慌 panics before it is analysed.
    pub fn hooks(&self) -> Hooks {
        let watch = self.clone();
        let before_analysis = move |text: &gouji_core::text::Text, version| {
            let text = text.to_string();
            let panics = text.contains("恐慌");
            watch.texts.lock().unwrap_or_else(PoisonError::into_inner).push((version, text.clone()));
            while watch.holds(&text) {
                std::thread::sleep(Duration::from_millis(1));
            }
            assert!(!panics, "planted");
        };
        Hooks { before_analysis: Some(Box::new(before_analysis)), ..Hooks::default() }
    }

    fn holds(&self, text: &str) -> bool {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().is_some_and(|word| text.contains(word))
    }

    /// Holds up all analysis from the next one on.
    pub fn close(&self) {
        self.hold("");
    }

    /// Holds up the analysis of texts that contain a word.
    pub fn hold(&self, word: &str) {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(word.to_owned());
    }

    /// Lets it go on.
    pub fn open(&self) {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Versions and texts of which analysis began.
    pub fn seen(&self) -> Vec<(i32, String)> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The text of which analysis began last.
    pub fn last(&self) -> String {
        self.seen().pop().map(|(_, text)| text).unwrap_or_default()
    }

    /// Returns once the analysis of such a text has begun.
    pub async fn begun(&self, wanted: impl Fn(i32, &str) -> bool) {
        let begun = || {
            let texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
            texts.iter().any(|(version, text)| wanted(*version, text))
        };
        while !begun() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}
