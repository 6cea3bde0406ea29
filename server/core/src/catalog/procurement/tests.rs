//! Kinds, editions and fixed assets of the codes that documents print.

use super::*;

#[track_caller]
fn fixed(code: &str, expected: Option<bool>) {
    assert_eq!(is_fixed_asset(code), expected, "{code}");
}

#[test]
fn every_row_is_read_and_hangs_on_its_parent() {
    assert_eq!(items().len(), rows::fields(include_str!("../../../data/procurement.csv")).count());
    for item in items() {
        assert!(kind(item.code).is_some(), "{item:?}");
        let same_edition = |parent| by_code(parent).iter().any(|above| above.edition == item.edition);
        assert!(item.parent.is_none_or(same_edition), "{item:?}");
    }
}

#[test]
fn one_code_two_editions() {
    let names: Vec<_> = by_code("A02010104").iter().map(|item| (item.edition, item.name)).collect();
    assert_eq!(names, [(Edition::E2013, "台式计算机"), (Edition::E2022, "服务器")]);
    assert_eq!(by_code(" A02021103 ")[0].name, "LED显示屏");
    assert_eq!(by_code("A02020504")[0].name, "专用照相机");
    assert!(by_code("A0201").len() == 1 && by_code("A9").is_empty());
}

#[test]
fn the_letter_tells_the_kind() {
    assert_eq!(kind("A02021103"), Some(Kind::Goods));
    assert_eq!(kind("B07"), Some(Kind::Works));
    assert_eq!(kind("C89110002"), Some(Kind::Services));
    for text in ["", "D01", "a01", "复印纸", "A0202 1103", "A4纸", "A020211031234"] {
        assert_eq!(kind(text), None, "{text}");
    }
}

#[test]
fn equipment_and_furniture_are_fixed_assets() {
    for code in ["A02021103", "A02010104", "A02020504", "A02061804", "A02029900", "A0201060102", "A01010100"] {
        fixed(code, Some(true));
    }
    for code in ["A05010201", "A05010399", "A05020100", "A060205", "A0605", "A03000000", "A04", "A06"] {
        fixed(code, Some(true));
    }
    fixed("A02010701", Some(true));
}

#[test]
fn supplies_software_works_and_services_are_not() {
    for code in ["A05040101", "A05040201", "A05040199", "A05040000", "A090101", "A0999", "A08060301", "A19"] {
        fixed(code, Some(false));
    }
    for code in ["A07000000", "A1105", "B01", "B08000000", "C23120301", "C18040102", "C23090199", "C010002"] {
        fixed(code, Some(false));
    }
}

#[test]
fn mixed_and_unknown_classes_are_left_open() {
    for code in ["A", "A02010801", "A02010799", "A05000000", "A05030300", "A0608", "A0101", "A99", "X", ""] {
        fixed(code, None);
    }
}
