//! The last step of a build, called by Trunk on its staging folder: the service worker learns every file with the
//! SHA-256 of its content, and each compressible file gets a brotli form beside it.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::project::set;
use crate::step::{Failure, Outcome, say};

const WORKER: &str = "sw.js";
const EMPTY_VERSION: &str = "const VERSION = '';";
const EMPTY_LIST: &str = "const PRECACHE = [];";

/// The hook: the folder comes from Trunk.
pub fn from_trunk() -> Outcome {
    let folder = set("TRUNK_STAGING_DIR").ok_or_else(|| {
        Failure(
            "TRUNK_STAGING_DIR is not set: stamp is called by Trunk, use `cargo xtask build`"
                .to_owned(),
        )
    })?;
    let stamped = stamp(&folder)?;
    say(format!(
        "sw.js holds version {} of {} files",
        stamped.version, stamped.files
    ));
    Ok(())
}

pub struct Stamped {
    pub version: String,
    pub files: usize,
}

/// Stamps a built folder. Calling it twice on one folder is refused, because the worker's markers are gone.
pub fn stamp(folder: &Path) -> Outcome<Stamped> {
    join_styles(folder)?;
    let mut list = Vec::new();
    for path in files_under(folder)? {
        let name = web_path(folder, &path);
        let content = read(&path)?;
        if is_compressible(&name) {
            let compressed = compress(&content);
            if compressed.len() < content.len() {
                write(
                    &path.with_file_name(format!("{}.br", file_name(&path))),
                    &compressed,
                )?;
            }
        }
        if name != format!("/{WORKER}") {
            list.push((name, hex(&Sha256::digest(&content))));
        }
    }
    let worker = folder.join(WORKER);
    let source = String::from_utf8_lossy(&read(&worker)?).into_owned();
    let (text, version) = stamp_worker(&source, &list)?;
    write(&worker, text.as_bytes())?;
    write(
        &folder.join(format!("{WORKER}.br")),
        &compress(text.as_bytes()),
    )?;
    Ok(Stamped {
        version,
        files: list.len(),
    })
}

/// Every file below `folder`, sorted, without compressed forms.
pub fn files_under(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let failed =
        |error: std::io::Error| Failure(format!("cannot list {}: {error}", folder.display()));
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            found.extend(files_under(&path)?);
        } else if path.extension().is_none_or(|extension| extension != "br") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// `dist/icons/a.png` → `/icons/a.png`.
pub fn web_path(folder: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(folder).unwrap_or(file);
    inside
        .components()
        .map(|part| format!("/{}", part.as_os_str().to_string_lossy()))
        .collect()
}

pub fn is_compressible(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    [
        "html",
        "js",
        "css",
        "wasm",
        "json",
        "webmanifest",
        "svg",
        "csv",
        "txt",
        "bin",
    ]
    .contains(&extension)
}

/// Brotli at its highest quality.
pub fn compress(content: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    match brotli::BrotliCompress(&mut &*content, &mut compressed, &params) {
        Ok(_) => compressed,
        // Writing to memory does not fail; a caller that compares lengths would then keep the plain form.
        Err(_) => content.to_vec(),
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| Failure(format!("cannot read {}: {error}", path.display())))
}

pub fn write(path: &Path, content: &[u8]) -> Outcome {
    fs::write(path, content)
        .map_err(|error| Failure(format!("cannot write {}: {error}", path.display())))
}

/// The version is a hash over all files and the worker itself: any change makes a new one, none keeps it.
fn stamp_worker(source: &str, list: &[(String, String)]) -> Outcome<(String, String)> {
    for marker in [EMPTY_VERSION, EMPTY_LIST] {
        if source.matches(marker).count() != 1 {
            return Err(Failure(format!(
                "{WORKER} must hold `{marker}` exactly once"
            )));
        }
    }
    let entries: String = list
        .iter()
        .map(|(name, digest)| format!("  ['{name}', '{digest}'],\n"))
        .collect();
    let version: String = hex(&Sha256::digest(format!("{entries}{source}")))
        .chars()
        .take(16)
        .collect();
    let text = source
        .replace(EMPTY_VERSION, &format!("const VERSION = '{version}';"))
        .replace(EMPTY_LIST, &format!("const PRECACHE = [\n{entries}];"));
    Ok((text, version))
}

/// Makes one style sheet of those the page names, in their order: the first page costs one request for its style, and
/// brotli finds more to share.
fn join_styles(folder: &Path) -> Outcome {
    let page_path = folder.join("index.html");
    let page = String::from_utf8_lossy(&read(&page_path)?).into_owned();
    let links = style_links(&page);
    let Some(((first, _), others)) = links.split_first() else {
        return Ok(());
    };
    let mut style = Vec::new();
    for (_, name) in &links {
        let path = folder.join(name);
        style.extend(read(&path)?);
        style.push(b'\n');
        fs::remove_file(&path)
            .map_err(|error| Failure(format!("cannot remove {}: {error}", path.display())))?;
    }
    let hash: String = hex(&Sha256::digest(&style)).chars().take(16).collect();
    let name = format!("app-{hash}.css");
    write(&folder.join(&name), &style)?;
    let link = format!("<link rel=\"stylesheet\" href=\"/{name}\">");
    let joined = others
        .iter()
        .fold(page.replace(first, &link), |page, (other, _)| {
            page.replace(&format!("{other}\n"), "")
        });
    write(&page_path, joined.as_bytes())
}

/// The page's own style sheets as Trunk writes them: the whole element and the file's name.
fn style_links(page: &str) -> Vec<(String, String)> {
    const START: &str = "<link rel=\"stylesheet\" href=\"/";
    page.match_indices(START)
        .filter_map(|(at, _)| {
            let rest = page.get(at..)?;
            let element = rest.get(..=rest.find('>')?)?;
            let name = element.get(START.len()..)?.split('"').next()?;
            Some((element.to_owned(), name.to_owned()))
        })
        .collect()
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "const VERSION = '';\nconst PRECACHE = []; // comment\nrest();\n";

    fn folder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("topfloor-stamp-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("icons")).unwrap();
        fs::write(folder.join("sw.js"), SOURCE).unwrap();
        fs::write(folder.join("index.html"), "<p>page</p>".repeat(50)).unwrap();
        fs::write(folder.join("icons/a.png"), "png").unwrap();
        folder
    }

    #[test]
    fn the_worker_lists_every_file_but_itself_with_its_digest() {
        let folder = folder("list");
        stamp(&folder).unwrap();
        let worker = fs::read_to_string(folder.join("sw.js")).unwrap();
        // SHA-256 of "png", computed with another program.
        let png = "8f8cbb7dcf46e0bc7d53265749a6c17d116093a6ba95e442764060c76fd4a86c";
        assert!(
            worker.contains(&format!("  ['/icons/a.png', '{png}'],\n")),
            "{worker}"
        );
        assert!(worker.contains("['/index.html', '"));
        assert!(!worker.contains("'/sw.js'") && !worker.contains(".br'"));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn compressed_forms_decompress_to_the_file_and_pictures_get_none() {
        let folder = folder("compressed");
        stamp(&folder).unwrap();
        for name in ["index.html", "sw.js"] {
            let compressed = fs::read(folder.join(format!("{name}.br"))).unwrap();
            let mut plain = Vec::new();
            brotli::BrotliDecompress(&mut compressed.as_slice(), &mut plain).unwrap();
            assert_eq!(plain, fs::read(folder.join(name)).unwrap(), "{name}");
        }
        assert!(!folder.join("icons/a.png.br").exists());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_version_changes_with_any_content_and_only_then() {
        let list = |digest: &str| vec![("/a".to_owned(), digest.to_owned())];
        let version = |source: &str, digest: &str| stamp_worker(source, &list(digest)).unwrap().1;
        assert_eq!(version(SOURCE, "1"), version(SOURCE, "1"));
        assert_ne!(version(SOURCE, "1"), version(SOURCE, "2"));
        assert_ne!(
            version(SOURCE, "1"),
            version(&format!("{SOURCE}more();"), "1")
        );
    }

    #[test]
    fn the_style_sheets_become_one_in_their_order() {
        let folder = folder("styles");
        let page = "<link rel=\"stylesheet\" href=\"/b-1.css\" integrity=\"x\"/>\n\
                    <link rel=\"stylesheet\" href=\"/a-2.css\" integrity=\"y\"/>\n<p>";
        fs::write(folder.join("index.html"), page).unwrap();
        fs::write(folder.join("b-1.css"), "b{}").unwrap();
        fs::write(folder.join("a-2.css"), "a{}").unwrap();
        stamp(&folder).unwrap();
        let page = fs::read_to_string(folder.join("index.html")).unwrap();
        let (_, name) = style_links(&page).remove(0);
        assert_eq!(
            page,
            format!("<link rel=\"stylesheet\" href=\"/{name}\">\n<p>")
        );
        assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), "b{}\na{}\n");
        assert!(!folder.join("a-2.css").exists());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_worker_without_the_markers_is_refused() {
        assert!(stamp_worker("const VERSION = 'x';", &[]).is_err());
    }
}
