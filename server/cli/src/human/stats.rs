//! How fast it went.

use std::time::Duration;

use gouji_core::verdict::finding::Locale;

use super::Tally;

/// Documents and megabytes, the time they took, and both by the second.
pub fn stats(sum: &Tally, took: Duration, locale: Locale) -> String {
    let (documents, bytes) = (sum.documents as u128, sum.bytes as u128);
    let micros = took.as_micros().max(1);
    let (size, time) = (hundredths(bytes / 10_000), hundredths(micros / 10_000));
    // Bytes by the microsecond are megabytes by the second.
    let (rate, flow) = (hundredths(documents * 100_000_000 / micros), hundredths(bytes * 100 / micros));
    match locale {
        Locale::Chinese => {
            format!("统计：文件 {documents} 个，{size} MB，用时 {time} 秒；每秒 {rate} 个，{flow} MB")
        }
        Locale::English => {
            format!("stats: {documents} documents, {size} MB in {time} s; {rate} documents/s, {flow} MB/s")
        }
    }
}

fn hundredths(number: u128) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_by_the_second() {
        let mut sum = Tally::default();
        (sum.documents, sum.bytes) = (30, 1_234_567);
        let said = stats(&sum, Duration::from_millis(1500), Locale::Chinese);
        assert_eq!(said, "统计：文件 30 个，1.23 MB，用时 1.50 秒；每秒 20.00 个，0.82 MB");
        let said = stats(&sum, Duration::ZERO, Locale::English);
        assert!(said.starts_with("stats: 30 documents, 1.23 MB in 0.00 s; 30000000.00 documents/s"), "{said}");
    }
}
