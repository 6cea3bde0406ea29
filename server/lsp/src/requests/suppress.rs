//! Quick fixes that hide a finding: each adds an entry to the folder's `gouji.toml`, with room for the reason.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gouji_core::finding::{Finding, Locale};
use gouji_core::text::{Encoding, Text};
use gouji_project::{FILE, Project, Scope, added};
use tower_lsp::ls_types::*;

use super::View;
use crate::session::Session;
use crate::uri;

/// Where the entry goes.
struct Target {
    uri: Uri,
    /// Its text; none where the file is to be made.
    text: Option<Text>,
    version: Option<i32>,
    /// The document's path below it, with `/`.
    below: String,
}

/// The actions for the findings at a place; none where the client could not apply them.
pub(super) fn actions(session: &Session, view: &View<'_>, findings: &[&Finding]) -> Vec<CodeAction> {
    let Some(target) = target(session, view) else { return Vec::new() };
    let settings = view.place.settings;
    if target.text.is_none() && !settings.creates_files {
        return Vec::new();
    }
    let book = view.document.analysis().selection().book();
    let text = target.text.as_ref().map(Text::to_string).unwrap_or_default();
    let mut rules = BTreeSet::new();
    let mut out = Vec::new();
    for finding in findings {
        let whole = rules.insert(&finding.rule);
        let scopes = [Scope::Finding, Scope::File, Scope::Project];
        for scope in scopes.into_iter().filter(|scope| whole || *scope == Scope::Finding) {
            let Some(entry) = added(&text, &finding.key, scope, &target.below, book) else { continue };
            out.push(CodeAction {
                title: title(scope, &finding.rule, view.audience.locale),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![view.place.diagnostic_with_data(finding)]),
                edit: Some(edit(&target, entry, view)),
                ..CodeAction::default()
            });
        }
    }
    out
}

fn title(scope: Scope, rule: &str, locale: Locale) -> String {
    match (locale, scope) {
        (Locale::Chinese, Scope::Finding) => format!("屏蔽此处 {rule}（在 gouji.toml 注明理由）"),
        (Locale::Chinese, Scope::File) => format!("此文件不检查 {rule}（在 gouji.toml 注明理由）"),
        (Locale::Chinese, Scope::Project) => format!("本项目不检查 {rule}（在 gouji.toml 注明理由）"),
        (Locale::English, Scope::Finding) => format!("Suppress {rule} here (give a reason in gouji.toml)"),
        (Locale::English, Scope::File) => format!("Suppress {rule} in this file (give a reason in gouji.toml)"),
        (Locale::English, Scope::Project) => format!("Suppress {rule} in this project (give a reason in gouji.toml)"),
    }
}

fn target(session: &Session, view: &View<'_>) -> Option<Target> {
    let file = uri::path(view.place.uri.as_str())?;
    let folder = folder(session, view.project.as_ref(), &file)?;
    let own = folder.join(FILE);
    let canonical = uri::of_path(&own);
    let spelling = session.spelling(&canonical).unwrap_or(canonical);
    let (text, version) = session.standing(&own).map_or((None, None), |(text, version)| (Some(text), version));
    let below = file.strip_prefix(&folder).ok()?;
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Some(Target { uri: spelling.parse().ok()?, text, version, below: parts.join("/") })
}

/// The folder whose word counts, else the workspace's, else the file's own.
fn folder(session: &Session, project: Option<&Arc<Project>>, file: &Path) -> Option<PathBuf> {
    let own = project.map(|project| project.folder.clone());
    own.or_else(|| session.root_of(file)).or_else(|| file.parent().map(Path::to_owned))
}

fn edit(target: &Target, entry: String, view: &View<'_>) -> WorkspaceEdit {
    let settings = view.place.settings;
    let end = |text: &Text, encoding: Encoding| {
        let at = text.position(text.len(), encoding);
        Position::new(at.line, at.column)
    };
    let at = target.text.as_ref().map_or(Position::new(0, 0), |text| end(text, settings.encoding));
    let edit = TextEdit::new(Range::new(at, at), entry);
    if !settings.versioned_edits {
        return WorkspaceEdit::new(HashMap::from([(target.uri.clone(), vec![edit])]));
    }
    let text_document = OptionalVersionedTextDocumentIdentifier { uri: target.uri.clone(), version: target.version };
    let edits = TextDocumentEdit { text_document, edits: vec![OneOf::Left(edit)] };
    let changes = match target.text {
        Some(_) => DocumentChanges::Edits(vec![edits]),
        None => {
            let options = CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) };
            let create = CreateFile { uri: target.uri.clone(), options: Some(options), annotation_id: None };
            DocumentChanges::Operations(vec![
                DocumentChangeOperation::Op(ResourceOp::Create(create)),
                DocumentChangeOperation::Edit(edits),
            ])
        }
    };
    WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
}
