//! Hex of ids and base64 of hashes, of fixed lengths: a line of an export has a dozen of them, and they are most of
//! what reading it costs. Strict: lower-case hex; standard base64 (RFC 4648 section 4) with padding and unused bits zero.

const HEX: &[u8; 16] = b"0123456789abcdef";
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const NONE: u8 = 0xff;
const FROM_HEX: [u8; 256] = values(HEX);
const FROM_BASE64: [u8; 256] = values(BASE64);

/// What each byte stands for in an alphabet; [`NONE`] for those outside it.
const fn values(alphabet: &[u8]) -> [u8; 256] {
    let mut values = [NONE; 256];
    let mut i = 0;
    while i < alphabet.len() {
        values[alphabet[i] as usize] = i as u8;
        i += 1;
    }
    values
}

pub(crate) fn hex(id: &[u8; 16]) -> [u8; 32] {
    let mut digits = [0; 32];
    for (pair, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(id) {
        *pair = [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
    }
    digits
}

pub(crate) fn from_hex(digits: &[u8; 32]) -> Option<[u8; 16]> {
    let mut id = [0; 16];
    let mut all = 0;
    for (byte, [high, low]) in id.iter_mut().zip(digits.as_chunks::<2>().0) {
        let (high, low) = (FROM_HEX[usize::from(*high)], FROM_HEX[usize::from(*low)]);
        all |= high | low;
        *byte = high << 4 | (low & 15);
    }
    (all < 16).then_some(id)
}

pub(crate) fn base64(bytes: &[u8; 32]) -> [u8; 44] {
    let mut digits = [b'='; 44];
    let (threes, rest) = bytes.as_chunks::<3>();
    let digit = |bits: u32| BASE64[(bits & 63) as usize];
    for (four, [a, b, c]) in digits.as_chunks_mut::<4>().0.iter_mut().zip(threes) {
        let bits = u32::from_be_bytes([0, *a, *b, *c]);
        *four = [digit(bits >> 18), digit(bits >> 12), digit(bits >> 6), digit(bits)];
    }
    if let ([.., x, y, z, _], [a, b]) = (&mut digits, rest) {
        let bits = u32::from_be_bytes([0, 0, *a, *b]) << 2;
        (*x, *y, *z) = (digit(bits >> 12), digit(bits >> 6), digit(bits));
    }
    digits
}

pub(crate) fn from_base64(digits: &[u8; 44]) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let mut all = 0;
    let (fours, _) = digits.as_chunks::<4>();
    let (threes, rest) = bytes.as_chunks_mut::<3>();
    for (three, four) in threes.iter_mut().zip(fours) {
        let [a, b, c, d] = four.map(|digit| FROM_BASE64[usize::from(digit)]);
        all |= a | b | c | d;
        *three = [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d];
    }
    let ([.., x, y, z, b'='], [last, least]) = (digits, rest) else { return None };
    let [a, b, c] = [*x, *y, *z].map(|digit| FROM_BASE64[usize::from(digit)]);
    all |= a | b | c;
    (*last, *least) = (a << 2 | b >> 4, b << 4 | c >> 2);
    (all < 64 && c & 3 == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use data_encoding::{BASE64, HEXLOWER};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn digits_are_those_of_another_implementation(id: [u8; 16], bytes: [u8; 32]) {
            prop_assert_eq!(hex(&id).to_vec(), HEXLOWER.encode(&id).into_bytes());
            prop_assert_eq!(base64(&bytes).to_vec(), BASE64.encode(&bytes).into_bytes());
            prop_assert_eq!(from_hex(&hex(&id)), Some(id));
            prop_assert_eq!(from_base64(&base64(&bytes)), Some(bytes));
        }

        #[test]
        fn nothing_is_read_that_another_implementation_refuses(id: [u8; 16], bytes: [u8; 32], at in 0usize..44, to: u8) {
            let mut digits = base64(&bytes);
            digits[at] = to;
            let theirs = BASE64.decode(&digits).ok().and_then(|bytes| bytes.try_into().ok());
            prop_assert_eq!(from_base64(&digits), theirs);
            let mut digits = hex(&id);
            digits[at % 32] = to;
            let theirs = HEXLOWER.decode(&digits).ok().and_then(|id| id.try_into().ok());
            prop_assert_eq!(from_hex(&digits), theirs);
        }
    }
}
