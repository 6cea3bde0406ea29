//! The embedded data files, cut into fields without copying.
//!
//! The files hold no quotes and no commas inside a field (a test holds them to it), so that a field is a slice of the
//! embedded text and reading a list allocates nothing but the vector of its rows.

/// Columns of every list; `uncertain.csv` alone has fewer.
pub(in crate::catalog) const FIELDS: usize = 7;

const UNCERTAIN: &str = include_str!("../../../data/uncertain.csv");

/// The rows below the comments and the column names; a row of another width is left out.
pub(in crate::catalog) fn fields(csv: &'static str) -> impl Iterator<Item = [&'static str; FIELDS]> {
    lines(csv).filter_map(cut)
}

/// The codes a list is in doubt about, by the name of its file.
pub(in crate::catalog) fn uncertain(list: &str) -> Vec<&'static str> {
    lines(UNCERTAIN).filter_map(cut::<3>).filter(|[of, ..]| *of == list).map(|[_, code, _]| code).collect()
}

fn lines(csv: &'static str) -> impl Iterator<Item = &'static str> {
    csv.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).skip(1)
}

fn cut<const N: usize>(line: &'static str) -> Option<[&'static str; N]> {
    let mut fields = [""; N];
    let mut parts = line.split(',');
    for field in &mut fields {
        *field = parts.next()?.trim();
    }
    parts.next().is_none().then_some(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: [&str; 5] = [
        include_str!("../../../data/functional.csv"),
        include_str!("../../../data/economic_department.csv"),
        include_str!("../../../data/economic_government.csv"),
        include_str!("../../../data/income.csv"),
        include_str!("../../../data/procurement.csv"),
    ];

    #[test]
    fn plain_cutting_reads_what_a_csv_reader_reads() {
        for csv in LISTS {
            let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(csv.as_bytes());
            let read: Vec<_> = reader.records().map(|record| record.unwrap()).collect();
            let cut: Vec<_> = fields(csv).collect();
            assert_eq!(read.len(), cut.len());
            for (record, fields) in read.iter().zip(&cut) {
                assert!(record.iter().eq(fields.iter().copied()), "{fields:?}");
            }
            assert!(!csv.contains('"'));
            assert!(cut.is_sorted_by_key(|[code, ..]| *code));
        }
        assert_eq!(lines(UNCERTAIN).count(), lines(UNCERTAIN).filter_map(cut::<3>).count());
    }

    #[test]
    fn doubts_name_a_file_that_exists() {
        let files = ["functional", "economic_department", "economic_government", "income", "procurement"];
        let known: usize = files.iter().map(|list| uncertain(list).len()).sum();
        assert_eq!(known, lines(UNCERTAIN).count());
    }

    #[test]
    fn a_row_of_another_width_is_left_out() {
        assert_eq!(fields("#\nhead\n1,2,3,4,5,6,7\n1,2\n1,2,3,4,5,6,7,8\n").count(), 1);
    }
}
