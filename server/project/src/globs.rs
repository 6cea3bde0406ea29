//! Which files a pattern means, below the folder of `gouji.toml`.

use globset::{Candidate, GlobBuilder, GlobMatcher};

/// Patterns, of which one must fit.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    each: Vec<(String, GlobMatcher)>,
}

impl Globs {
    /// Adds a pattern; says what is wrong with one that is none. A name without a `/` means files of that name in any
    /// folder, a folder means all in it.
    pub fn add(&mut self, pattern: &str) -> Result<(), String> {
        let plain = pattern.trim().trim_start_matches("./");
        let mut whole = plain.trim_start_matches('/').to_owned();
        if whole.ends_with('/') {
            whole += "**";
        }
        if !plain.trim_end_matches('/').contains('/') {
            whole = format!("**/{whole}");
        }
        // What is between `*` never spans folders; `**` does.
        let glob =
            GlobBuilder::new(&whole).literal_separator(true).build().map_err(|error| error.kind().to_string())?;
        self.each.push((plain.to_owned(), glob.compile_matcher()));
        Ok(())
    }

    /// Does one fit a path (with `/`, relative to the folder)?
    pub fn fit(&self, path: &str) -> bool {
        let candidate = Candidate::new(path);
        self.each.iter().any(|(_, glob)| glob.is_match_candidate(&candidate))
    }

    /// The one file that is meant, where no pattern is used.
    pub fn only(&self) -> Option<&str> {
        match self.each.as_slice() {
            [(pattern, _)] if !pattern.contains(['*', '?', '[', '{', '\\']) && !pattern.ends_with('/') => Some(pattern),
            _ => None,
        }
    }
}

/// The pattern that means one file, whatever characters its path (with `/`) has.
pub fn exactly(path: &str) -> String {
    let mut pattern = if path.contains('/') { String::new() } else { "/".to_owned() };
    for character in path.chars() {
        match character {
            '*' | '?' | '[' | ']' | '{' | '}' => pattern.extend(['[', character, ']']),
            '\\' => pattern.push_str("\\\\"),
            _ => pattern.push(character),
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, path: &str) -> bool {
        let mut globs = Globs::default();
        globs.add(pattern).expect("a pattern");
        globs.fit(path)
    }

    #[test]
    fn patterns_mean_what_ignore_files_mean() {
        assert!(fits("归档/**", "归档/2023/a.txt") && !fits("归档/**", "新/归档/a.txt"));
        assert!(fits("归档/", "归档/a.txt") && fits("归档/", "新/归档/a/b.txt"));
        assert!(fits("*.草稿.txt", "a/b.草稿.txt") && fits("a.txt", "b/a.txt") && !fits("/a.txt", "b/a.txt"));
        assert!(fits("乡镇/*.txt", "乡镇/a.txt") && !fits("乡镇/*.txt", "乡镇/b/a.txt"));
        assert!(fits("./乡镇/a.txt", "乡镇/a.txt"));
        assert!(Globs::default().add("[").is_err());
    }

    #[test]
    fn any_path_can_be_named_exactly() {
        for path in ["a.txt", "甲/乙 [1]{2}*.txt"] {
            assert!(fits(&exactly(path), path), "{path}");
        }
        assert!(!fits(&exactly("a.txt"), "b/a.txt") && !fits(&exactly("甲/[1].txt"), "甲/1.txt"));
    }
}
