//! News between the tabs of this browser.

use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::listener::Listener;
use crate::domain::id::Id;

/// What one tab tells the others. It carries no record: they read that from the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TabMessage {
    /// These records were saved.
    Changed { ids: Vec<Id> },
    /// More changed than can be told one by one: an import, its undo, or a restore.
    ImportDone,
}

/// This tab's end of the channel; closed when dropped. In a browser without channels it is silent.
pub struct Tabs {
    channel: Option<BroadcastChannel>,
    _listener: Option<Listener>,
}

impl Tabs {
    /// A tab never hears itself. A message that this build does not know, from a newer one in another tab, is passed over.
    pub fn new(on_message: impl Fn(TabMessage) + 'static) -> Self {
        let channel = BroadcastChannel::new("topfloor").ok();
        let listener = channel.as_ref().map(|channel| {
            Listener::new(channel, "message", move |event| {
                let data = event.unchecked_into::<MessageEvent>().data();
                let message = data
                    .as_string()
                    .and_then(|text| serde_json::from_str(&text).ok());
                if let Some(message) = message {
                    on_message(message);
                }
            })
        });
        Self {
            channel,
            _listener: listener,
        }
    }

    pub fn post(&self, message: &TabMessage) {
        if let (Some(channel), Ok(text)) = (&self.channel, serde_json::to_string(message)) {
            // Fails only on a closed channel, and this one closes with its handle.
            let _ = channel.post_message(&JsValue::from_str(&text));
        }
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}
