//! By which queue it came, where the file says so.
//!
//! - In a `tags` attachment as `queue:NAME` (as vCon servers write tags), else in a dialog's `skill` (the contact-centre
//!   extension), else in a dialog's `meta.queue`.
//! - Nobody promises these: what is odd there is passed over and makes no file unreadable.

use super::MAX_WORD_CHARS;
use super::node::Node;
use serde_json::Value;

/// The tag that names the queue.
const TAG: &str = "queue:";

pub(super) fn of(root: &Node<'_>) -> Option<String> {
    let lists = |name: &str| root.peek(name).and_then(Value::as_array).into_iter().flatten();
    let tagged = lists("attachments").find_map(tagged);
    tagged
        .or_else(|| lists("dialog").find_map(|dialog| text(dialog, "/skill").or(text(dialog, "/meta/queue"))))
}

fn tagged(attachment: &Value) -> Option<String> {
    let kind = attachment.get("purpose").or_else(|| attachment.get("type")).and_then(Value::as_str);
    let body = attachment.get("body").filter(|_| kind == Some("tags"))?;
    // Some writers keep the list as a text of JSON.
    let read = body.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    let list = read.as_ref().unwrap_or(body).as_array()?;
    list.iter().filter_map(Value::as_str).find_map(|tag| name(tag.strip_prefix(TAG)?))
}

fn text(dialog: &Value, place: &str) -> Option<String> {
    name(dialog.pointer(place)?.as_str()?)
}

fn name(text: &str) -> Option<String> {
    let text = text.trim().replace('\0', "\u{FFFD}");
    (!text.is_empty() && text.chars().count() <= MAX_WORD_CHARS).then_some(text)
}
