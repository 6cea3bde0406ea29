//! Large texts go round the framework: its reader would copy each of them and keep the room for the largest. In the
//! message a short word stands for the text until the ingress puts it back.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tower_lsp::jsonrpc::Request;

/// Longer strings are lifted out, in bytes.
const LARGE: usize = 1 << 14;

/// The texts on their way, each under the word that stands for it.
#[derive(Debug, Default)]
pub struct Parcels(Mutex<Way>);

#[derive(Debug, Default)]
struct Way {
    texts: HashMap<String, String>,
    /// How many there have been.
    count: u64,
}

impl Parcels {
    /// Lifts the large strings out of the parameters of a request or notification; false where there are none.
    pub fn lift(&self, message: &mut Value) -> bool {
        let wanted = message.get("method").is_some();
        let Some(params) = message.get_mut("params").filter(|_| wanted) else { return false };
        let mut way = self.way();
        let before = way.count;
        each_string(params, &mut |text| {
            if text.len() >= LARGE {
                way.count += 1;
                let word = format!("gouji:parcel:{}", way.count);
                way.texts.insert(word.clone(), std::mem::replace(text, word));
            }
        });
        way.count > before
    }

    /// Puts back what was lifted out of a message.
    pub fn put_back(&self, request: Request) -> Request {
        let mut way = self.way();
        if way.texts.is_empty() {
            return request;
        }
        let mut put = |word: &mut String| {
            if let Some(text) = way.texts.remove(word.as_str()) {
                *word = text;
            }
        };
        with_params(request, |params| each_string(params, &mut put))
    }

    fn way(&self) -> MutexGuard<'_, Way> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The request with other parameters; one without any stays as it is.
pub fn with_params(request: Request, change: impl FnOnce(&mut Value)) -> Request {
    let (method, id, params) = request.into_parts();
    let mut builder = Request::build(method);
    if let Some(mut params) = params {
        change(&mut params);
        builder = builder.params(params);
    }
    id.into_iter().fold(builder, |builder, id| builder.id(id)).finish()
}

/// What is read as JSON nests less deep than a stack is high.
fn each_string(value: &mut Value, with: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => with(text),
        Value::Array(all) => all.iter_mut().for_each(|each| each_string(each, with)),
        Value::Object(all) => all.values_mut().for_each(|each| each_string(each, with)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_lifted_out_is_put_back_where_it_was() {
        let (text, parcels) = ("预算".repeat(LARGE), Parcels::default());
        let whole = json!({"textDocument": {"uri": "file:///a", "text": text}, "contentChanges": [{"text": text}, {"text": "少"}]});
        let mut message = json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": whole.clone()});
        assert!(parcels.lift(&mut message));
        assert!(message.to_string().len() < 300, "{message}");
        let request: Request = serde_json::from_value(message).expect("a notification");
        assert_eq!(parcels.put_back(request).params(), Some(&whole));
        assert!(parcels.way().texts.is_empty());
    }

    #[test]
    fn answers_of_the_client_and_small_texts_go_the_usual_way() {
        let (large, parcels) = ("预算".repeat(LARGE), Parcels::default());
        for message in [
            json!({"id": 1, "result": large}),
            json!({"method": "x", "params": {"text": "少"}}),
            json!({"method": "x"}),
        ] {
            let mut lifted = message.clone();
            assert!(!parcels.lift(&mut lifted));
            assert_eq!(lifted, message);
        }
    }
}
