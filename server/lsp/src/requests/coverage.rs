//! `gouji/coverage`: how much of a document is checked, and where it is not.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Range, TextDocumentIdentifier};

use super::read;
use super::recognise::Recognised;
use crate::session::{Lane, Session};

/// Which document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Params {
    text_document: TextDocumentIdentifier,
}

/// What was checked of a document.
#[derive(Serialize)]
pub struct Covered {
    document: Option<Recognised>,
    amounts: usize,
    checked: usize,
    relations: Relations,
    /// The amounts that stand in no relation.
    unchecked: Vec<Range>,
}

#[derive(Serialize)]
struct Relations {
    exact: usize,
    rounded: usize,
    contradicted: usize,
    unchecked: usize,
}

/// Counts the amounts and relations of a document and says where the unchecked amounts are.
pub async fn answer(session: &Arc<Session>, params: Params) -> Result<Option<Covered>> {
    read(session, Lane::Small, params.text_document.uri, |view| {
        let analysis = view.document.analysis();
        let coverage = analysis.coverage();
        Some(Covered {
            document: analysis.identity().map(Recognised::from),
            amounts: coverage.amounts,
            checked: coverage.checked,
            relations: Relations {
                exact: coverage.exact,
                rounded: coverage.rounded,
                contradicted: coverage.contradicted,
                unchecked: coverage.unchecked,
            },
            unchecked: analysis.unread().iter().map(|figure| view.place.range(figure.span)).collect(),
        })
    })
    .await
}
