//! Watching and holding up the analysis thread of a server in this process.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use gouji_lsp::Hooks;

/// What the analysis thread was given, in order, and a gate that holds it up while closed.
#[derive(Clone, Default)]
pub struct Watch {
    texts: Arc<Mutex<Vec<(i32, String)>>>,
    closed: Arc<AtomicBool>,
}

impl Watch {
    /// Hooks for a server; a text that contains 恐慌 panics.
    pub fn hooks(&self) -> Hooks {
        let watch = self.clone();
        let before_analysis = move |text: &gouji_core::text::Text, version| {
            let text = text.to_string();
            let panics = text.contains("恐慌");
            watch.texts.lock().unwrap_or_else(PoisonError::into_inner).push((version, text));
            while watch.closed.load(Ordering::Acquire) {
                std::thread::sleep(Duration::from_millis(1));
            }
            assert!(!panics, "planted");
        };
        Hooks { before_analysis: Some(Box::new(before_analysis)) }
    }

    /// Holds up the analysis thread from its next analysis on.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
    }

    /// Lets it go on.
    pub fn open(&self) {
        self.closed.store(false, Ordering::Release);
    }

    /// Versions and texts analysed.
    pub fn seen(&self) -> Vec<(i32, String)> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The text analysed last.
    pub fn last(&self) -> String {
        self.seen().pop().map(|(_, text)| text).unwrap_or_default()
    }
}
