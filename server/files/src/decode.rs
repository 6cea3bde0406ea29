//! Bytes to text: UTF-8 with or without byte order mark, UTF-16 with one, GB18030 (which holds GBK and GB2312).

use encoding_rs::{Encoding, GB18030, UTF_8};
use gouji_core::finding::Message;

use super::read::{Script, Source};

/// The text, or why there is none. Nothing is replaced or guessed at: a figure must never stand in doubt because of its bytes.
pub fn decode(mut bytes: Vec<u8>) -> Result<Source, Message> {
    let marked = Encoding::for_bom(&bytes);
    if let Some((encoding, mark)) = marked {
        if encoding != UTF_8 {
            return strict(encoding, &bytes[mark..], true)
                .filter(|source| !source.text.contains('\0'))
                .ok_or_else(binary);
        }
        bytes.drain(..mark);
    }
    if bytes.contains(&0) {
        return Err(binary());
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => {
            let script = Script { encoding: UTF_8.name(), mark: marked.is_some() };
            return Ok(Source { text, script });
        }
        Err(error) => error.into_bytes(),
    };
    if let Some(line) = damaged_utf8(&bytes) {
        let zh = format!("第 {line} 行有不属于 UTF-8 的字节，文件可能已损坏");
        return Err(Message::new(zh, format!("line {line} has bytes that are not UTF-8; the file may be damaged")));
    }
    strict(GB18030, &bytes, false).filter(|source| is_prose(&source.text)).ok_or_else(|| {
        Message::new(
            "编码无法识别（可读 UTF-8、GB18030、带标记的 UTF-16）",
            "encoding not recognised (UTF-8, GB18030 and UTF-16 with a mark can be read)",
        )
    })
}

fn strict(encoding: &'static Encoding, bytes: &[u8], mark: bool) -> Option<Source> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let encoding = if encoding == GB18030 { "GB18030" } else { encoding.name() };
    Some(Source { text: text.into_owned(), script: Script { encoding, mark } })
}

fn binary() -> Message {
    Message::new("是二进制文件", "is a binary file")
}

/// GB18030 gives a text to most bytes; control characters betray bytes that never were one. A final 0x1A is how DOS
/// ended files.
fn is_prose(text: &str) -> bool {
    !text.chars().any(|c| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0b' | '\x0c' | '\x1a'))
}

/// The line of the first bad byte where the bytes are UTF-8 but for a few places. Read as GB18030 such a text would
/// often decode, to nonsense. In a real GBK text about one pair of bytes in seven passes for UTF-8.
fn damaged_utf8(bytes: &[u8]) -> Option<usize> {
    let (mut good, mut bad, mut first, mut at) = (0, 0, None, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            bad += 1;
            first.get_or_insert(at);
            at += chunk.invalid().len();
        }
    }
    (good > 8 * bad).then(|| bytes[..first.unwrap_or(0)].iter().filter(|byte| **byte == b'\n').count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "部门预算\r\n收入总计\t1,234.50\t万元\r\n㐀𠀀\r\n";

    fn read(bytes: Vec<u8>) -> (String, &'static str) {
        let source = decode(bytes).expect("a text");
        (source.text, source.script.encoding)
    }

    #[test]
    fn the_encodings_of_the_trade_are_read() {
        assert_eq!(read(SAMPLE.into()), (SAMPLE.into(), "UTF-8"));
        assert_eq!(read(format!("\u{feff}{SAMPLE}").into_bytes()), (SAMPLE.into(), "UTF-8"));
        assert_eq!(read(GB18030.encode(SAMPLE).0.into_owned()), (SAMPLE.into(), "GB18030"));
        let units = format!("\u{feff}{SAMPLE}").encode_utf16().collect::<Vec<_>>();
        let little = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!(read(little), (SAMPLE.into(), "UTF-16LE"));
        assert_eq!(read(big), (SAMPLE.into(), "UTF-16BE"));
        assert_eq!(read(Vec::new()), (String::new(), "UTF-8"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let why = |bytes: &[u8]| decode(bytes.to_vec()).expect_err("no text").zh;
        assert!(why(b"PK\x03\x04\0\0").contains("二进制"));
        assert!(why(b"\xff\xfe\0\0a\0\0\0").contains("二进制"));
        assert!(why(b"\x81\x82\x01\x02\xff\xff").contains("编码"));
        assert!(why(b"caf\xe9 cr\xe8me").contains("编码"));
    }

    #[test]
    fn damaged_utf8_is_not_read_as_gb18030() {
        let mut bytes = "一般公共预算财政拨款支出表\n本年收入合计\n".repeat(3).into_bytes();
        bytes.truncate(bytes.len() - 2);
        assert!(decode(bytes).expect_err("damaged").zh.contains("第 6 行"));
    }
}
