#![no_main]
//! See `tests/src/fuzz/config.rs`.

libfuzzer_sys::fuzz_target!(|input: &[u8]| gouji_tests::fuzz::run("config", input));
