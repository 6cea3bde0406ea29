//! The figures of all servers side by side.

use gouji_tests::generate::Generated;

use super::steps::Figures;

/// The figure that so many per cent do not exceed.
fn quantile(figures: &[u64], percent: usize) -> Option<u64> {
    let mut sorted = figures.to_vec();
    sorted.sort_unstable();
    let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied()
}

/// Thousandths as a decimal number.
fn thousandths(figure: u64) -> String {
    format!("{}.{:03}", figure / 1000, figure % 1000)
}

/// Prints the table of one size: a row for each thing that is measured, in milliseconds, and how many times that of the
/// trivial servers it is.
pub fn print(size: &str, made: &Generated, all: &[(&str, Figures)]) {
    println!("\n{size}: {} bytes, {} contradictions planted; ms, p50 / p95 / p99", made.text.len(), made.planted);
    type Row = (&'static str, fn(&Figures) -> &[u64]);
    let rows: [Row; 7] = [
        ("start → diagnostics", |own| &own.started),
        ("open → diagnostics", |own| &own.opened),
        ("key → diagnostics", |own| &own.key),
        ("toggle → diagnostics", |own| &own.toggle),
        ("edit, hover → answer", |own| &own.hover),
        ("edit, action → answer", |own| &own.action),
        ("end of burst → diag.", |own| &own.burst),
    ];
    print!("{:<22}", "");
    all.iter().for_each(|(who, _)| print!("{who:>26}"));
    println!("{:>12}{:>12}", "÷ echo p50", "÷ floor p50");
    for (name, of) in rows {
        print!("{name:<22}");
        for (_, figures) in all {
            let three = [50, 95, 99].map(|percent| quantile(of(figures), percent).map_or("-".to_owned(), thousandths));
            print!("{:>26}", three.join(" / "));
        }
        let p50 = |who: &str| {
            let (_, figures) = all.iter().find(|(own, _)| *own == who)?;
            quantile(of(figures), 50).filter(|own| *own > 0)
        };
        for floor in ["echo", "floor"] {
            let ratio = p50("gouji").zip(p50(floor)).map(|(own, floor)| own * 100 / floor);
            print!("{:>12}", ratio.map_or(String::new(), |own| format!("{}.{:02}", own / 100, own % 100)));
        }
        println!();
    }
    let most = |figures: &[u64]| figures.iter().max().copied();
    print!("{:<22}", "VmHWM after open, MB");
    all.iter().for_each(|(_, own)| {
        print!("{:>26}", most(&own.memory).map_or("-".to_owned(), |own| thousandths(own * 1000 / 1024)))
    });
    print!("\n{:<22}", "CPU of the burst, %");
    all.iter().for_each(|(_, own)| {
        print!(
            "{:>26}",
            quantile(&own.busy, 50).map_or("-".to_owned(), |own| format!("{}.{:02}", own / 100, own % 100))
        )
    });
    println!();
}
