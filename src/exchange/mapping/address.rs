//! Puts an address together from the columns it is spread over: large to small in Chinese, small to large in Latin.

use super::is_chinese;

#[derive(Default)]
pub struct Parts {
    pub districts: Vec<String>,
    /// Column name and cell.
    pub streets: Vec<(String, String)>,
}

impl Parts {
    /// Addresses with their labels. Numbered columns (`Address 1`, `Address 2`) are lines of one address, others are
    /// addresses of their own. The Chinese and the Latin version stand apart, but bare districts share a line.
    pub fn addresses(&self) -> Vec<(String, String)> {
        let mut lines: Vec<&str> = Vec::new();
        let mut others: Vec<(String, String)> = Vec::new();
        let mut language_taken = [false; 2];
        for (at, (column, street)) in self.streets.iter().enumerate() {
            let numbered = column.ends_with(|c: char| c.is_ascii_digit());
            let taken = language_taken.get_mut(usize::from(is_chinese(street)));
            let first = taken.is_some_and(|taken| !std::mem::replace(taken, true));
            if at == 0 || numbered || first {
                lines.push(street);
            } else {
                others.push((column.clone(), street.clone()));
            }
        }
        let (zh, en) = (self.chinese(&lines), self.latin(&lines));
        let mut addresses = match (lines.is_empty(), zh.is_empty() || en.is_empty()) {
            (true, _) | (false, true) => vec![[zh, en].join(" ").trim().to_owned()],
            (false, false) => vec![zh, en],
        };
        addresses.retain(|text| !text.is_empty());
        addresses
            .into_iter()
            .map(|text| (String::new(), text))
            .chain(others)
            .collect()
    }

    fn chinese(&self, lines: &[&str]) -> String {
        let street: String = lines
            .iter()
            .copied()
            .filter(|line| is_chinese(line))
            .collect();
        let districts = self
            .districts
            .iter()
            .filter(|text| is_chinese(text) && !street.contains(text.as_str()));
        districts
            .map(String::as_str)
            .chain([street.as_str()])
            .collect()
    }

    fn latin(&self, lines: &[&str]) -> String {
        let street = lines
            .iter()
            .copied()
            .filter(|line| !is_chinese(line))
            .collect::<Vec<_>>()
            .join(", ");
        let districts = self
            .districts
            .iter()
            .filter(|text| !is_chinese(text) && !street.contains(text.as_str()));
        let pieces = [street.as_str()]
            .into_iter()
            .chain(districts.map(String::as_str));
        pieces
            .filter(|piece| !piece.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(districts: &[&str], streets: &[(&str, &str)]) -> Vec<String> {
        let parts = Parts {
            districts: districts.iter().map(|text| (*text).to_owned()).collect(),
            streets: streets
                .iter()
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect(),
        };
        parts
            .addresses()
            .into_iter()
            .map(|(label, text)| format!("{label}|{text}"))
            .collect()
    }

    #[test]
    fn each_language_has_its_own_order() {
        assert_eq!(joined(&["中環", "Central"], &[]), ["|中環 Central"]);
        assert_eq!(
            joined(&["香港", "中環"], &[("地址", "示例道1號")]),
            ["|香港中環示例道1號"]
        );
        assert_eq!(
            joined(&["中環"], &[("地址", "中環示例道1號")]),
            ["|中環示例道1號"]
        );
        assert_eq!(
            joined(&["Central", "Hong Kong"], &[("Address", "1 Example Road")]),
            ["|1 Example Road, Central, Hong Kong"]
        );
        assert_eq!(
            joined(
                &["中環", "Central"],
                &[("地址", "示例道1號"), ("Address", "1 Example Road")]
            ),
            ["|中環示例道1號", "|1 Example Road, Central"]
        );
    }

    #[test]
    fn lines_are_joined_and_other_addresses_keep_their_name() {
        assert_eq!(
            joined(
                &[],
                &[("Address 1", "Flat A"), ("Address 2", "1 Example Road")]
            ),
            ["|Flat A, 1 Example Road"]
        );
        assert_eq!(
            joined(&[], &[("地址", "示例道1號"), ("註冊地址", "樣本街2號")]),
            ["|示例道1號", "註冊地址|樣本街2號"]
        );
        assert!(joined(&[], &[]).is_empty());
    }
}
