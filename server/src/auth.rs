//! Passwords and tokens: what is stored of either is never the thing itself.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use topfloor::domain::id::Id;

/// Characters a password has at least.
pub const SHORTEST: usize = 10;
/// Bytes of the longest one.
pub const LONGEST: usize = 1024;

#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    #[error("a password has at least {SHORTEST} characters; this one has {0}")]
    Short(usize),
    #[error("a password has at most {LONGEST} bytes")]
    Long,
    #[error("the name is no password for itself")]
    Name,
    #[error("the system gives no random numbers")]
    Random,
    #[error("the password cannot be hashed: {0}")]
    Hash(String),
    /// More sign-ins wait than the machine can work off.
    #[error("too many sign-ins at once")]
    Crowded,
}

/// Refuses a password that is too easy to try out.
///
/// # Errors
/// Says what is wrong with it.
pub fn check_password(name: &str, password: &str) -> Result<(), AuthError> {
    let characters = password.chars().count();
    if characters < SHORTEST {
        return Err(AuthError::Short(characters));
    }
    if password.len() > LONGEST {
        return Err(AuthError::Long);
    }
    if password.to_lowercase() == name.to_lowercase() {
        return Err(AuthError::Name);
    }
    Ok(())
}

/// What one try of a password costs: the smaller of the two settings OWASP recommends first for argon2id, 19 MiB and
/// two passes.
pub fn cost() -> Params {
    // The library's default is this setting, so a refusal of these numbers cannot weaken it.
    Params::new(19_456, 2, 1, None).unwrap_or_default()
}

/// The PHC string of a password.
///
/// # Errors
/// When there are no random numbers for the salt.
pub fn hash(password: &str, cost: Params) -> Result<String, AuthError> {
    let salt =
        SaltString::encode_b64(&random::<16>()?).map_err(|e| AuthError::Hash(e.to_string()))?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, cost)
        .hash_password(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|error| AuthError::Hash(error.to_string()))
}

/// The comparison inside takes the same time wherever the two differ.
fn verify(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

/// Tries passwords off the async threads, a few at a time: each takes 19 MiB. Devices the account knows do not queue
/// behind strangers, so that a flood of guesses does not keep the owner waiting.
pub struct Verifier {
    /// Stands in for the hash of a user who is not there, so that the answer takes as long.
    dummy: Arc<str>,
    strangers: Lane,
    known: Lane,
}

struct Lane {
    running: Arc<Semaphore>,
    waiting: Semaphore,
}

impl Lane {
    fn new(running: usize, waiting: usize) -> Self {
        Self {
            running: Arc::new(Semaphore::new(running)),
            waiting: Semaphore::new(waiting),
        }
    }
}

impl Verifier {
    /// # Errors
    /// When there are no random numbers.
    pub fn new(cost: Params) -> Result<Self, AuthError> {
        let unguessable = URL_SAFE_NO_PAD.encode(random::<32>()?);
        Ok(Self {
            dummy: hash(&unguessable, cost)?.into(),
            strangers: Lane::new(2, 64),
            known: Lane::new(1, 64),
        })
    }

    /// Whether the password is the one of `hash`; without a hash it never is, after the same time.
    ///
    /// # Errors
    /// [`AuthError::Crowded`] when too many wait already.
    pub async fn verify(
        &self,
        password: String,
        hash: Option<String>,
        known: bool,
    ) -> Result<bool, AuthError> {
        let lane = if known { &self.known } else { &self.strangers };
        let _place = lane.waiting.try_acquire().map_err(|_| AuthError::Crowded)?;
        let permit = lane
            .running
            .clone()
            .acquire_owned()
            .await
            .map_err(|_| AuthError::Crowded)?;
        let dummy = Arc::clone(&self.dummy);
        tokio::task::spawn_blocking(move || {
            // Held until the work ends, also when the caller has gone.
            let _permit = permit;
            match hash {
                Some(hash) => verify(&password, &hash),
                None => {
                    let _ = verify(&password, &dummy);
                    false
                }
            }
        })
        .await
        .map_err(|error| AuthError::Hash(error.to_string()))
    }
}

/// A token, for the device alone, and the digest of it, for the store.
///
/// # Errors
/// When there are no random numbers.
pub fn new_token() -> Result<(String, [u8; 32]), AuthError> {
    let token = random::<32>()?;
    Ok((URL_SAFE_NO_PAD.encode(token), Sha256::digest(token).into()))
}

/// The digest of what a request says is its token; `None` for what cannot be one. The store looks it up in an index:
/// how long that takes tells something of the digest and nothing of the token.
pub fn token_digest(token: &str) -> Option<[u8; 32]> {
    let bytes: [u8; 32] = URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()?;
    Some(Sha256::digest(bytes).into())
}

/// An id made on the server.
///
/// # Errors
/// When there are no random numbers.
pub fn new_id(now_ms: i64) -> Result<Id, AuthError> {
    Ok(Id::from_parts(
        now_ms.try_into().unwrap_or_default(),
        &random::<10>()?,
    ))
}

fn random<const N: usize>() -> Result<[u8; N], AuthError> {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| AuthError::Random)?;
    Ok(bytes)
}

/// A number below `most`, to spread what would come at once; 0 when there are no random numbers.
pub fn jitter(most: u32) -> u32 {
    let number = u32::from_le_bytes(random().unwrap_or_default());
    number.checked_rem(most).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cheap() -> Params {
        Params::new(8, 1, 1, None).unwrap()
    }

    #[test]
    fn the_cost_is_the_recommended_one_and_stands_in_the_hash() {
        let hash = hash("correct horse", cost()).unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(verify("correct horse", &hash) && !verify("correct horsf", &hash));
    }

    #[test]
    fn two_hashes_of_one_password_differ_and_nonsense_verifies_nothing() {
        let (one, two) = (hash("x", cheap()).unwrap(), hash("x", cheap()).unwrap());
        assert_ne!(one, two);
        assert!(!verify("x", "") && !verify("", "$argon2id$"));
    }

    #[test]
    fn a_token_is_known_by_its_digest_only() {
        let (token, digest) = new_token().unwrap();
        assert_eq!(token_digest(&token), Some(digest));
        assert_eq!(token.len(), 43);
        for other in ["", "x", &token[1..], &format!("{token}A"), "ü"] {
            assert_eq!(token_digest(other), None, "{other}");
        }
    }

    #[test]
    fn short_passwords_and_the_name_itself_are_refused() {
        assert!(check_password("mei", "1234567890").is_ok());
        let short = check_password("mei", "123456789").unwrap_err().to_string();
        assert!(
            short.contains("at least 10") && short.contains("has 9"),
            "{short}"
        );
        assert!(check_password("mei", &"長".repeat(10)).is_ok());
        assert!(check_password("mei", &"x".repeat(1025)).is_err());
        assert!(check_password("Mei.Wong.Kowloon", "mei.wong.kowloon").is_err());
    }

    #[tokio::test]
    async fn nobody_has_no_password() {
        let verifier = Verifier::new(cheap()).unwrap();
        let right = hash("right one", cheap()).unwrap();
        let tried = |password: &str, hash: Option<&String>| {
            verifier.verify(password.to_owned(), hash.cloned(), false)
        };
        assert!(tried("right one", Some(&right)).await.unwrap());
        assert!(!tried("wrong one", Some(&right)).await.unwrap());
        assert!(!tried("right one", None).await.unwrap());
    }
}
