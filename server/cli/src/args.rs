//! The words a user can type: commands, options, and their help, in Chinese as far as clap lets itself be told.

mod check;
mod choice;

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use gouji_core::verdict::finding::{Locale, Message, Severity};

use crate::survey::{Sources, Survey};
pub use check::{CheckFormat, Checking};
pub use choice::Choice;

const PAGE: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}";

/// 勾稽：核对预决算公开文档的数字
#[derive(Debug, Parser)]
#[command(
    name = "gouji",
    version,
    help_template = PAGE,
    override_usage = "gouji <命令> [选项]",
    subcommand_help_heading = "命令",
    next_help_heading = "选项",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    after_help = "check 的退出码：0 没有错误级发现；1 有错误级发现；2 用法有误或有文件未能读取。"
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// 输出语言：zh（默认）、en
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "语言",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub lang: Lang,
    /// 显示帮助
    #[arg(short = 'h', long, global = true, action = ArgAction::HelpShort)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 检查文件和文件夹，列出不符之处
    #[command(help_template = PAGE, override_usage = "gouji check [选项] 路径…")]
    Check(Checking),
    /// 列出已核对的勾稽关系，以及未入任何关系的金额
    #[command(help_template = PAGE, override_usage = "gouji relations [选项] 文件…")]
    Relations(Reading),
    /// 说明一条规则
    #[command(help_template = PAGE, override_usage = "gouji explain 规则代码")]
    Explain {
        /// 规则代码，如 IN06
        #[arg(value_name = "规则代码", help_heading = "参数")]
        code: String,
    },
    /// 列出全部规则；试算规则页的例子
    #[command(
        help_template = PAGE,
        override_usage = "gouji rules [选项]\n      gouji rules test [--all] [路径]\n      gouji rules docs --write 文件夹",
        args_conflicts_with_subcommands = true,
        subcommand_help_heading = "命令",
        disable_help_subcommand = true
    )]
    Rules {
        #[command(subcommand)]
        command: Option<RulesCommand>,
        #[command(flatten)]
        format: FormatOption,
    },
    /// 输出 gouji.toml 的 JSON schema，供编辑器补全
    #[command(help_template = PAGE, override_usage = "gouji schema > gouji.schema.json")]
    Schema,
    /// 启动语言服务器（标准输入输出）
    #[command(help_template = PAGE, override_usage = "gouji server [--stdio]")]
    Server {
        /// 经标准输入输出通信（唯一方式，可省略）
        #[arg(long, help_heading = "选项")]
        stdio: bool,
    },
}

/// What is done with rules.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// 试算规则页的例子：自编规则页（.gouji/rules/*.md），或内置的全部
    #[command(help_template = PAGE, override_usage = "gouji rules test [--all] [路径]")]
    Test {
        /// 文件夹或规则页（默认当前文件夹）
        #[arg(value_name = "路径", default_value = ".", hide_default_value = true, help_heading = "参数")]
        path: PathBuf,
        /// 试算内置的全部规则页
        #[arg(long, conflicts_with = "path", help_heading = "选项")]
        all: bool,
    },
    /// 由内置规则页生成说明文档
    #[command(help_template = PAGE, override_usage = "gouji rules docs --write 文件夹 | --check 文件夹")]
    Docs {
        /// 写入此文件夹
        #[arg(long, value_name = "文件夹", required_unless_present = "check", help_heading = "选项")]
        write: Option<PathBuf>,
        /// 核对此文件夹是否与规则页一致
        #[arg(long, value_name = "文件夹", help_heading = "选项")]
        check: Option<PathBuf>,
    },
}

/// What `relations` takes.
#[derive(Debug, Args)]
pub struct Reading {
    /// 文件或文件夹；文件夹内读取 .txt .md .markdown .tsv .csv
    #[arg(value_name = "路径", required = true, num_args = 1.., help_heading = "参数")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    format: FormatOption,
    #[command(flatten)]
    choice: Choice,
}

impl Reading {
    /// What is to be read and how, or what is wrong with what was asked.
    pub fn survey(&self) -> Result<Survey<'_>, Message> {
        let sources = Sources::Named(&self.paths);
        Survey::new(sources, &[], self.choice.clone(), Some(Severity::Hint))
    }

    /// The output format asked for.
    pub fn format(&self) -> Format {
        self.format.format
    }
}

/// `--format`.
#[derive(Debug, Args)]
pub struct FormatOption {
    /// 输出格式：human（默认）、json
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "格式",
        help_heading = "选项",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: Format,
}

/// For whom the output is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 供人阅读
    #[default]
    Human,
    /// 供程序读取
    Json,
}

/// The language of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

impl From<Lang> for Locale {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Locale::Chinese,
            Lang::En => Locale::English,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_consistent() {
        Cli::command().debug_assert();
    }
}
