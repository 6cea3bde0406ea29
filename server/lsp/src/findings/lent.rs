//! Findings go round the framework: it would make three copies of each. In its answer a word stands for them, until the
//! answer leaves it.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tower_lsp::jsonrpc::Response;

use super::{Frame, Shown};

/// What is shown of documents and on its way out, under the words that stand for it.
#[derive(Debug, Default)]
pub struct Lent(Mutex<Way>);

#[derive(Debug, Default)]
struct Way {
    shown: HashMap<String, (String, Shown)>,
    /// How many there have been.
    count: u64,
}

impl Lent {
    /// A word to put in place of the name of what is shown. To be answered with at once: what never comes is kept.
    pub fn lend(&self, name: String, shown: Shown) -> String {
        let mut way = self.way();
        way.count += 1;
        let word = format!("gouji:lent:{}", way.count);
        way.shown.insert(word.clone(), (name, shown));
        word
    }

    /// An answer with what its word stands for.
    ///
    /// # Errors
    /// An answer without a word is given back.
    pub fn redeem(&self, response: Response) -> Result<Frame, Box<Response>> {
        let word = response.result().and_then(|result| result["resultId"].as_str());
        let Some((name, shown)) = word.and_then(|word| self.way().shown.remove(word)) else {
            return Err(Box::new(response));
        };
        let (id, body) = response.into_parts();
        let mut result = body.unwrap_or_default();
        result["resultId"] = json!(name);
        result.as_object_mut().map(|fields| fields.remove("items"));
        Ok(Frame::answer(&id, &result, shown))
    }

    /// Puts into an answer about many documents what its words stand for.
    pub fn redeem_each(&self, reports: &mut Value) {
        for report in reports.get_mut("items").and_then(Value::as_array_mut).into_iter().flatten() {
            let word = report["resultId"].as_str();
            if let Some((name, shown)) = word.and_then(|word| self.way().shown.remove(word)) {
                report["resultId"] = json!(name);
                report["items"] = shown.value();
            }
        }
    }

    fn way(&self) -> MutexGuard<'_, Way> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
