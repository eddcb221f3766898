//! Starts the app in the page. On any other target there is nothing to start: the package is built there for its tests.

fn main() {
    #[cfg(target_arch = "wasm32")]
    topfloor::ui::start();
}
