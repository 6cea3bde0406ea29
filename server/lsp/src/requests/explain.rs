//! `gouji/explain`: the page of a rule.

use gouji_ide::Explanation;
use serde::{Deserialize, Serialize};

use crate::session::Session;

/// Which rule.
#[derive(Deserialize)]
pub struct Params {
    code: String,
}

/// A rule and what it means, in the user's language.
#[derive(Serialize)]
pub struct Explained {
    code: String,
    name: String,
    severity: &'static str,
    markdown: String,
}

/// Explains a rule; none where there is no such rule.
pub fn answer(session: &Session, params: &Params) -> Option<Explained> {
    let Explanation { code, name, severity, markdown } =
        gouji_ide::explain(&params.code, &session.book_with(&params.code), session.locale())?;
    Some(Explained { code, name, severity: severity.word(), markdown })
}
