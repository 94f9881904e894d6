//! Secrets: made, hashed, sealed, compared.

use std::{
    fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::Aead};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::error::{Error, Result};

const NONCE: usize = 24;

/// Random bytes from the operating system.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| Error::Internal(format!("no random bytes: {e}")))?;
    Ok(bytes)
}

/// A secret of 256 bits, as 64 hexadecimal digits.
pub fn token() -> Result<String> {
    random::<32>().map(|bytes| hex(&bytes))
}

/// What a token is looked up by. A token is random, so a plain hash keeps it.
pub fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// HMAC-SHA256 in hexadecimal digits.
pub fn sign(key: &str, parts: &[&[u8]]) -> Result<String> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_bytes())
        .map_err(|_| Error::Internal("a key of that length cannot sign".to_owned()))?;
    parts.iter().for_each(|part| mac.update(part));
    Ok(hex(&mac.finalize().into_bytes()))
}

/// Compares without telling by its time how much fits.
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Seals secrets that have to be read again, with a key outside the database.
#[derive(Clone)]
pub struct Seal(XChaCha20Poly1305);

impl Seal {
    /// Reads the key from a file, which is made if it is not there.
    pub fn open(path: &Path) -> io::Result<Self> {
        match fs::read(path) {
            Ok(key) => Self::from_key(&key),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                let key: [u8; 32] = random().map_err(|_| io::Error::other("no random bytes"))?;
                let mut file =
                    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
                file.write_all(&key)?;
                file.sync_all()?;
                Self::from_key(&key)
            }
            Err(e) => Err(e),
        }
    }

    /// A seal with a key of 32 bytes.
    pub fn from_key(key: &[u8]) -> io::Result<Self> {
        let cipher = XChaCha20Poly1305::new_from_slice(key);
        cipher.map(Self).map_err(|_| io::Error::other("the key file must hold exactly 32 bytes"))
    }

    /// The secret, for the database.
    pub fn seal(&self, secret: &str) -> Result<String> {
        let nonce: [u8; NONCE] = random()?;
        let sealed = self.0.encrypt(&XNonce::from(nonce), secret.as_bytes());
        let sealed =
            sealed.map_err(|_| Error::Internal("a secret could not be sealed".to_owned()))?;
        Ok(hex(&nonce) + &hex(&sealed))
    }

    /// The secret that was sealed.
    pub fn unseal(&self, sealed: &str) -> Result<String> {
        let opened = || {
            let bytes = unhex(sealed)?;
            let (nonce, text) = bytes.split_first_chunk::<NONCE>()?;
            String::from_utf8(self.0.decrypt(&XNonce::from(*nonce), text).ok()?).ok()
        };
        opened()
            .ok_or_else(|| Error::Internal("a sealed secret does not fit the key file".to_owned()))
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect::<Option<_>>()?;
    digits
        .len()
        .is_multiple_of(2)
        .then(|| digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_can_be_read_with_its_key_alone() {
        let seal = Seal::from_key(&[7; 32]).unwrap();
        let sealed = seal.seal("s3cret").unwrap();
        assert!(!sealed.contains("s3cret") && sealed != seal.seal("s3cret").unwrap());
        assert_eq!(seal.unseal(&sealed).unwrap(), "s3cret");
        assert!(Seal::from_key(&[8; 32]).unwrap().unseal(&sealed).is_err());
        let (nonce, rest) = sealed.split_at(NONCE * 2);
        let forged =
            format!("{nonce}{}{}", if rest.starts_with('0') { '1' } else { '0' }, &rest[1..]);
        assert!(seal.unseal(&forged).is_err());
        assert!(seal.unseal("é").is_err());
    }

    #[test]
    fn a_signature_is_hmac_sha256() {
        // RFC 4231, test case 2.
        let signature = sign("Jefe", &[b"what do ya want ", b"for nothing?"]).unwrap();
        assert_eq!(signature, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
