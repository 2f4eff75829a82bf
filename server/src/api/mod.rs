//! The API's own description: OpenAPI 3.1, made from the table of doors, and a page to read it.
//!
//! - A door for programs is in the document as soon as it is in the table; nothing is written down twice.
//! - Shapes of bodies are the types the doors read and answer, registered by [`schema!`](crate::schema).

pub mod document;
pub mod pages;

#[doc(hidden)]
pub use inventory;
#[doc(hidden)]
pub use utoipa;

/// A shape that the document names: its name and how to describe it.
pub struct Shape {
    /// The name in `components/schemas`, as doors give it in their `Doc`.
    pub name: &'static str,
    /// Its JSON Schema.
    pub describe: fn() -> serde_json::Value,
}
inventory::collect!(Shape);

/// The names of a shape's fields.
#[must_use]
pub fn fields_of(name: &str) -> Option<Vec<String>> {
    let shape = inventory::iter::<Shape>.into_iter().find(|shape| shape.name == name)?;
    let described = (shape.describe)();
    let properties = described.get("properties")?.as_object()?;
    Some(properties.keys().cloned().collect())
}

/// Puts a type that derives `utoipa::ToSchema` into the API's document: `schema!(UserBody)`.
#[macro_export]
macro_rules! schema {
    ($type:ident) => {
        $crate::api::inventory::submit! {
            $crate::api::Shape {
                name: stringify!($type),
                describe: || serde_json::to_value(<$type as $crate::api::utoipa::PartialSchema>::schema()).unwrap_or_default(),
            }
        }
    };
}
