//! Whatever a stranger, a broken program or an ill-willed colleague can send: wrong, huge, empty, cut, hostile.
//!
//! Every door is asked by its own sample (`doors/samples.txt`) with one thing in it replaced. A clear refusal is the answer, or
//! the thing is taken as what it is; never a failure of ours, and nothing is lost.

mod bombs;
mod fields;
mod given;
mod heads;
pub mod huge;
mod markup;
mod panics;
mod refused;
mod streams;

/// What stands where a name, a number, a time, an id or a word is expected; as bytes, since not all of it is text.
pub const CORPUS: &[&[u8]] = &[
    b"",
    b" ",
    b"\0",
    b"a\0b",
    b"a\r\nSet-Cookie: stolen=1\r\n\r\n<html>",
    b"a\nlevel=error forged=1",
    b"\x1b[31mred\x1b]0;title\x07",
    b"\x7f\x80",
    b"\xff\xfe\xfd",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    "\u{202e}nimda\u{2066}".as_bytes(),
    "\u{feff}\u{200b}\u{2028}".as_bytes(),
    "İıſßﬁ".as_bytes(),
    "😀e\u{301}\u{301}\u{301}\u{301}".as_bytes(),
    b"'; drop table users; --",
    b"\"><script>alert(1)</script>",
    b"{{7*7}}${7*7}#{7*7}",
    b"%",
    b"%_\\%00%zz",
    b"*",
    b"***a*",
    b"=cmd|' /C calc'!A0",
    b"../../../../etc/passwd",
    b"//elsewhere.example/",
    b"javascript:alert(1)",
    b"-1",
    b"0",
    b"-0",
    b"1.5",
    b"1e309",
    b"NaN",
    b"Infinity",
    b"9223372036854775807",
    b"9223372036854775808",
    b"-9223372036854775808",
    b"18446744073709551615",
    b"99999999999999999999999999999999",
    b"00000000-0000-0000-0000-000000000000",
    b"ffffffff-ffff-ffff-ffff-ffffffffffff",
    b"0000-00-00",
    b"9999-12-31T23:59:60",
    b"-009999-01-01T00:00:00Z",
    b"9999-12-30T22:00:00.999999Z",
    b"2026-03-29T02:30",
    b"2026-13-45T99:99",
    b"null",
    b"true",
    b"[]",
    b"{}",
    b"_",
    b"~",
    b"9223372036854775807_019a0000-0000-7000-8000-000000000000",
    b"019a0000-0000-7000-8000-000000000000~\0",
];
