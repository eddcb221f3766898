//! Handing a client or contact to another app as a vCard; never a person who refused contact.

use crate::domain::organisation::Organisation;
use crate::domain::person::Person;
use crate::domain::photo::Photo;
use crate::exchange::vcard::{self, Picture, Version, WriteError, WriteOptions};
use crate::i18n::clients::Clients;
use crate::platform::share::{Sent, share_or_save};
use crate::state::{Book, app, book};
use crate::ui::words::{lang, text};

pub fn share_client(body: &Organisation) {
    let name = body.names(lang().is_han()).0.to_owned();
    hand_over(name, None, Some(body.clone()));
}

/// A person's card, with the firm's names and addresses on it.
pub fn share_person(body: &Person) {
    let name = body.names(lang().is_han()).0;
    let firm = body.organisation.and_then(|id| {
        book().with_shelf_untracked(|shelf| shelf.organisation(id).map(|firm| firm.body.clone()))
    });
    hand_over(name, Some(body.clone()), firm);
}

fn hand_over(name: String, person: Option<Person>, firm: Option<Organisation>) {
    let app = app();
    let t = text::<Clients>();
    leptos::task::spawn_local(async move {
        let photo = match person.as_ref().and_then(|person| person.photo.as_ref()) {
            Some(photo) => picture(app.book, photo).await,
            None => None,
        };
        // Version 3.0 is the one every phone reads; the remark is for one's own eyes.
        let options = WriteOptions {
            version: Version::V3,
            photo: photo.as_ref(),
            remark: false,
        };
        let card = match vcard::write(person.as_ref(), firm.as_ref(), options) {
            Ok(card) => card,
            Err(WriteError::OptedOut) => return app.notices.failed(t.out_reason()),
            Err(WriteError::Nobody) => return app.notices.failed(t.share_nobody()),
        };
        match share_or_save(&format!("{name}.vcf"), "text/vcard", card.as_bytes()).await {
            Ok(Sent::Shared) => app.notices.done(t.shared()),
            Ok(Sent::Saved) => app.notices.done(t.shared_file()),
            Ok(Sent::Cancelled) => {}
            Err(_) => app.notices.failed(t.share_failed()),
        }
    });
}

/// Without its picture a card is still worth sharing, so a picture that cannot be read is left out.
async fn picture(book: Book, photo: &Photo) -> Option<Picture> {
    let bytes = book.store().ok()?.blob(&photo.blob).await.ok().flatten()?;
    Some(Picture {
        media: "image/jpeg".to_owned(),
        bytes,
    })
}
