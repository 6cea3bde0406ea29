//! The whole log: one run, its tool, what came of it.

use gouji_core::rules::Selection;
use gouji_core::verdict::finding::{Locale, Message};
use serde::Serialize;

use super::Text;
use super::result::{Found, Location, whole};
use super::rules::{Rule, rules};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// A log with the one run that is being made.
#[derive(Serialize)]
pub struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
    /// The choices of rules whose pages are in it.
    #[serde(skip)]
    selections: Vec<Selection>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    language: &'static str,
    column_kind: &'static str,
    invocations: [Invocation; 1],
    results: Vec<Found>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
    locations: [Location; 1],
}

impl Log {
    /// A log without results.
    pub fn new(selection: &Selection, locale: Locale) -> Self {
        let driver = Driver {
            name: env!("CARGO_PKG_NAME"),
            semantic_version: env!("CARGO_PKG_VERSION"),
            rules: rules(selection, locale),
        };
        let language = match locale {
            Locale::Chinese => "zh-CN",
            Locale::English => "en",
        };
        let invocation = Invocation { execution_successful: true, tool_execution_notifications: Vec::new() };
        let run = Run {
            tool: Tool { driver },
            language,
            column_kind: "unicodeCodePoints",
            invocations: [invocation],
            results: Vec::new(),
        };
        Self { schema: SCHEMA, version: "2.1.0", runs: [run], selections: vec![selection.clone()] }
    }

    /// Takes in the results of a document, and the rules it was checked by.
    pub fn add(&mut self, results: Vec<Found>, selection: &Selection, locale: Locale) {
        let [run] = &mut self.runs;
        if !self.selections.contains(selection) {
            let known = &mut run.tool.driver.rules;
            known.extend(rules(selection, locale));
            // Of two folders that each have a rule of this code, the first that was come to is shown.
            known.sort_by(|a, b| a.id.cmp(&b.id));
            known.dedup_by(|a, b| a.id == b.id);
            self.selections.push(selection.clone());
        }
        run.results.extend(results);
    }

    /// The log with each result knowing where its rule stands.
    pub fn closed(mut self) -> Self {
        let [run] = &mut self.runs;
        let rules = &run.tool.driver.rules;
        for found in &mut run.results {
            // Only rules that are checked find anything, and they stand in order.
            found.rule_index = rules.binary_search_by(|rule| rule.id.cmp(&found.rule_id)).unwrap_or_default();
        }
        self
    }

    /// Takes in that a file could not be read.
    pub fn refuse(&mut self, path: &str, reason: &Message, locale: Locale) {
        let [Run { invocations: [invocation], .. }] = &mut self.runs;
        invocation.execution_successful = false;
        invocation.tool_execution_notifications.push(Notification {
            level: "error",
            message: Text::new(reason.in_locale(locale)),
            locations: [whole(path)],
        });
    }
}
