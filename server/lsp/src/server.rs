//! The framework's side of the server: which request is answered where.

use std::sync::Arc;

use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use crate::requests;
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

impl LanguageServer for Server {
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        let info = ServerInfo { name: "gouji".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
        let capabilities = self.session.settings().offer();
        Ok(InitializeResult { capabilities, server_info: Some(info), ..InitializeResult::default() })
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

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        requests::document_symbol::answer(&self.session, params).await
    }
}
