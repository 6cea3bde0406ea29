//! What a folder says: what is understood of it, and what is said of the rest.

use std::fs;
use std::path::{Path, PathBuf};

use gouji_core::catalog::Unit;
use gouji_core::finding::{Key, Severity};
use gouji_project::{Date, Disk, Project};

const TODAY: Date = Date { year: 2026, month: 6, day: 30 };

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn project(&self) -> Project {
        Project::read(self.0.path(), &Disk, TODAY)
    }
}

fn page(code: &str, formula: &str) -> String {
    format!(
        "+++\ncode = \"{code}\"\nname = \"自编\"\nseverity = \"warning\"\ntolerance = \"T1\"\nformula = [\"{formula}\"]\n+++\n# 自编\n\n说明。\n"
    )
}

/// The complaints on `gouji.toml`: place, and what is said.
fn said(text: &str) -> Vec<(u32, u32, String)> {
    let folder = Folder::new(&[("gouji.toml", text)]);
    let file = folder.project().file.expect("gouji.toml");
    let place = |at: usize| (file.place(at).line, file.place(at).column);
    file.complaints.iter().map(|own| (place(own.at.start).0, place(own.at.start).1, own.message.zh.clone())).collect()
}

#[test]
fn what_is_wrong_is_said_at_its_place_with_what_is_meant() {
    let text = "min_severty = \"error\"\nunit = \"千元\"\n\n[rules]\noff = [\"XT13\", \"IN60\"]\nseverity = { NT09 = \"loud\" }\n\n\
                [[files]]\npath = [\"a\"]\n\n[[suppress]]\nrule = \"NT09\"\nyear = \"2025\"\n\n[[suppress]]\nrule = 3\n";
    let said = said(text);
    let at = |line: u32| said.iter().filter(|own| own.0 == line).map(|own| own.2.as_str()).collect::<Vec<_>>();
    assert_eq!(at(1), ["没有键 min_severty；是否指 min_severity"]);
    assert_eq!(at(2), ["应为元、万元或亿元"]);
    assert!(at(5)[0].starts_with("没有规则 IN60；是否指 IN"), "{said:?}");
    assert_eq!((said.iter().find(|own| own.0 == 5).expect("said").1), 16);
    assert_eq!(at(6), ["应为 error、warning、info 或 hint"]);
    assert_eq!(at(8), ["缺少 paths（哪些文件）"]);
    assert_eq!(at(9), ["没有键 path；是否指 paths"]);
    assert_eq!(at(11), ["请写明理由（reason）"]);
    assert_eq!(at(13), ["应为年份，如 2025"]);
    assert_eq!(at(16), ["应为文字，写在引号里"]);
}

#[test]
fn a_broken_file_loses_only_what_is_broken() {
    let folder = Folder::new(&[("gouji.toml", "unit = \n[rules]\noff = [\"XT13\"]\n")]);
    let project = folder.project();
    assert_eq!(project.file.as_ref().expect("a file").complaints.len(), 1, "{:?}", project.file);
    let selection = project.terms(&folder.path("a.txt")).selection;
    let number = project.book().number("XT13").expect("a page");
    assert!(!selection.checks(number));
    for text in ["", "\u{feff}unit = \"元\"", "[[[", "\"", "suppress = 1\nfiles = 2\nrules = 3", "a = '\n'"] {
        let folder = Folder::new(&[("gouji.toml", text)]);
        let terms = folder.project().terms(&folder.path("a.txt"));
        assert!(terms.check && terms.floor == Severity::Hint, "{text}");
    }
}

#[test]
fn later_sections_and_deeper_words_win() {
    let text = "min_severity = \"warning\"\nunit = \"元\"\n\n[rules]\noff = [\"xt\", \"NN\"]\non = [\"XT13\"]\nseverity = { IN = \"info\" }\n\n\
                [[files]]\npaths = [\"乡镇/**\"]\nunit = \"万元\"\non = [\"NN\"]\n\n[[files]]\npaths = \"*.草稿.txt\"\ncheck = false\n";
    let folder = Folder::new(&[("gouji.toml", text)]);
    let project = folder.project();
    assert_eq!(project.file.as_ref().expect("a file").complaints, []);
    let terms = project.terms(&folder.path("a.txt"));
    let number = |code: &str| project.book().number(code).expect("a page");
    assert_eq!((terms.check, terms.floor, terms.selection.unit()), (true, Severity::Warning, Some(Unit::Yuan)));
    assert!(!terms.selection.checks(number("XT01")) && terms.selection.checks(number("XT13")));
    assert!(!terms.selection.checks(number("NN01")));
    assert_eq!(terms.selection.severity(number("IN08")), Severity::Info);
    let deeper = project.terms(&folder.path("乡镇/b.txt"));
    assert!(deeper.selection.checks(number("NN01")) && deeper.selection.unit() == Some(Unit::TenThousand));
    assert!(!project.terms(&folder.path("乡镇/b.草稿.txt")).check);
}

#[test]
fn the_nearest_folder_with_a_word_counts() {
    let folder =
        Folder::new(&[("gouji.toml", ""), ("乡镇/a/x.txt", ""), ("县/.gouji/rules/X01.md", ""), ("县/b/y.txt", "")]);
    let of = |name: &str| Project::folder_of(&folder.path(name), &Disk);
    assert_eq!(of("乡镇/a/x.txt").as_deref(), Some(folder.0.path()));
    assert_eq!(of("县/b/y.txt"), Some(folder.path("县")));
    assert_eq!(Project::folder_of(Path::new("/"), &Disk), None);
}

#[test]
fn suppressions_count_where_and_as_long_as_they_say() {
    let entry = |rest: &str| format!("[[suppress]]\nrule = \"NT09\"\nreason = \"口径不同\"\n{rest}\n");
    let text = [
        entry("file = \"a.txt\"\nbody = \"某县水务局\""),
        entry("until = 2026-06-29\nfile = \"b.txt\""),
        entry("until = \"2026-06-30\"\nfile = \"c.txt\""),
        entry("year = [1]\nfile = \"d.txt\""),
    ]
    .concat();
    let folder = Folder::new(&[("gouji.toml", text.as_str())]);
    let project = folder.project();
    let key = Key { rule: "NT09".into(), body: Some("某县水务局".into()), year: Some(2025), ..Key::default() };
    let hides = |file: &str| project.terms(&folder.path(file)).selection.suppression(&key);
    assert_eq!([hides("a.txt"), hides("b.txt"), hides("c.txt"), hides("d.txt")], [Some(0), None, Some(2), None]);
    let complaints = &project.file.as_ref().expect("a file").complaints;
    let said: Vec<&str> = complaints.iter().map(|own| own.message.zh.as_str()).collect();
    assert_eq!(said, ["已过期，不再屏蔽；请删去或更新", "应为年份，如 2025"]);
    let about = |number: usize, file: &str, body: Option<&str>| {
        let entry = project.suppressions().find(|entry| entry.suppression.number == number).expect("an entry");
        project.is_about(entry, &folder.path(file), body, Some(2025))
    };
    assert!(about(0, "a.txt", None) && !about(0, "b.txt", Some("某县水务局")));
}

#[test]
fn pages_of_ones_own_have_codes_of_their_own() {
    let sound = page("X01", "支出总表[合计].项目支出 ≤ 60万元");
    let folder = Folder::new(&[
        (".gouji/rules/a.md", sound.as_str()),
        (".gouji/rules/b.md", &page("X01", "支出总表[合计].合计 = 0")),
        (".gouji/rules/c.md", &page("IN08", "支出总表[合计].合计 = 0")),
        (".gouji/rules/d.md", &page("自编一", "支出总表[合计].合计 = 0")),
        (".gouji/rules/e.md", &page("X02", "支出总表[合计].合计 ≈ 0")),
        (".gouji/rules/f.txt", "x"),
        ("gouji.toml", "[rules]\noff = [\"X01\"]\n"),
    ]);
    let project = folder.project();
    assert_eq!(project.file.as_ref().expect("a file").complaints, []);
    let own: Vec<&str> = project.book().own().map(|page| page.code.as_str()).collect();
    assert_eq!(own, ["X01"]);
    assert!(!project.terms(&folder.path("a.txt")).selection.checks(project.book().number("X01").expect("a page")));
    let said: Vec<Vec<&str>> =
        project.pages.iter().map(|page| page.complaints.iter().map(|own| own.message.zh.as_str()).collect()).collect();
    assert_eq!(said[0], Vec::<&str>::new());
    assert_eq!(said[1], ["规则代码 X01 已有：自编；请另用代码，如 X01"]);
    assert!(said[2][0].starts_with("规则代码 IN08 已有："));
    assert_eq!(said[3], ["规则代码 自编一 应为大写字母加数字，如 X01"]);
    assert!(said[4][0].starts_with("公式写法不对："), "{said:?}");
    assert_eq!(project.pages.len(), 5);
}

#[test]
#[cfg(unix)]
fn what_cannot_be_read_is_said() {
    let folder = Folder::new(&[("x.txt", "")]);
    fs::write(folder.path("gouji.toml"), [0xff, 0xfe, 0x00]).expect("a file");
    let file = folder.project().file.expect("a file");
    assert!(file.unreadable && file.complaints[0].message.zh.starts_with("未能读取："));
}
