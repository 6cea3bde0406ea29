//! What `check` takes.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use gouji_core::verdict::finding::{Message, Severity};

use super::choice::Choice;
use crate::survey::{Sources, Survey};

/// What `check` takes.
#[derive(Debug, Args)]
pub struct Checking {
    /// 文件或文件夹；文件夹内读取 .txt .md .markdown .tsv .csv
    #[arg(value_name = "路径", required_unless_present = "stdin", num_args = 1.., help_heading = "参数")]
    paths: Vec<PathBuf>,
    /// 从标准输入读取一份文档；jsonl 格式时每行一份：{"path": …, "text": …}
    #[arg(long, conflicts_with = "paths", help_heading = "选项")]
    stdin: bool,
    /// 标准输入的文档在输出中的名称（默认 -）
    #[arg(long, value_name = "名称", requires = "stdin", conflicts_with = "paths", help_heading = "选项")]
    stdin_filename: Option<String>,
    /// 一并对照的文件或文件夹（如上年公开的文件），其本身不检查；可多次给出
    #[arg(long = "with", value_name = "路径", help_heading = "选项")]
    beside: Vec<PathBuf>,
    #[command(flatten)]
    choice: Choice,
    /// 只列出不低于此级别的：error、warning、info、hint；退出码不受影响
    #[arg(
        long,
        value_parser = severity(),
        value_name = "级别",
        help_heading = "选项",
        hide_possible_values = true
    )]
    min_severity: Option<Severity>,
    /// 输出格式：human（默认）、json、jsonl、github、sarif、html
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "格式",
        help_heading = "选项",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: CheckFormat,
    /// 另列出没有进入任何关系的金额（human 格式）
    #[arg(long, conflicts_with = "diff", help_heading = "选项")]
    pub coverage: bool,
    /// 以 diff 列出全部首选改法，不写文件
    #[arg(long, conflicts_with = "format", help_heading = "选项")]
    pub diff: bool,
    /// 按全部首选改法改写文件，再列出余下的
    #[arg(long, conflicts_with_all = ["diff", "stdin"], help_heading = "选项")]
    pub fix: bool,
    /// 在标准错误输出用时和每秒的文件数、MB 数
    #[arg(long, help_heading = "选项")]
    pub stats: bool,
}

impl Checking {
    /// What is to be read and how, or what is wrong with what was asked.
    pub fn survey(&self) -> Result<Survey<'_>, Message> {
        if self.coverage && self.format != CheckFormat::Human {
            return Err(Message::new("--coverage 只用于 human 格式", "--coverage is for the human format only"));
        }
        let sources = match (self.stdin, &self.stdin_filename) {
            (false, _) => Sources::Named(&self.paths),
            (true, name) => {
                let name = name.as_deref().unwrap_or("-");
                if self.format == CheckFormat::Jsonl { Sources::Lines(name) } else { Sources::Stdin(name) }
            }
        };
        Survey::new(sources, &self.beside, self.choice.clone(), self.min_severity)
    }
}

/// For whom the output of `check` is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// 供人阅读
    #[default]
    Human,
    /// 供程序读取
    Json,
    /// 每份文档一行 JSON
    Jsonl,
    /// GitHub 工作流命令
    Github,
    /// SARIF 2.1.0
    Sarif,
    /// 一页报告，供浏览、打印
    Html,
}

/// The words of severities.
fn severity() -> impl TypedValueParser<Value = Severity> {
    PossibleValuesParser::new(Severity::ALL.map(Severity::word))
        .try_map(|word| Severity::of_word(&word).ok_or("a word that is no severity"))
}
