//! Passwords: Argon2id (RFC 9106).

use std::sync::LazyLock;

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier, password_hash::SaltString};
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::{
    error::{Error, Result},
    secret,
};

/// One takes 19 MiB and tens of milliseconds, so few run at a time.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Compared with where there is no user, so that the time does not tell.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody").ok());

/// Checks the length, 8 to 200 characters, and that it is not what anybody would try first.
pub fn check(field: &str, password: &str, login: &str) -> Result<()> {
    if !password.is_empty() && password.to_lowercase() == login.to_lowercase() {
        let detail = "A password is not the name to sign in with: choose another.";
        return Err(Error::invalid(field, detail));
    }
    match password.chars().count() {
        0 => Err(Error::required(field)),
        8..=200 => Ok(()),
        _ => Err(Error::invalid(field, "A password has 8 to 200 characters.")),
    }
}

/// The hash to store.
pub async fn hash(password: String) -> Result<String> {
    in_turn(move || hash_now(&password)).await?
}

/// Whether the password fits the hash; never, if there is none.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    in_turn(move || {
        let known = stored.is_some();
        let Some(stored) = stored.or_else(|| NOBODY.clone()) else { return false };
        let Ok(stored) = PasswordHash::new(&stored) else { return false };
        Argon2::default().verify_password(password.as_bytes(), &stored).is_ok() && known
    })
    .await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let failed = |_| Error::Internal("password hashing was ended".to_owned());
    let _turn =
        TURNS.acquire().await.map_err(|_| Error::Internal("no turns for hashing".to_owned()))?;
    spawn_blocking(work).await.map_err(failed)
}

fn hash_now(password: &str) -> Result<String> {
    let failed = |_| Error::Internal("a password could not be hashed".to_owned());
    let salt = SaltString::encode_b64(&secret::random::<16>()?).map_err(failed)?;
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(failed)?;
    Ok(hash.to_string())
}
