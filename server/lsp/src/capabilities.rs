//! What the client can do, resolved once, and what this server offers.

use gouji_core::text::Encoding;
use gouji_core::verdict::finding::Locale;
use serde_json::json;
use tower_lsp::ls_types::*;

use crate::requests::code_action::FIX_ALL;

/// What was agreed on at `initialize`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What columns count.
    pub encoding: Encoding,
    /// The language of the client's user.
    pub locale: Locale,
    /// Edits may name the version they are for (`documentChanges`).
    pub versioned_edits: bool,
    /// Symbols may be nested.
    pub nested_symbols: bool,
    /// Hovers may be Markdown.
    pub markdown: bool,
    /// Findings may name their evidence (`relatedInformation`).
    pub evidence: bool,
    /// Findings may link to their rule (`codeDescription`).
    pub links: bool,
    /// Edits may make files.
    pub creates_files: bool,
    /// The client asks for findings (`textDocument/diagnostic`) and does not want to be told of them: of those that can
    /// do both, all show at once what they are told.
    pub pulls: bool,
    /// It can be made to ask again (`workspace/diagnostic/refresh`).
    pub refreshes: bool,
    /// It can be asked to watch files.
    pub watches: bool,
}

impl Settings {
    /// Resolves what a client says of itself.
    pub fn resolve(params: &InitializeParams) -> Self {
        let client = &params.capabilities;
        let document = client.text_document.as_ref();
        let edits = client.workspace.as_ref().and_then(|workspace| workspace.workspace_edit.as_ref());
        let symbols = document.and_then(|document| document.document_symbol.as_ref());
        let formats = document.and_then(|document| document.hover.as_ref()?.content_format.as_ref());
        let findings = document.and_then(|document| document.publish_diagnostics.as_ref());
        let pull = document.and_then(|document| document.diagnostic.as_ref());
        let workspace = client.workspace.as_ref();
        let again = workspace.and_then(|workspace| workspace.diagnostics.as_ref()?.refresh_support);
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files?.dynamic_registration);
        Self {
            encoding: encoding(client),
            locale: params.locale.as_deref().map_or(Locale::Chinese, locale),
            versioned_edits: edits.and_then(|edits| edits.document_changes).unwrap_or(false),
            nested_symbols: symbols.and_then(|s| s.hierarchical_document_symbol_support).unwrap_or(false),
            // The formats stand in the order of preference.
            markdown: formats.and_then(|formats| formats.first()).is_none_or(|first| *first == MarkupKind::Markdown),
            // Only a client that says no is spared: clients older than the question show both.
            creates_files: edits.is_some_and(|edits| {
                let create = |kinds: &Vec<_>| kinds.contains(&ResourceOperationKind::Create);
                edits.document_changes.unwrap_or(false) && edits.resource_operations.as_ref().is_some_and(create)
            }),
            pulls: findings.is_none() && pull.is_some(),
            refreshes: findings.is_none() && pull.is_some() && again.unwrap_or(false),
            watches: watched.unwrap_or(false),
            evidence: findings
                .map_or(pull.and_then(|pull| pull.related_information), |findings| findings.related_information)
                .unwrap_or(true),
            links: findings
                .map_or(pull.and_then(|pull| pull.code_description_support), |findings| {
                    findings.code_description_support
                })
                .unwrap_or(true),
        }
    }

    /// What this server offers.
    pub fn offer(&self) -> ServerCapabilities {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            ..TextDocumentSyncOptions::default()
        };
        let actions = CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL]),
            ..CodeActionOptions::default()
        };
        ServerCapabilities {
            position_encoding: Some(match self.encoding {
                Encoding::Utf8 => PositionEncodingKind::UTF8,
                Encoding::Utf16 => PositionEncodingKind::UTF16,
                Encoding::Utf32 => PositionEncodingKind::UTF32,
            }),
            text_document_sync: Some(sync.into()),
            hover_provider: Some(true.into()),
            code_action_provider: Some(actions.into()),
            document_symbol_provider: Some(OneOf::Left(true)),
            diagnostic_provider: self.pulls.then(|| {
                DiagnosticServerCapabilities::Options(DiagnosticOptions {
                    identifier: Some("gouji".to_owned()),
                    inter_file_dependencies: true,
                    workspace_diagnostics: true,
                    ..DiagnosticOptions::default()
                })
            }),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                ..WorkspaceServerCapabilities::default()
            }),
            experimental: Some(
                json!({"gouji": {"explain": true, "recognise": true, "coverage": true, "workspaceDiagnostic": true}}),
            ),
            ..ServerCapabilities::default()
        }
    }
}

/// The first encoding the client lists; they are all supported.
fn encoding(client: &ClientCapabilities) -> Encoding {
    let listed = client.general.as_ref().and_then(|general| general.position_encodings.as_ref());
    let known = |kind: &PositionEncodingKind| match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    };
    listed.into_iter().flatten().find_map(known).unwrap_or_default()
}

/// The language for the reader of a locale (`zh-cn`, `fr`): who does not read Chinese is spoken to in English.
fn locale(tag: &str) -> Locale {
    language(tag).unwrap_or(Locale::English)
}

/// The language that a tag names (`zh-cn`, `en`), where there is text in it.
pub fn language(tag: &str) -> Option<Locale> {
    match tag.get(..2)?.to_ascii_lowercase().as_str() {
        "zh" => Some(Locale::Chinese),
        "en" => Some(Locale::English),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(params: serde_json::Value) -> Settings {
        Settings::resolve(&serde_json::from_value(params).unwrap())
    }

    #[test]
    fn a_client_that_says_nothing_gets_what_every_client_understands() {
        let settings = resolve(json!({"capabilities": {}}));
        assert_eq!((settings.encoding, settings.locale), (Encoding::Utf16, Locale::Chinese));
        assert!(!settings.versioned_edits && !settings.nested_symbols && settings.markdown);
        assert!(settings.evidence && settings.links);
    }

    #[test]
    fn the_first_known_encoding_and_the_clients_language_are_taken() {
        let general = json!({"positionEncodings": ["utf-7", "utf-32", "utf-8"]});
        let settings = resolve(json!({"locale": "en-GB", "capabilities": {"general": general}}));
        assert_eq!((settings.encoding, settings.locale), (Encoding::Utf32, Locale::English));
        assert_eq!(locale("ZH-tw"), Locale::Chinese);
    }
}
