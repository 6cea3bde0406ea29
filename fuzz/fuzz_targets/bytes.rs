#![no_main]
//! See `tests/src/fuzz/bytes.rs`.

libfuzzer_sys::fuzz_target!(|input: &[u8]| gouji_tests::fuzz::run("bytes", input));
