//! Texts back to bytes, in the encoding they were read in.

use encoding_rs::GB18030;

use super::read::Script;

/// The bytes of a text. Whether they are those that were read, where the text is, is for the caller to see: a few
/// bytes of GB18030 have a second spelling.
pub fn encode(text: &str, script: Script) -> Vec<u8> {
    let mark = if script.mark { "\u{feff}" } else { "" };
    let units = || mark.encode_utf16().chain(text.encode_utf16());
    match script.encoding {
        "UTF-16LE" => units().flat_map(u16::to_le_bytes).collect(),
        "UTF-16BE" => units().flat_map(u16::to_be_bytes).collect(),
        "GB18030" => GB18030.encode(text).0.into_owned(),
        _ => [mark, text].concat().into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::decode;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_as_it_was(text in "预算[\\t\\r\\n0-9.,㐀-龥𠀀-𠀑a-z]{0,40}", utf16 in 0..3usize, mark: bool) {
            let encoding = ["UTF-8", "UTF-16LE", "UTF-16BE"][utf16];
            let script = Script { encoding, mark: mark || utf16 > 0 };
            let bytes = encode(&text, script);
            let source = decode(bytes.clone()).expect("a text");
            prop_assert_eq!((&source.text, source.script), (&text, script));
            prop_assert_eq!(encode(&source.text, source.script), bytes);
        }
    }

    #[test]
    fn gb18030_too() {
        let bytes = GB18030.encode("部门预算\r\n收入总计\t1,234.50\t㐀𠀀\r\n").0.into_owned();
        let source = decode(bytes.clone()).expect("a text");
        assert_eq!(encode(&source.text, source.script), bytes);
    }
}
