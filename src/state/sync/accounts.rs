//! Whose book this is. The first sign-in binds the book that is open, and nothing is copied or renamed; another user of the
//! same device gets a book of their own (sync.md §Protocol 12).

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::Sync;
use crate::domain::id::Id;
use crate::domain::queue::Trouble;
use crate::platform::prefs::{self, KnownProfile};
use crate::platform::{clock, random, view};
use crate::storage::{MetaKey, Seed, Store, StoreError};
use crate::sync::reply::Fault;
use crate::sync::{self};
use crate::wire::{Code, LoggedIn, Login, User};

/// Whose book this is. A book that was never signed in has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub user: User,
    pub device_name: String,
    /// `None` after signing out, or when the server no longer accepted it.
    pub token: Option<String>,
    /// The person signed out: the book stays closed until they sign in again.
    #[serde(default)]
    pub signed_out: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInError {
    WrongPassword,
    Closed,
    /// Too many attempts; seconds to wait.
    TooMany(u32),
    NoAnswer,
    Portal,
    Server(u16),
    Storage(StoreError),
}

pub async fn read(store: &Store) -> Option<Account> {
    let text = store.meta(MetaKey::Account).await.ok().flatten()?;
    serde_json::from_str(&text).ok()
}

impl Sync {
    /// Signs in and binds this book to the user; a device that holds another user's book opens a second one for them.
    pub async fn sign_in(
        self,
        name: &str,
        password: &str,
        device_name: &str,
    ) -> Result<(), SignInError> {
        let name = name.trim();
        let bound = self.account.get_untracked();
        let same = |known: &str| known.to_lowercase() == name.to_lowercase();
        let here = bound
            .as_ref()
            .is_none_or(|account| same(&account.user.name));
        let known = prefs::profiles()
            .into_iter()
            .find(|profile| same(&profile.user));
        let empty = bound.is_none() && self.book_is_empty();
        // An empty book makes way for the one this user has here already.
        let target = match known {
            Some(profile) if !here || empty => Target::Known(profile),
            _ if here => Target::This(self.book.device()),
            _ => Target::New {
                profile: random::new_id(),
                device: random::new_id(),
            },
        };
        let login = |device| Login {
            name: name.to_owned(),
            password: password.to_owned(),
            device,
            device_name: device_name.trim().to_owned(),
        };
        let (target, signed_in) = match sync::sign_in(&login(target.device())).await {
            // This device's id is another user's on the server: a book of its own, then.
            Err(Fault::Refused {
                code: Code::OtherUser,
                ..
            }) => {
                let target = Target::New {
                    profile: random::new_id(),
                    device: random::new_id(),
                };
                let signed_in = sync::sign_in(&login(target.device())).await;
                (target, signed_in)
            }
            signed_in => (target, signed_in),
        };
        let LoggedIn { user, token, .. } = signed_in.map_err(|fault| refused(&fault))?;
        let account = Account {
            user,
            device_name: device_name.trim().to_owned(),
            token: Some(token),
            signed_out: false,
        };
        self.bind(target, account)
            .await
            .map_err(SignInError::Storage)
    }

    fn book_is_empty(self) -> bool {
        self.book.outbox.with_untracked(|outbox| outbox.count == 0)
            && self
                .book
                .with_shelf_untracked(|shelf| shelf.organisations().next().is_none())
    }

    async fn bind(self, target: Target, account: Account) -> Result<(), StoreError> {
        let text = serde_json::to_string(&account)?;
        match target {
            Target::This(device) => {
                let store = self.book.store()?;
                let first = self.account.with_untracked(Option::is_none);
                store.set_meta(MetaKey::Account, &text).await?;
                if first {
                    store.queue_pictures(clock::now_ms()).await?;
                }
                if let Some(profile) = prefs::profile() {
                    remember(profile, device, &account.user);
                }
                self.account.set(Some(account));
                self.status.update(|status| status.trouble = None);
                self.book.reopen_signed_out().await;
                self.now();
                Ok(())
            }
            Target::Known(KnownProfile {
                profile, device, ..
            })
            | Target::New { profile, device } => {
                let seed = Seed {
                    device,
                    salt: random::salt(),
                };
                let (store, head) = Store::open(profile, seed, |_| {}).await?;
                store.set_meta(MetaKey::Account, &text).await?;
                store.close();
                prefs::set_profile(profile);
                prefs::set_book_device(head.device);
                remember(profile, head.device, &account.user);
                // Everything held in memory is the other user's.
                view::reload();
                Ok(())
            }
        }
    }

    /// Ends the token and closes the book on this screen. Everything stays on the device, and opens again when the same
    /// user signs in.
    pub async fn sign_out(self) {
        let (Some(account), Ok(store)) = (self.account.get_untracked(), self.book.store()) else {
            return;
        };
        let closed = Account {
            token: None,
            signed_out: true,
            ..account.clone()
        };
        let kept = match serde_json::to_string(&closed) {
            Ok(text) => store.set_meta(MetaKey::Account, &text).await,
            Err(error) => Err(error.into()),
        };
        if let Err(error) = kept {
            self.book.report(&error, crate::state::app().settings);
            return;
        }
        if let Some(token) = account.token {
            leptos::task::spawn_local(async move {
                // Without a network the token lives on until the next sign-in of this device, or until it is revoked.
                let _ = sync::sign_out(&token).await;
            });
        }
        self.account.set(Some(closed));
        self.book.close_signed_out();
    }

    /// The server does not know the token any more. The queue is untouched, and the book stays open.
    pub(super) async fn forget_token(self, store: &Store) {
        let Some(account) = self.account.get_untracked() else {
            return;
        };
        let account = Account {
            token: None,
            ..account
        };
        if let Ok(text) = serde_json::to_string(&account) {
            // A token that stays is refused again at the next start.
            let _ = store.set_meta(MetaKey::Account, &text).await;
        }
        self.account.set(Some(account));
    }
}

/// Which book is being signed in.
enum Target {
    /// The one that is open, by its device id.
    This(Id),
    Known(KnownProfile),
    New {
        profile: Id,
        device: Id,
    },
}

impl Target {
    fn device(&self) -> Id {
        match self {
            Target::This(device) | Target::New { device, .. } => *device,
            Target::Known(profile) => profile.device,
        }
    }
}

fn remember(profile: Id, device: Id, user: &User) {
    let mut known = prefs::profiles();
    known.retain(|other| other.profile != profile);
    known.push(KnownProfile {
        profile,
        device,
        user: user.name.clone(),
    });
    prefs::set_profiles(&known);
}

fn refused(fault: &Fault) -> SignInError {
    match fault {
        Fault::Refused {
            code: Code::WrongPassword,
            ..
        } => SignInError::WrongPassword,
        Fault::Refused {
            code: Code::TooMany,
            after_s,
            ..
        } => SignInError::TooMany(after_s.unwrap_or(60)),
        fault => match fault.trouble() {
            Trouble::NoAnswer => SignInError::NoAnswer,
            Trouble::Portal => SignInError::Portal,
            Trouble::Closed | Trouble::Revoked(_) => SignInError::Closed,
            Trouble::Server(status) => SignInError::Server(status),
            Trouble::SignIn => SignInError::WrongPassword,
            Trouble::AppOlder | Trouble::Storage(_) => SignInError::Server(0),
        },
    }
}
