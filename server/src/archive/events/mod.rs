//! Every change of the archive, and every way to what it holds: opening details or content is a change too, since it
//! leaves an entry and returns what was opened.
//!
//! `arriving` interactions brought in or set aside · `aside` what becomes of those · `opening` details, content, downloads · `playing` what was delivered,
//! damage

mod arriving;
mod aside;
mod opening;
mod playing;

pub use arriving::{ContentKeyMade, FileSetAside, InteractionImported};
pub use aside::{AsideDecided, AsideOpened, Decision, Purpose, Released as ReleasedAside};
pub use opening::{
    ArchiveSearched, ContentDownloaded, ContentOpened, Details, DetailsOpened, InteractionsSought, Released,
};
pub use playing::{ContentDamaged, ContentPlayed, Play, PlaySettled, delivered, heard};

crate::never!("archive.key_made", "undo-never-archive-key");
crate::never!("interaction.imported", "undo-never-import");
crate::never!("file.set_aside", "undo-never-set-aside");
crate::never!("aside.decided", "undo-never-aside-decided");
