//! What was asked, as one digest. The boundary of a form is left out: programs draw a new one each time; and what
//! follows its last part, which nobody reads (RFC 2046, section 5.1.1: the epilogue).

use sha2::{Digest, Sha256};

/// What follows the boundary after the last part of a form.
const LAST: &[u8] = b"--";

/// The digest of what has been heard so far.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    digest: Sha256,
    boundary: Vec<u8>,
    /// The end of what came, which may be the beginning of a boundary.
    carried: Vec<u8>,
    /// The form's last part is over.
    over: bool,
}

impl Heard {
    /// Begins with what is not the body, each with its length; `boundary` is the form's, empty for what is none.
    pub(crate) fn new(begins: &[&[u8]], boundary: &[u8]) -> Self {
        let mut digest = Sha256::new();
        for part in begins {
            digest.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            digest.update(part);
        }
        Self { digest, boundary: boundary.to_vec(), carried: Vec::new(), over: false }
    }
    /// Takes in the next bytes of the body, however it is cut.
    pub(crate) fn more(&mut self, bytes: &[u8]) {
        if self.boundary.is_empty() {
            return self.digest.update(bytes);
        }
        if self.over {
            return;
        }
        self.carried.extend_from_slice(bytes);
        let mut rest = self.carried.as_slice();
        while let Some(at) = rest.windows(self.boundary.len()).position(|some| some == self.boundary) {
            let (before, found) = rest.split_at(at);
            self.digest.update(before);
            rest = found;
            // Two more bytes say whether it was the last one.
            let Some(after) = found.get(self.boundary.len()..).filter(|after| after.len() >= LAST.len())
            else {
                self.carried = rest.to_vec();
                return;
            };
            if after.starts_with(LAST) {
                (self.over, self.carried) = (true, Vec::new());
                return;
            }
            rest = after;
        }
        let sure = rest.len().saturating_sub(self.boundary.len() - 1);
        let (sure, open) = rest.split_at(sure);
        self.digest.update(sure);
        self.carried = open.to_vec();
    }
    /// The digest of all that has been heard.
    pub(crate) fn digest(&self) -> [u8; 32] {
        let mut digest = self.digest.clone();
        digest.update(&self.carried);
        digest.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_the_same_with_another_boundary_and_however_it_is_cut() {
        let form = |boundary: &str| format!("--{boundary}\r\nname\r\n--{boundary}--");
        let heard = |text: &str, boundary: &str, piece: usize| {
            let mut heard = Heard::new(&[b"POST", b"/x"], boundary.as_bytes());
            text.as_bytes().chunks(piece).for_each(|some| heard.more(some));
            heard.digest()
        };
        let one = heard(&form("abc123"), "abc123", 1);
        assert_eq!(one, heard(&form("abc123"), "abc123", 1000));
        assert_eq!(one, heard(&form("zzzzzzzzzz"), "zzzzzzzzzz", 7));
        assert_ne!(one, heard(&form("abc123").replace("name", "eman"), "abc123", 3));
        assert_eq!(one, heard(&(form("abc123") + "\r\nnobody reads this abc123"), "abc123", 5));
        assert_ne!(heard("--b", "b", 1), heard("--b--", "b", 1));
        assert_ne!(heard("a", "", 1), heard("b", "", 1));
    }
}
