//! How long to wait after an attempt that failed: full jitter over a doubling span (sync.md §Protocol 9), so that
//! thousands of devices that lost one server do not come back in one moment.

/// The first span, milliseconds.
const FIRST_MS: i64 = 2_000;
/// The longest span, milliseconds.
const LONGEST_MS: i64 = 5 * 60_000;

/// Milliseconds to wait after the `failed`-th failure in a row, counted from 1; `random` is drawn evenly from 0 to 1.
/// What the server asked for (`after_s`, seconds) is the least.
pub fn delay_ms(failed: u32, random: f64, after_s: Option<u32>) -> i64 {
    let span = FIRST_MS
        .saturating_mul(1_i64 << failed.saturating_sub(1).min(20))
        .min(LONGEST_MS);
    let jittered = (span as f64 * random.clamp(0.0, 1.0)) as i64;
    // Not sooner than half a second: a server that answers errors at once is not to be hammered.
    let asked = i64::from(after_s.unwrap_or(0)) * 1_000;
    asked + jittered.max(500)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_span_doubles_up_to_five_minutes() {
        let longest = |failed| delay_ms(failed, 1.0, None);
        assert_eq!([1, 2, 3].map(longest), [2_000, 4_000, 8_000]);
        assert_eq!(longest(9), LONGEST_MS);
        assert_eq!(longest(u32::MAX), LONGEST_MS);
    }

    #[test]
    fn the_jitter_takes_the_whole_span_but_never_hammers() {
        assert_eq!(delay_ms(5, 0.0, None), 500);
        assert_eq!(delay_ms(5, 0.5, None), 16_000);
    }

    #[test]
    fn what_the_server_asks_for_is_the_least() {
        assert!(delay_ms(1, 0.0, Some(30)) >= 30_000);
        assert!(delay_ms(9, 1.0, Some(30)) >= 330_000);
    }
}
