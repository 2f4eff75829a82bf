//! Small writers that append to a line.

use data_encoding::{BASE64, HEXLOWER};

pub(crate) fn text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

pub(crate) fn id(out: &mut Vec<u8>, id: &[u8; 16]) {
    let mut hex = [0; 34];
    hex[0] = b'"';
    HEXLOWER.encode_mut(id, &mut hex[1..33]);
    hex[33] = b'"';
    out.extend_from_slice(&hex);
}

pub(crate) fn bytes32(out: &mut Vec<u8>, bytes: &[u8; 32]) {
    let mut base64 = [0; 46];
    base64[0] = b'"';
    BASE64.encode_mut(bytes, &mut base64[1..45]);
    base64[45] = b'"';
    out.extend_from_slice(&base64);
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
