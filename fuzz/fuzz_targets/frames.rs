#![no_main]
//! See `tests/src/fuzz/frames.rs`.

libfuzzer_sys::fuzz_target!(|input: &[u8]| gouji_tests::fuzz::run("frames", input));
