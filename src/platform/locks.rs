//! Whether another tab still lives: each holds a lock of its own for as long as it does, which ends with it however it
//! ends (Web Locks API). Where the browser has none, nothing is known.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, callback: &Function) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = request)]
    fn request_with(
        this: &LockManager,
        name: &str,
        options: &JsValue,
        callback: &Function,
    ) -> Result<Promise, JsValue>;
}

/// Holds a lock until the page is gone.
pub fn hold(name: &str) {
    let Some(locks) = manager() else { return };
    let forever = Closure::once_into_js(|| Promise::new(&mut |_, _| {}));
    // A refused lock only means that others wait for the lease's time.
    let _ = locks.request(name, forever.unchecked_ref());
}

/// Whether nobody holds the lock; `None` where the browser cannot tell.
pub async fn is_free(name: &str) -> Option<bool> {
    let locks = manager()?;
    let options = js_sys::Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &true.into()).ok()?;
    // The lock is given back as soon as the callback returns; what it returns is the answer.
    let given = Closure::once_into_js(|lock: JsValue| JsValue::from_bool(!lock.is_null()));
    let answer = locks
        .request_with(name, &options, given.unchecked_ref())
        .ok()?;
    JsFuture::from(answer).await.ok()?.as_bool()
}

fn manager() -> Option<LockManager> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}
