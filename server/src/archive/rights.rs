//! What the archive lets a person do, each by itself: see that it was, hear and read it, take it away, bring in more.

use kernel::setting::{Kind, Level, Mode, Setting, Tighter};

kernel::right!(
    /// May find interactions and see who took part and when; not what was said.
    ViewArchive, "archive.view", "archive"
);
kernel::right!(
    /// May hear recordings and read transcripts and chats, and search in them.
    OpenContent, "archive.content", "archive"
);
kernel::right!(
    /// May take recordings and attachments away as files.
    DownloadContent, "archive.download", "archive"
);
kernel::right!(
    /// May bring in interactions, and see what was set aside.
    ImportInteractions, "archive.import", "archive"
);

kernel::setting!(
    /// Whether a person has to say why before content opens.
    pub REASON_REQUIRED = Setting {
        key: "archive.reason_required",
        area: "archive",
        kind: Kind::Flag { tighter: Some(true) },
        default: "false",
        mode: Mode::Free,
        lowest: Level::User,
    }
);
kernel::setting!(
    /// How long an opened interaction can be heard before it has to be opened anew.
    pub OPENING_MINUTES = Setting {
        key: "archive.opening_minutes",
        area: "archive",
        kind: Kind::Count { least: 1, most: 480, unit: "minutes", tighter: Tighter::Lower },
        default: "60",
        mode: Mode::Free,
        lowest: Level::User,
    }
);
