//! Small writers that append to a line.

use crate::digits;

#[inline(always)]
pub(crate) fn text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

pub(crate) fn id(out: &mut Vec<u8>, id: &[u8; 16]) {
    quoted(out, &digits::hex(id));
}

pub(crate) fn bytes32(out: &mut Vec<u8>, bytes: &[u8; 32]) {
    quoted(out, &digits::base64(bytes));
}

#[inline(always)]
fn quoted(out: &mut Vec<u8>, digits: &[u8]) {
    out.push(b'"');
    out.extend_from_slice(digits);
    out.push(b'"');
}

pub(crate) fn number(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}

pub(crate) fn signed(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    number(out, value.unsigned_abs());
}
