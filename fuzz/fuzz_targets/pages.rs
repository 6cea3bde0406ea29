#![no_main]
//! See `tests/src/fuzz/pages.rs`.

libfuzzer_sys::fuzz_target!(|input: &[u8]| gouji_tests::fuzz::run("pages", input));
