//! Seams for tests.

use gouji_core::text::Text;

/// Closures that a test may put into a running server. Empty in use.
#[derive(Default)]
pub struct Hooks {
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
