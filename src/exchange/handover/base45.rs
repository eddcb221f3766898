//! Bytes as text of the 45 characters a QR code packs most tightly (RFC 9285).

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// The text is not of this encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not base45")]
pub struct BadBase45;

/// Two bytes give three characters, a last single one two.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(2) * 3);
    for pair in bytes.chunks(2) {
        let value = pair
            .iter()
            .fold(0_usize, |value, byte| value * 256 + usize::from(*byte));
        let digits = [value % 45, value / 45 % 45, value / (45 * 45)];
        // A pair has three digits, the lowest first, a single byte two.
        text.extend(
            digits
                .iter()
                .take(pair.len() + 1)
                .filter_map(|digit| ALPHABET.get(*digit))
                .map(|byte| char::from(*byte)),
        );
    }
    text
}

pub fn decode(text: &str) -> Result<Vec<u8>, BadBase45> {
    let digits = text
        .bytes()
        .map(|byte| ALPHABET.iter().position(|have| *have == byte))
        .collect::<Option<Vec<usize>>>()
        .ok_or(BadBase45)?;
    let mut bytes = Vec::with_capacity(digits.len() / 3 * 2 + 1);
    for group in digits.chunks(3) {
        let value = group
            .iter()
            .rev()
            .fold(0, |value, digit| value * 45 + digit);
        let last = u8::try_from(value % 256).map_err(|_| BadBase45)?;
        let first = u8::try_from(value / 256).map_err(|_| BadBase45)?;
        match group.len() {
            3 => bytes.extend([first, last]),
            2 if first == 0 => bytes.push(last),
            _ => return Err(BadBase45),
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_encoding_of_the_rfc() {
        // The examples of RFC 9285 §4.3 and §4.4.
        assert_eq!(encode(b"AB"), "BB8");
        assert_eq!(encode(b"Hello!!"), "%69 VD92EX0");
        assert_eq!(encode(b"base-45"), "UJCLQE7W581");
        assert_eq!(decode("QED8WEX0"), Ok(b"ietf!".to_vec()));
        for bad in ["a", "A", "::", ":::", "GGW0"] {
            assert_eq!(decode(bad), Err(BadBase45), "{bad}");
        }
        assert_eq!(encode(&[]), "");
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&encode(&all)), Ok(all.clone()));
        assert_eq!(decode(&encode(&all[1..])), Ok(all[1..].to_vec()));
    }
}
