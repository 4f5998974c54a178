//! Hashes as people and programs compare them.

use sha2::{Digest, Sha256};

/// The SHA-256 of bytes (of a text's UTF-8), in lower-case hexadecimal digits.
#[must_use]
pub fn sha256(content: impl AsRef<[u8]>) -> String {
    hexadecimal(&Sha256::digest(content))
}

/// A digest in lower-case hexadecimal digits.
#[must_use]
pub fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    })
}
