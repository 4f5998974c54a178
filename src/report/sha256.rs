//! Hashes as people and programs compare them.

use sha2::{Digest, Sha256};

/// The SHA-256 of a text's UTF-8 bytes (of a file's, as `line_ends::plain` gives it), in lower-case hexadecimal digits.
pub(super) fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::with_capacity(64), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    })
}
