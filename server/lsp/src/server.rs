//! The framework's side of the server: which request is answered where.

use std::sync::Arc;

use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use crate::requests::{self, coverage, explain, recognise};
use crate::session::Session;

/// The handlers. They read snapshots and change nothing; see the ingress for what changes.
pub struct Server {
    session: Arc<Session>,
}

impl Server {
    /// Handlers over a session.
    pub fn new(session: Arc<Session>) -> Self {
        Self { session }
    }
}

/// Requests of our own, `gouji/…`.
impl Server {
    /// `gouji/explain`.
    pub async fn explain(&self, params: explain::Params) -> Result<Option<explain::Explained>> {
        Ok(explain::answer(&self.session, &params))
    }

    /// `gouji/recognise`.
    pub async fn recognise(&self, params: recognise::Params) -> Result<Option<recognise::Recognised>> {
        recognise::answer(&self.session, params).await
    }

    /// `gouji/coverage`.
    pub async fn coverage(&self, params: coverage::Params) -> Result<Option<coverage::Covered>> {
        coverage::answer(&self.session, params).await
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        let info = ServerInfo { name: "gouji".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
        let capabilities = self.session.settings().offer();
        Ok(InitializeResult { capabilities, server_info: Some(info), ..InitializeResult::default() })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.session.greet();
        self.session.watch();
    }

    async fn shutdown(&self) -> Result<()> {
        self.session.shutdown();
        Ok(())
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        requests::hover::answer(&self.session, params).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        requests::code_action::answer(&self.session, params).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        requests::diagnostic::answer(&self.session, params).await
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        requests::workspace_diagnostic::answer(&self.session, params).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        requests::document_symbol::answer(&self.session, params).await
    }
}
