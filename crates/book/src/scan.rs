//! Reading canonical JSON strictly: every method takes what the canonical rule would write and nothing else, so that
//! a text that passes has exactly one reading and one spelling.

use std::borrow::Cow;

use crate::canonical::{DEPTH_MAX, NotCanonical};
use crate::digits;

pub(crate) type Scanned<T> = Result<T, NotCanonical>;

/// A place in a text.
pub(crate) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    /// At the beginning of the text.
    pub fn new(text: &'a str) -> Scan<'a> {
        Scan { text, at: 0 }
    }

    fn fail<T>(&self, what: &'static str) -> Scanned<T> {
        Err(NotCanonical { at: self.at, what })
    }

    #[inline(always)]
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    #[inline(always)]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes exactly this text, which the error names.
    #[inline(always)]
    pub fn literal(&mut self, expected: &'static str) -> Scanned<()> {
        if self.take_if(expected) { Ok(()) } else { self.fail(expected) }
    }

    /// Takes this text if it stands here.
    #[inline(always)]
    pub fn take_if(&mut self, expected: &'static str) -> bool {
        let here = self.rest().starts_with(expected.as_bytes());
        if here {
            self.at += expected.len();
        }
        here
    }

    /// The text must end here.
    pub fn end(&self) -> Scanned<()> {
        if self.at == self.text.len() { Ok(()) } else { self.fail("the end of the line") }
    }

    fn take(&mut self, length: usize) -> Scanned<&'a [u8]> {
        let Some(taken) = self.rest().get(..length) else { return self.fail("more text") };
        self.at += length;
        Ok(taken)
    }

    /// A quoted id: 32 lower-case hex digits.
    pub fn id(&mut self) -> Scanned<[u8; 16]> {
        self.quoted(digits::from_hex, "32 lower-case hex digits in quotes")
    }

    /// A quoted base64 text of 32 bytes (RFC 4648 section 4, with padding, unused bits zero).
    pub fn bytes32(&mut self) -> Scanned<[u8; 32]> {
        self.quoted(digits::from_base64, "base64 of 32 bytes in quotes")
    }

    /// A quoted text of `N` bytes that `read` understands.
    fn quoted<const N: usize, T>(
        &mut self,
        read: fn(&[u8; N]) -> Option<T>,
        what: &'static str,
    ) -> Scanned<T> {
        let value = self.rest().split_first().and_then(|(quote, rest)| {
            let (digits, rest) = rest.split_first_chunk::<N>()?;
            (*quote == b'"' && rest.first() == Some(&b'"')).then(|| read(digits))?
        });
        let Some(value) = value else { return self.fail(what) };
        self.at += N + 2;
        Ok(value)
    }

    /// A number from 0 to 2^64-1 without a sign or leading zeros.
    pub fn u64(&mut self) -> Scanned<u64> {
        let start = self.at;
        let mut number = 0u64;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            let Some(next) = number.checked_mul(10).and_then(|n| n.checked_add(u64::from(digit - b'0')))
            else {
                return self.fail("an integer of 64 bits");
            };
            number = next;
            self.at += 1;
        }
        let digits = self.at - start;
        let leading_zero = digits > 1 && self.text.as_bytes().get(start) == Some(&b'0');
        if digits == 0 || leading_zero { self.fail("an integer without leading zeros") } else { Ok(number) }
    }

    /// A number from -2^63 to 2^63-1.
    pub fn i64(&mut self) -> Scanned<i64> {
        let negative = self.take_if("-");
        let size = self.u64()?;
        let number = if negative {
            (size != 0).then(|| 0i64.checked_sub_unsigned(size)).flatten()
        } else {
            i64::try_from(size).ok()
        };
        number.map_or_else(|| self.fail("an integer of 64 bits"), Ok)
    }

    /// A number of 32 bits.
    pub fn u32(&mut self) -> Scanned<u32> {
        u32::try_from(self.u64()?).or_else(|_| self.fail("an integer of 32 bits"))
    }

    /// A string, with its escapes undone.
    pub fn string(&mut self) -> Scanned<Cow<'a, str>> {
        let start = self.at + 1;
        let escaped = self.skip_string()?;
        let raw = self.text.get(start..self.at - 1).unwrap_or_default();
        Ok(if escaped { Cow::Owned(unescape(raw)) } else { Cow::Borrowed(raw) })
    }

    /// Passes over a string and says whether it holds escapes.
    fn skip_string(&mut self) -> Scanned<bool> {
        self.literal("\"")?;
        let mut escaped = false;
        loop {
            self.at += plain_run(self.rest());
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(escaped);
                }
                Some(b'\\') => {
                    self.escape()?;
                    escaped = true;
                }
                _ => return self.fail("the end of the string"),
            }
        }
    }

    fn escape(&mut self) -> Scanned<()> {
        self.at += 1;
        match self.take(1)? {
            [b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't'] => Ok(()),
            [b'u'] => match self.take(4)? {
                [b'0', b'0', b'0', b'0'..=b'7' | b'b' | b'e' | b'f'] => Ok(()),
                [b'0', b'0', b'1', b'0'..=b'9' | b'a'..=b'f'] => Ok(()),
                _ => self.fail("a canonical escape"),
            },
            _ => self.fail("a canonical escape"),
        }
    }

    /// Passes over any value and gives its text.
    pub fn value(&mut self) -> Scanned<&'a str> {
        let start = self.at;
        self.skip_value(0)?;
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    fn skip_value(&mut self, depth: usize) -> Scanned<()> {
        if depth > DEPTH_MAX {
            return self.fail("fewer levels of nesting");
        }
        match self.peek() {
            Some(b'"') => self.skip_string().map(|_| ()),
            Some(b'{') => self.skip_object(depth),
            Some(b'[') => self.skip_array(depth),
            Some(b'-') => self.i64().map(|_| ()),
            Some(b'0'..=b'9') => self.u64().map(|_| ()),
            Some(b't') => self.literal("true"),
            Some(b'f') => self.literal("false"),
            Some(b'n') => self.literal("null"),
            _ => self.fail("a value"),
        }
    }

    fn skip_array(&mut self, depth: usize) -> Scanned<()> {
        self.literal("[")?;
        if self.take_if("]") {
            return Ok(());
        }
        loop {
            self.skip_value(depth + 1)?;
            if self.take_if("]") {
                return Ok(());
            }
            self.literal(",")?;
        }
    }

    fn skip_object(&mut self, depth: usize) -> Scanned<()> {
        self.literal("{")?;
        if self.take_if("}") {
            return Ok(());
        }
        let mut before: Option<Cow<'a, str>> = None;
        loop {
            let key = self.string()?;
            if before.is_some_and(|before| before.as_bytes() >= key.as_bytes()) {
                return self.fail("keys in ascending order");
            }
            before = Some(key);
            self.literal(":")?;
            self.skip_value(depth + 1)?;
            if self.take_if("}") {
                return Ok(());
            }
            self.literal(",")?;
        }
    }
}

/// How many bytes from here on need no thought inside a string: eight at a time.
fn plain_run(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let (words, _) = bytes.as_chunks::<8>();
    let mut run = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let control = word.wrapping_sub(ONES * 0x20) & !word & HIGH;
        let stop = control | zero(word ^ (ONES * u64::from(b'"'))) | zero(word ^ (ONES * u64::from(b'\\')));
        if stop != 0 {
            return run + (stop.trailing_zeros() / 8) as usize;
        }
        run += 8;
    }
    let plain = |byte: &&u8| **byte >= 0x20 && **byte != b'"' && **byte != b'\\';
    run + bytes.get(run..).unwrap_or_default().iter().take_while(plain).count()
}

/// Undoes the escapes of a string that has passed [`Scan::skip_string`].
fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((plain, after)) = rest.split_once('\\') {
        out.push_str(plain);
        let (code, length) = match after.as_bytes() {
            [b'u', b'0', b'0', high, low, ..] => (hex(*high) * 16 + hex(*low), 5),
            [b'b', ..] => (0x08, 1),
            [b'f', ..] => (0x0c, 1),
            [b'n', ..] => (b'\n', 1),
            [b'r', ..] => (b'\r', 1),
            [b't', ..] => (b'\t', 1),
            [other, ..] => (*other, 1),
            [] => break,
        };
        out.push(char::from(code));
        rest = after.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

fn hex(digit: u8) -> u8 {
    match digit {
        b'a'..=b'f' => digit - b'a' + 10,
        _ => digit.wrapping_sub(b'0') & 15,
    }
}
