//! Days, as far as a limit of time needs them.

use std::time::{Duration, SystemTime};

/// A day of the calendar; later days are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
}

/// Disclosures are published in China.
const BEIJING: Duration = Duration::from_secs(8 * 60 * 60);

impl Date {
    /// Today, in Beijing.
    pub fn today() -> Self {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Self::of_days((since + BEIJING).as_secs() / (24 * 60 * 60))
    }

    /// The day so many days after 1 January 1970.
    fn of_days(mut days: u64) -> Self {
        let mut year: u16 = 1970;
        let leap = |year: u16| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let length = |year: u16| if leap(year) { 366 } else { 365 };
        while days >= length(year) && year < u16::MAX {
            days -= length(year);
            year += 1;
        }
        let february = if leap(year) { 29 } else { 28 };
        let mut month = 1;
        for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
            if days < length {
                break;
            }
            days -= length;
            month += 1;
        }
        Self { year, month, day: u8::try_from(days + 1).unwrap_or(31) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        let date = |year, month, day| Date { year, month, day };
        for (days, expected) in [
            (0, date(1970, 1, 1)),
            (58, date(1970, 2, 28)),
            (59, date(1970, 3, 1)),
            (789, date(1972, 2, 29)),
            (11_016, date(2000, 2, 29)),
            (20_453, date(2025, 12, 31)),
            (20_454, date(2026, 1, 1)),
        ] {
            assert_eq!(Date::of_days(days), expected, "{days}");
        }
        assert!(date(2026, 1, 1) > date(2025, 12, 31));
    }
}
