//! Findings as results.

use std::collections::{BTreeMap, HashMap};

use gouji_core::text::{Span, Text as Source};
use gouji_core::verdict::finding::{Edit, Elsewhere, Finding, Fix, Key, Locale};
use serde::Serialize;

use super::{Text, rules, uri};
use crate::json::Range;
use crate::survey::Opened;

/// Under this name stands the key of a finding. The number goes up when keys are made otherwise.
const FINGERPRINT: &str = "goujiKey/v2";

/// One result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    pub(super) rule_id: String,
    /// Its rule's place in the list of rules, which the log knows.
    pub(super) rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Repair>,
    properties: Shade,
}

/// What `level` does not tell apart.
#[derive(Serialize)]
struct Shade {
    severity: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Clone, Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Content>,
}

#[derive(Serialize)]
struct Content {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Repair {
    description: Text,
    artifact_changes: [Change; 1],
    properties: Preference,
}

#[derive(Serialize)]
struct Preference {
    preferred: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    artifact_location: Artifact,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Content,
}

/// The findings of a document that are shown.
pub fn results(opened: &Opened, locale: Locale) -> Vec<Found> {
    let file = File { text: opened.document.text(), artifact: Artifact { uri: uri::reference(&opened.path) } };
    let mut known: HashMap<&Key, usize> = HashMap::new();
    let results = opened.findings().map(|finding| {
        let times = known.entry(&finding.key).or_default();
        *times += 1;
        file.found(finding, *times, locale)
    });
    results.collect()
}

/// A whole file as a location.
pub(super) fn whole(path: &str) -> Location {
    let artifact_location = Artifact { uri: uri::reference(path) };
    Location { id: None, physical_location: Physical { artifact_location, region: None }, message: None }
}

struct File<'a> {
    text: &'a Source,
    artifact: Artifact,
}

impl File<'_> {
    /// `times`: how often this key has been seen in this file. Of several with one key the later ones are numbered.
    fn found(&self, finding: &Finding, times: usize, locale: Locale) -> Found {
        let related = finding.related.iter().enumerate().map(|(number, related)| {
            let message = Some(related.message.in_locale(locale));
            match &related.elsewhere {
                None => self.location(Some(number + 1), related.span, &related.text, message),
                Some(Elsewhere { file, spot }) => {
                    let artifact = Artifact { uri: uri::reference(file) };
                    let region = region(Range::elsewhere(spot), Some(&related.text));
                    location(Some(number + 1), artifact, region, message)
                }
            }
        });
        let key = if times == 1 { finding.key.to_string() } else { format!("{}#{times}", finding.key) };
        Found {
            rule_id: finding.rule.clone(),
            rule_index: 0,
            level: rules::level(finding.severity),
            message: Text::new(finding.message.in_locale(locale)),
            locations: [self.location(None, finding.span, &finding.text, None)],
            related_locations: related.collect(),
            partial_fingerprints: BTreeMap::from([(FINGERPRINT, key)]),
            fixes: finding.fixes.iter().map(|fix| self.repair(fix, locale)).collect(),
            properties: Shade { severity: finding.severity.word() },
        }
    }

    fn location(&self, id: Option<usize>, span: Span, printed: &str, message: Option<&str>) -> Location {
        location(id, self.artifact.clone(), self.region(span, Some(printed)), message)
    }

    fn region(&self, span: Span, printed: Option<&str>) -> Region {
        region(Range::new(self.text, span), printed)
    }

    fn repair(&self, fix: &Fix, locale: Locale) -> Repair {
        let replacement = |edit: &Edit| Replacement {
            deleted_region: self.region(edit.span, None),
            inserted_content: Content { text: edit.new_text.clone() },
        };
        let replacements = fix.edits.iter().map(replacement).collect();
        Repair {
            description: Text::new(fix.title.in_locale(locale)),
            artifact_changes: [Change { artifact_location: self.artifact.clone(), replacements }],
            properties: Preference { preferred: fix.preferred },
        }
    }
}

fn location(id: Option<usize>, artifact: Artifact, region: Region, message: Option<&str>) -> Location {
    let physical_location = Physical { artifact_location: artifact, region: Some(region) };
    Location { id, physical_location, message: message.map(Text::new) }
}

fn region(Range { start, end }: Range, printed: Option<&str>) -> Region {
    Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        snippet: printed.map(|text| Content { text: text.to_owned() }),
    }
}
