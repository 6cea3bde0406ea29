//! Seams for tests.

use std::time::Duration;

use gouji_core::text::Text;

/// What a test may have otherwise in a running server. In use there are no closures.
#[derive(Default)]
pub struct Hooks {
    /// How long the disk is left alone after the start: who has just come opens what it shows, and that need not be read
    /// twice.
    pub patience: Duration,
    /// Called on the analysis thread before each analysis, with the text and the client's version. May block or panic.
    pub before_analysis: Option<BeforeAnalysis>,
    /// Called on the analysis thread when a document has been analysed and before its findings are published, with the
    /// client's version. May block or panic.
    pub before_publishing: Option<BeforePublishing>,
}

/// See [`Hooks::before_analysis`].
pub type BeforeAnalysis = Box<dyn Fn(&Text, i32) + Send + Sync>;
/// See [`Hooks::before_publishing`].
pub type BeforePublishing = Box<dyn Fn(i32) + Send + Sync>;
