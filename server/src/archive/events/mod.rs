//! Every change of the archive, and every way to what it holds: opening details or content is a change too, since it
//! leaves an entry and returns what was opened.
//!
//! `arriving` interactions brought in or set aside · `opening` details, content, downloads · `playing` what was delivered,
//! damage

mod arriving;
mod opening;
mod playing;

pub use arriving::{ContentKeyMade, FileSetAside, InteractionImported};
pub use opening::{ArchiveSearched, ContentDownloaded, ContentOpened, Details, DetailsOpened, Released};
pub use playing::{ContentDamaged, ContentPlayed, DeliverySettled, delivered};

crate::never!("archive.key_made", "undo-never-archive-key");
crate::never!("interaction.imported", "undo-never-import");
crate::never!("file.set_aside", "undo-never-set-aside");
