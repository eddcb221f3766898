/// A number written in Chinese, up to 199: 廿八, 三十四, 卅五, 一百零八. `None` for anything else.
pub fn han_number(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    let digit = |c: char| "零一二三四五六七八九".chars().position(|have| have == c);
    let (mut total, mut open) = (0_u32, None::<u32>);
    for c in text.chars() {
        match c {
            '百' => {
                total += 100 * open.take().unwrap_or(1);
            }
            '十' => total += 10 * open.take().unwrap_or(1),
            '廿' if open.is_none() => total += 20,
            '卅' if open.is_none() => total += 30,
            '卌' if open.is_none() => total += 40,
            '零' | '〇' => {}
            '兩' | '两' if open.is_none() => open = Some(2),
            _ => {
                let value = u32::try_from(digit(c)?).ok()?;
                // 二八 is twenty-eight too, as some boards write it.
                open = Some(match open {
                    Some(tens) if total == 0 => 10 * tens + value,
                    Some(_) => return None,
                    None => value,
                });
            }
        }
    }
    Some(total + open.unwrap_or(0)).filter(|number| *number > 0 && *number < 1_000)
}
