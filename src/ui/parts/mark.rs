use leptos::prelude::*;

/// A text with the found parts marked. Ranges are positions of characters, in order, not overlapping.
pub fn marked(text: &str, ranges: &[(usize, usize)]) -> impl IntoView + use<> {
    let chars: Vec<char> = text.chars().collect();
    let mut parts = Vec::new();
    let mut at = 0;
    let piece = |from: usize, to: usize| {
        chars
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .collect::<String>()
    };
    for &(from, to) in ranges {
        let (from, to) = (from.max(at), to.min(chars.len()));
        if from >= to {
            continue;
        }
        parts.push(view! { <span>{piece(at, from)}</span> }.into_any());
        parts.push(view! { <mark>{piece(from, to)}</mark> }.into_any());
        at = to;
    }
    parts.push(view! { <span>{piece(at, chars.len())}</span> }.into_any());
    parts
}
