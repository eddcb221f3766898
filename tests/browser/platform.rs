//! What the browser does for us, asked of a real one.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod crypto;
mod intl;
mod pictures;
mod shares;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use topfloor::domain::id::{Id, NewId};
use topfloor::platform::files::{DecodeError, PickedFile, decode_text, decode_text_lossy};
use topfloor::platform::install::{Browser, Install, InstallState, PromptAnswer};
use topfloor::platform::panic::BarWords;
use topfloor::platform::tabs::{TabMessage, Tabs};
use topfloor::platform::{Listener, clock, dom, lang, online, panic, persistence, prefs, random};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Document, Element, Event, HtmlElement};

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// A picked file as an input would give it.
fn picked(name: &str, mime: &str, bytes: &[u8]) -> PickedFile {
    let options = web_sys::FilePropertyBag::new();
    options.set_type(mime);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    web_sys::File::new_with_u8_array_sequence_and_options(&parts, name, &options)
        .unwrap()
        .into()
}

/// An event of a class with these properties, as the browser would make it.
fn event(class: &str, kind: &str, properties: &[(&str, JsValue)]) -> Event {
    let init = js_sys::Object::new();
    for (name, value) in properties {
        js_sys::Reflect::set(&init, &(*name).into(), value).unwrap();
    }
    let class: js_sys::Function = js_sys::Reflect::get(&js_sys::global(), &class.into())
        .unwrap()
        .unchecked_into();
    let arguments = js_sys::Array::of2(&kind.into(), &init);
    js_sys::Reflect::construct(&class, &arguments)
        .unwrap()
        .unchecked_into()
}

fn all(selector: &str) -> Vec<Element> {
    let found = document().query_selector_all(selector).unwrap();
    (0..found.length())
        .map(|index| found.item(index).unwrap().unchecked_into())
        .collect()
}

#[wasm_bindgen_test]
fn ids_of_one_tab_sort_as_they_were_made() {
    let mut ids = random::Ids;
    let made: Vec<Id> = (0..20_000).map(|_| ids.new_id()).collect();
    assert!(made.windows(2).all(|pair| pair[0] < pair[1]));
    let version = made[0].to_string().chars().nth(14);
    assert_eq!(version, Some('7'));
    assert_ne!(random::salt(), random::salt());
    assert_eq!(random::salt().len(), 32);
}

#[wasm_bindgen_test]
fn the_clock_and_the_calendar_agree() {
    let before = clock::now_ms();
    let now = clock::now();
    assert!((before..=before + 60_000).contains(&now.at_ms));
    let here = js_sys::Date::new_0().get_timezone_offset();
    assert_eq!(f64::from(now.offset_min), -here);
    assert_eq!(now.date(), Some(clock::today()));
    assert!(!now.zone.is_empty());
    assert_eq!(clock::zone(), now.zone);
}

#[wasm_bindgen_test]
async fn waiting_ends_and_a_dropped_timer_stays_silent() {
    let rung = Rc::new(Cell::new(0));
    let ring = |n: i32| {
        let rung = rung.clone();
        move || rung.set(rung.get() + n)
    };
    let kept = clock::after(5, ring(1));
    drop(clock::after(5, ring(10)));
    drop(clock::every_minute(ring(100)));
    clock::sleep_ms(60).await;
    assert_eq!(rung.get(), 1);
    drop(kept);
    clock::next_frame().await;
    clock::yield_now().await;
    assert_eq!(clock::within(1_000, async { 7 }).await, Some(7));
    assert_eq!(clock::within(5, std::future::pending::<()>()).await, None);
}

#[wasm_bindgen_test]
fn a_dropped_listener_hears_nothing() {
    let heard = Rc::new(Cell::new(0));
    let target = document().create_element("div").unwrap();
    let count = heard.clone();
    let listener = Listener::new(&target, "click", move |_| count.set(count.get() + 1));
    let click = || {
        let event = Event::new("click").unwrap();
        target.dispatch_event(&event).unwrap();
    };
    click();
    drop(listener);
    click();
    assert_eq!(heard.get(), 1);
}

#[wasm_bindgen_test]
fn old_encodings_are_read_and_wrong_guesses_show() {
    let text = |bytes: &[u8], label| decode_text(bytes, label);
    assert_eq!(text(b"\xad\xbb\xb4\xe4", "big5").as_deref(), Ok("香港"));
    // Characters of the Hong Kong supplementary set are in the Big5 of the web.
    assert_eq!(text(b"\x9d\xf2", "big5").as_deref(), Ok("𨋢"));
    assert_eq!(text(b"\xcf\xe3\xb8\xdb", "gb18030").as_deref(), Ok("香港"));
    assert_eq!(text(b"\x95\x32\x82\x36", "gb18030").as_deref(), Ok("𠀀"));
    assert_eq!(
        text(b"\xff\xfe\x99\x99\x2f\x6e", "utf-16le").as_deref(),
        Ok("香港")
    );
    assert_eq!(
        text("\u{feff}香港".as_bytes(), "utf-8").as_deref(),
        Ok("香港")
    );
    assert_eq!(
        text(b"\xad\xbb\xb4\xe4", "utf-8"),
        Err(DecodeError::Malformed("utf-8".into()))
    );
    assert_eq!(
        decode_text_lossy(b"a\xffb", "utf-8").as_deref(),
        Ok("a\u{fffd}b")
    );
    assert_eq!(
        text(b"a", "no-such-code"),
        Err(DecodeError::UnknownEncoding("no-such-code".into()))
    );
}

#[wasm_bindgen_test]
async fn a_file_is_read_whole_and_in_slices() {
    let bytes: Vec<u8> = (0..100_000_u32).map(|n| (n % 251) as u8).collect();
    let file = picked("list.csv", "text/csv", &bytes);
    assert_eq!((file.name.as_str(), file.size), ("list.csv", 100_000.0));
    assert_eq!(file.bytes().await.as_deref(), Ok(bytes.as_slice()));
    let mut read = Vec::new();
    let mut slices = file.slices(30_000);
    while let Some(slice) = slices.next().await {
        let slice = slice.unwrap();
        assert!(slice.len() <= 30_000);
        read.extend(slice);
    }
    assert_eq!(read, bytes);
    assert_eq!(slices.progress(), 1.0);
}

#[wasm_bindgen_test]
fn preferences_are_kept_and_forgotten() {
    let before = (prefs::language(), prefs::theme(), prefs::profile());
    prefs::set_language(Some("zh-Hans-CN"));
    prefs::set_theme("dark");
    assert_eq!(prefs::language().as_deref(), Some("zh-Hans-CN"));
    assert_eq!(prefs::theme().as_deref(), Some("dark"));
    let (mine, other) = (random::new_id(), random::new_id());
    prefs::set_profile(mine);
    prefs::set_book_device(other);
    assert_eq!(prefs::profile(), Some(mine));
    assert_eq!(prefs::book_device(), Some(other));
    prefs::set_language(None);
    assert_eq!(prefs::language(), None);
    prefs::set_language(before.0.as_deref());
    prefs::set_theme(before.1.as_deref().unwrap_or("system"));
    if let Some(profile) = before.2 {
        prefs::set_profile(profile);
    }
}

#[wasm_bindgen_test]
fn the_document_says_its_language_and_theme() {
    let head = document().head().unwrap();
    let metas = ["light", "dark"].map(|scheme| {
        let meta = document().create_element("meta").unwrap();
        meta.set_attribute("name", "theme-color").unwrap();
        let media = format!("(prefers-color-scheme: {scheme})");
        meta.set_attribute("media", &media).unwrap();
        head.append_child(&meta).unwrap();
        meta
    });
    let media = || {
        metas
            .each_ref()
            .map(|meta| meta.get_attribute("media").unwrap())
    };
    let root = document().document_element().unwrap();
    lang::set_document_lang("zh-Hant-HK");
    assert_eq!(root.get_attribute("lang").as_deref(), Some("zh-Hant-HK"));
    lang::set_document_theme("dark");
    lang::set_document_theme("light");
    assert_eq!(root.get_attribute("data-theme").as_deref(), Some("light"));
    assert_eq!(media(), ["all", "not all"]);
    lang::set_document_theme("system");
    assert_eq!(root.get_attribute("data-theme"), None);
    assert_eq!(
        media(),
        [
            "(prefers-color-scheme: light)",
            "(prefers-color-scheme: dark)"
        ]
    );
    metas.iter().for_each(Element::remove);
    assert!(!lang::preferred().is_empty());
}

#[wasm_bindgen_test]
async fn tabs_hear_each_other_until_they_close() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let note = heard.clone();
    let there = Tabs::new(move |message| note.borrow_mut().push(message));
    let here = Tabs::new(|_| ());
    let changed = TabMessage::Changed {
        ids: vec![random::new_id()],
    };
    here.post(&changed);
    // A build of another day may send what this one does not know.
    let stranger = web_sys::BroadcastChannel::new("topfloor").unwrap();
    let unknown = JsValue::from_str(r#"{"type":"not_invented_yet"}"#);
    stranger.post_message(&unknown).unwrap();
    here.post(&TabMessage::ImportDone);
    until(|| heard.borrow().len() >= 2).await;
    assert_eq!(*heard.borrow(), [changed, TabMessage::ImportDone]);
    drop(there);
    here.post(&TabMessage::ImportDone);
    clock::sleep_ms(50).await;
    assert_eq!(heard.borrow().len(), 2);
}

#[wasm_bindgen_test]
async fn the_browser_tells_of_its_storage_or_says_that_it_does_not() {
    // Firefox without a person to ask never settles this: it must come back all the same.
    let _ = persistence::ask().await;
    let health = persistence::health().await;
    assert!(!health.ephemeral);
    assert!(health.used.is_some_and(|used| used >= 0.0));
    assert!(health.quota > health.used);
}

#[wasm_bindgen_test]
fn each_browser_gets_the_way_to_install_that_it_has() {
    const MAC: &str =
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
    let safari = format!("{MAC} Version/18.0 Safari/605.1.15");
    let cases = [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
            5,
            InstallState::IosManual,
        ),
        (safari.as_str(), 5, InstallState::IosManual),
        (safari.as_str(), 0, InstallState::DesktopManual),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
            5,
            InstallState::AndroidManual,
        ),
        (
            "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
            5,
            InstallState::AndroidManual,
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            0,
            InstallState::Unsupported,
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36",
            0,
            InstallState::DesktopManual,
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0",
            5,
            InstallState::Unsupported,
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; K; wv) AppleWebKit/537.36 Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36",
            5,
            InstallState::Unsupported,
        ),
        ("", 0, InstallState::Unsupported),
    ];
    for (agent, touch_points, state) in cases {
        let browser = Browser {
            agent: agent.into(),
            touch_points,
        };
        assert_eq!(browser.manual(), state, "{agent}");
    }
}

#[wasm_bindgen_test]
async fn an_offer_to_install_is_kept_and_used_once() {
    let owner = Owner::new();
    owner.set();
    let install = Install::watch();
    let manual = install.state.get_untracked();
    assert_ne!(manual, InstallState::CanPrompt);

    let offer = Event::new("beforeinstallprompt").unwrap();
    let answer = js_sys::Object::new();
    js_sys::Reflect::set(&answer, &"outcome".into(), &"dismissed".into()).unwrap();
    let prompt =
        wasm_bindgen::closure::Closure::once_into_js(move || js_sys::Promise::resolve(&answer));
    js_sys::Reflect::set(&offer, &"prompt".into(), &prompt).unwrap();
    web_sys::window().unwrap().dispatch_event(&offer).unwrap();
    assert_eq!(install.state.get_untracked(), InstallState::CanPrompt);
    assert_eq!(install.prompt().await, PromptAnswer::Dismissed);
    assert_eq!(install.state.get_untracked(), manual);
    assert_eq!(install.prompt().await, PromptAnswer::Unavailable);

    let installed = Event::new("appinstalled").unwrap();
    web_sys::window()
        .unwrap()
        .dispatch_event(&installed)
        .unwrap();
    assert_eq!(install.state.get_untracked(), InstallState::Installed);
    assert!(online::online().get_untracked());
    owner.cleanup();
}

#[wasm_bindgen_test]
fn keys_of_an_input_method_are_told_from_the_persons() {
    let key = |composing: bool, code: u32| {
        event(
            "KeyboardEvent",
            "keydown",
            &[("isComposing", composing.into()), ("keyCode", code.into())],
        )
    };
    assert!(dom::is_composing(&key(true, 13)));
    assert!(dom::is_composing(&key(false, 229)));
    assert!(!dom::is_composing(&key(false, 13)));
    assert!(!dom::is_composing(&Event::new("input").unwrap()));
}

#[wasm_bindgen_test]
fn numbers_become_links_that_dial() {
    for (number, link) in [
        ("+852 5555 0101", Some("tel:+85255550101")),
        ("（852）５５５５　０１０１", Some("tel:85255550101")),
        ("3000 0012 ext. 34", Some("tel:30000012,34")),
        ("3000 0012 #34", Some("tel:30000012,34")),
        ("12+34", Some("tel:1234")),
        ("please ask", None),
        ("+", None),
        ("", None),
    ] {
        assert_eq!(dom::tel_link(number).as_deref(), link, "{number}");
    }
}

#[wasm_bindgen_test]
fn the_focus_goes_where_it_is_sent() {
    let heading = document().create_element("h1").unwrap();
    heading.set_id("focus-test");
    document().body().unwrap().append_child(&heading).unwrap();
    assert!(dom::focus_id("focus-test"));
    assert_eq!(document().active_element().as_ref(), Some(&heading));
    assert!(!dom::focus_id("nobody"));
    heading.remove();
}

#[wasm_bindgen_test]
fn the_bar_of_last_resort_stands_once_and_exports() {
    let exports = Rc::new(Cell::new(0));
    let count = exports.clone();
    let words = BarWords {
        message: "已存的記錄仍在本機。".into(),
        reload: "重新載入".into(),
        export: "匯出".into(),
    };
    // The test runner's own panic hook is put back, or a later failure would not be told.
    let hook = std::panic::take_hook();
    panic::install(words, move || count.set(count.get() + 1));
    std::panic::set_hook(hook);
    panic::show_bar();
    panic::show_bar();
    assert_eq!(all(".panic-bar").len(), 1);
    assert_eq!(
        all(".panic-bar p")[0].text_content().as_deref(),
        Some("已存的記錄仍在本機。")
    );
    assert_eq!(
        all(".panic-bar a")[0].get_attribute("href").as_deref(),
        Some("")
    );
    let export: HtmlElement = all(".panic-bar button")[0].clone().unchecked_into();
    assert_eq!(export.text_content().as_deref(), Some("匯出"));
    export.click();
    assert_eq!(exports.get(), 1);
    assert!(!panic::panicked());
    all(".panic-bar")[0].remove();
}

#[wasm_bindgen_test]
fn what_nobody_caught_is_reported_and_noise_is_not() {
    let reports = Rc::new(RefCell::new(Vec::new()));
    let note = reports.clone();
    let handles = panic::on_uncaught(move |report| note.borrow_mut().push(report));
    let send = |message: &str| {
        let event = event("ErrorEvent", "error", &[("message", message.into())]);
        web_sys::window().unwrap().dispatch_event(&event).unwrap();
    };
    send("ResizeObserver loop completed with undelivered notifications.");
    send("something broke");
    drop(handles);
    send("after the end");
    assert_eq!(*reports.borrow(), ["something broke"]);
}

/// Waits until something holds, for two seconds at most; the assertion that follows says what did not.
async fn until(holds: impl Fn() -> bool) {
    for _ in 0..200 {
        if holds() {
            return;
        }
        clock::sleep_ms(10).await;
    }
}
