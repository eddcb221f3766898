//! Takes a command line apart: words, and flags with or without a value.

use std::collections::BTreeMap;

/// A flag and whether a value follows it.
pub type Flag = (&'static str, bool);

#[derive(Debug, Default)]
pub struct Words {
    words: std::collections::VecDeque<String>,
    flags: BTreeMap<&'static str, String>,
}

impl Words {
    /// # Errors
    /// When a flag is not among `known` or lacks its value.
    pub fn read(
        arguments: impl IntoIterator<Item = String>,
        known: &[Flag],
    ) -> Result<Self, String> {
        let mut read = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            if argument == "--" {
                read.words.extend(arguments.by_ref());
                break;
            }
            if !argument.starts_with('-') || argument == "-" {
                read.words.push_back(argument);
                continue;
            }
            let (name, inline) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            let Some((flag, takes)) = known.iter().find(|(flag, _)| *flag == name) else {
                let known: Vec<&str> = known.iter().map(|(flag, _)| *flag).collect();
                return Err(format!(
                    "unknown option {name}; known: {}",
                    known.join(", ")
                ));
            };
            let value = match (takes, inline) {
                (true, Some(value)) => value,
                (true, None) => arguments
                    .next()
                    .ok_or_else(|| format!("{flag} needs a value"))?,
                (false, None) => String::new(),
                (false, Some(_)) => return Err(format!("{flag} takes no value")),
            };
            read.flags.insert(flag, value);
        }
        Ok(read)
    }

    /// The next word, or what is missing.
    ///
    /// # Errors
    /// When there is none.
    pub fn next(&mut self, what: &str) -> Result<String, String> {
        let word = self.words.pop_front();
        word.ok_or_else(|| format!("{what} is missing; --help shows how it is written"))
    }

    /// # Errors
    /// When words are left that nobody asked for.
    pub fn end(&self) -> Result<(), String> {
        match self.words.front() {
            Some(word) => Err(format!(
                "{word:?} is one word too many; --help shows how it is written"
            )),
            None => Ok(()),
        }
    }

    pub fn has(&self, flag: &str) -> bool {
        self.flags.contains_key(flag)
    }

    pub fn value(&self, flag: &str) -> Option<&str> {
        self.flags.get(flag).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[Flag] = &[("--port", true), ("--lan", false)];

    fn read(line: &str) -> Result<Words, String> {
        Words::read(line.split_whitespace().map(str::to_owned), KNOWN)
    }

    #[test]
    fn words_and_flags_may_stand_in_any_order() {
        let mut words = read("add --port 7 mei --lan -- --odd").unwrap();
        assert_eq!(words.value("--port"), Some("7"));
        assert!(words.has("--lan"));
        assert_eq!(words.next("").unwrap(), "add");
        assert_eq!(words.next("").unwrap(), "mei");
        assert!(words.end().unwrap_err().contains("--odd"));
        assert_eq!(words.next("").unwrap(), "--odd");
        assert!(words.end().is_ok() && words.next("a name").unwrap_err().contains("a name"));
        assert_eq!(read("--port=8").unwrap().value("--port"), Some("8"));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (line, said) in [
            ("--prot 7", "unknown option --prot"),
            ("--port", "--port needs a value"),
            ("--lan=yes", "--lan takes no value"),
        ] {
            let error = read(line).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }
}
