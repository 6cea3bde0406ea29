//! What is wrong with a command line: what clap says of one it cannot read, in Chinese, and what we say of the others.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use gouji_core::verdict::finding::{Locale, Message};

/// The complaint, one or two lines, without a trailing line break.
pub fn complaint(error: &Error) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let mut said = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有命令 {}", context(error, ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("没有选项 {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{} 缺少取值", name(&argument)),
        ErrorKind::InvalidValue => format!("{} 不接受 {value}", name(&argument)),
        ErrorKind::MissingRequiredArgument => format!("缺少 {}", bare(&argument)),
        ErrorKind::ArgumentConflict => match context(error, ContextKind::PriorArg) {
            prior if prior.is_empty() || prior == argument => format!("{} 只能给出一次", name(&argument)),
            prior => format!("{} 不能与 {} 同用", bare(name(&argument)), bare(name(&prior))),
        },
        ErrorKind::TooManyValues => format!("{} 多出取值 {value}", name(&argument)),
        ErrorKind::InvalidUtf8 => "参数不是有效的文字".to_owned(),
        _ => "命令行有误".to_owned(),
    };
    let valid = context(error, ContextKind::ValidValue);
    if !valid.is_empty() {
        said.push_str(&format!("；可用：{valid}"));
    }
    let meant = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg].map(|kind| context(error, kind)).concat();
    if !meant.is_empty() {
        said.push_str(&format!("；是否指 {meant}"));
    }
    mistake(&Message::new(said, ""), Locale::Chinese)
}

/// A mistake that no grammar sees.
pub fn mistake(said: &Message, locale: Locale) -> String {
    match locale {
        Locale::Chinese => format!("用法有误：{}\n详见 gouji --help", said.zh),
        Locale::English => format!("wrong usage: {}\nsee gouji --help", said.en),
    }
}

/// `--format <格式>` → `--format`.
fn name(argument: &str) -> &str {
    argument.split_whitespace().next().unwrap_or(argument)
}

/// `<路径>...`, `[路径]...` → `路径`.
fn bare(argument: &str) -> &str {
    argument.trim_end_matches('.').trim_start_matches(['<', '[']).trim_end_matches(['>', ']'])
}

fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Cli;
    use clap::Parser;

    fn said(line: &str) -> String {
        let error = Cli::try_parse_from(line.split(' ')).expect_err("this line is wrong");
        complaint(&error).lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn mistakes_are_told_in_chinese() {
        assert_eq!(said("gouji chek a.txt"), "用法有误：没有命令 chek；是否指 schema、check");
        assert_eq!(said("gouji check --formt json a.txt"), "用法有误：没有选项 --formt；是否指 --format");
        assert_eq!(
            said("gouji check --format xml a.txt"),
            "用法有误：--format 不接受 xml；可用：human、json、jsonl、github、sarif、html"
        );
        assert_eq!(
            said("gouji check --format"),
            "用法有误：--format 缺少取值；可用：human、json、jsonl、github、sarif、html"
        );
        assert_eq!(said("gouji rules --format jsonl"), "用法有误：--format 不接受 jsonl；可用：human、json");
        assert_eq!(said("gouji check --stdin a.txt"), "用法有误：--stdin 不能与 路径 同用");
        assert_eq!(said("gouji check --stdin-filename a.txt b.txt"), "用法有误：--stdin-filename 不能与 路径 同用");
        assert_eq!(said("gouji check"), "用法有误：缺少 路径");
        assert_eq!(said("gouji check --format json --format json a"), "用法有误：--format 只能给出一次");
    }
}
