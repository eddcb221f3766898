//! One box for everything: organisations, people, visits, notes, found by Chinese characters of either script, pinyin,
//! Cantonese as Jyutping or as Hong Kong spells it, initials, Latin words, and digits of a phone number.
//!
//! How a query is understood:
//! - It is folded ([`fold`]) and split at spaces and punctuation; every word must be found somewhere in a record. A word
//!   of Chinese and Latin together ("中電clp", "觀塘A座") is first looked for as it stands, then in its parts.
//! - A single character is looked for in names only, at the start of a word. Two Latin letters must start a word.
//!   From three on they may stand anywhere. Chinese characters may stand anywhere.
//! - Latin letters are also compared with how the characters of a name are read. The last syllable may be unfinished,
//!   and any syllable may be given by its initial: "zhongdian", "zhongd", "zd", "zungdin" and "chungtin" find 中電.
//! - Three digits or more are found in any part of a phone number; spaces, dashes and the prefix of Hong Kong do not
//!   count. Digits in groups are one number first, then several words.
//! - Of a longer text only the first 256 characters, the first 8 words and 48 characters a word are read. Emoji and
//!   punctuation are ignored. A query without a letter, digit or character finds nothing.
//!
//! How it works: [`Index`] keeps the folded text of all records in one buffer, and for each record a signature of 1,536
//! bits that says which short pieces of text occur in it. A query asks the signatures of 64 records at a time, compares
//! text only where all pieces may be there, and ranks what is left. Nothing but the text grows with its length, and
//! changing a record costs no more than its own text.

pub mod fold;
mod index;
mod marks;
mod rank;
mod readings;
mod signature;
mod terms;

pub use index::Index;

/// A record as the search sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doc {
    /// The bits of the record's UUID.
    pub id: u128,
    pub kind: DocKind,
    pub fields: Vec<Field>,
    /// What lifts a record among equals: its tier, how recently it was used.
    pub boost: u8,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub role: FieldRole,
    /// Read up to 2,000 characters; the rest cannot be found.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocKind {
    Organisation,
    Person,
    Visit,
    Note,
    FollowUp,
    Lead,
    Building,
}

/// What a field is decides how it is compared and what a match in it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldRole {
    /// The name under which the record is listed; readings count.
    Name,
    /// The same in another language, a former or short name; readings count.
    OtherName,
    /// The name of what the record belongs to; readings count.
    Company,
    Phone,
    Email,
    Address,
    /// A number given by somebody: stock code, register number.
    Code,
    /// Running text.
    Text,
}

impl FieldRole {
    fn is_name(self) -> bool {
        matches!(
            self,
            FieldRole::Name | FieldRole::OtherName | FieldRole::Company
        )
    }

    fn is_own_name(self) -> bool {
        matches!(self, FieldRole::Name | FieldRole::OtherName)
    }
}

/// What was typed, of which kinds of record, and how many answers are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    text: String,
    kinds: u8,
    limit: usize,
}

impl Query {
    pub const DEFAULT_LIMIT: usize = 50;

    /// Asks for records of every kind. A text of any length is welcome; the module says what of it is read.
    pub fn new(text: &str) -> Self {
        // Folding reads 256 characters at most, which are never more than 1,024 bytes.
        let end = text
            .char_indices()
            .nth(terms::MOST_CHARS)
            .map_or(text.len(), |(at, _)| at);
        Query {
            text: text[..end].to_owned(),
            kinds: u8::MAX,
            limit: Self::DEFAULT_LIMIT,
        }
    }

    pub fn only(mut self, kinds: &[DocKind]) -> Self {
        self.kinds = kinds.iter().fold(0, |set, kind| set | 1 << *kind as u8);
        self
    }

    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    fn wants(&self, kind: DocKind) -> bool {
        self.kinds & 1 << kind as u8 != 0
    }
}

/// A record that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub id: u128,
    pub kind: DocKind,
    /// 1,000 for the exact name, 900 for its beginning, 800 for a word of it, 700 for a reading, 600 for initials,
    /// 500 for another field, 300 for running text.
    pub score: u16,
    /// The field in which most of the query was found.
    pub field_index: usize,
    /// What to highlight there: ascending ranges of characters (not bytes) of the field's text as it was given.
    pub ranges: Vec<(usize, usize)>,
    /// Where the words were found that the first field does not hold.
    pub more: Vec<FieldMatch>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMatch {
    pub field_index: usize,
    pub ranges: Vec<(usize, usize)>,
}

#[cfg(test)]
mod tests;
