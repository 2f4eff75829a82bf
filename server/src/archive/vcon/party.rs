//! Who took part.

use super::node::Node;
use super::{MAX_ADDRESS_CHARS, MAX_NAME_CHARS, MAX_PARTIES, MAX_WORD_CHARS, Party, Role};

pub(super) fn all(root: &Node<'_>) -> Vec<Party> {
    root.list("parties", MAX_PARTIES).iter().map(one).collect()
}

fn one(node: &Node<'_>) -> Party {
    let mailto = address(node, "mailto", "mailto:").or_else(|| address(node, "email", "mailto:"));
    Party {
        name: node.optional_text("name", MAX_NAME_CHARS).map(|name| name.trim().to_owned()),
        tel: address(node, "tel", "tel:"),
        mailto: mailto.map(|mail| mail.to_lowercase()),
        role: role(node),
    }
}

fn address(node: &Node<'_>, field: &str, scheme: &str) -> Option<String> {
    let text = node.optional_text(field, MAX_ADDRESS_CHARS)?;
    let text = text.trim();
    Some(text.strip_prefix(scheme).unwrap_or(text).to_owned()).filter(|text| !text.is_empty())
}

/// At the party itself, or in its `meta`, where earlier writers kept it.
fn role(node: &Node<'_>) -> Role {
    let word = node.optional_text("role", MAX_WORD_CHARS).or_else(|| {
        let meta = node.optional("meta")?;
        meta.optional_text("role", MAX_WORD_CHARS)
    });
    match word.unwrap_or_default().trim().to_lowercase().as_str() {
        "agent" | "supervisor" | "sme" => Role::Agent,
        "customer" | "contact" | "caller" | "client" => Role::Customer,
        _ => Role::Other,
    }
}
