//! What kind of value each field and each detail of each event is.

/// What an id is one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Thing {
    /// A user.
    User,
    /// A user group.
    Group,
    /// A queue.
    Queue,
    /// A skill, or another of the customer's own words.
    Word,
    /// A group or a user, as a profile's holder is.
    Holder,
}

/// How a value is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// As it stands.
    Text,
    /// A name; an id in its place is told elsewhere.
    Name,
    /// A whole number, its digits grouped.
    Number,
    /// Microseconds since 1970 UTC, or RFC 3339: the reader's local time.
    Time,
    /// Milliseconds of a recording.
    Length,
    /// Bytes.
    Size,
    /// Yes or no.
    Flag,
    /// A code; the sentence is this and the code.
    Word(&'static str),
    /// An id, or several.
    Thing(Thing),
    /// Keys of settings or rights, in a list or with spaces between.
    Settings,
    /// Value and mode of the setting that the field names.
    Setting,
    /// Skills with their levels.
    Abilities,
    /// What a reach holds.
    Extent,
    /// Codes of sentences that say why.
    Reasons,
    /// The name in each of some objects.
    NameOfEach,
    /// Entries of the book and which of their parts.
    Runs,
    /// An entry of the book.
    Entry,
    /// Said elsewhere on the page, or an id of nothing that has a page.
    Unsaid,
}

/// The shape of a field or detail of an event, where one is known. `setting:KEY` is a field too.
#[must_use]
pub fn shape(event: &str, member: &str) -> Option<Shape> {
    if member.starts_with("setting:") {
        return Some(Shape::Setting);
    }
    of_event(event, member).or_else(|| of_any(member))
}

/// Where one word means different things in different events.
fn of_event(event: &str, member: &str) -> Option<Shape> {
    let domain = event.split('.').next().unwrap_or_default();
    Some(match (domain, member) {
        ("user", "kind") => Shape::Word("users-kind"),
        ("group", "kind") => Shape::Word("groups-kind"),
        ("profile", "kind") => Shape::Word("profiles-kind"),
        ("word", "kind") => Shape::Word("logs-word-kind"),
        ("content", "kind") => Shape::Word("archive-kind"),
        ("interaction", "medium") => Shape::Word("archive-medium"),
        // What is told of it stands among the fields, or is the subject itself.
        ("user", "user" | "particulars" | "import" | "from" | "until") | ("tenant", "reach") => Shape::Unsaid,
        ("interaction" | "file" | "aside", "id") => Shape::Unsaid,
        ("session", "keep") | ("setting", "key") | ("log", "export") => Shape::Unsaid,
        ("session", "except") => Shape::Thing(Thing::User),
        ("tenant", "groups") => Shape::NameOfEach,
        ("program", "version" | "node" | "options") => Shape::Text,
        ("program", "unclean") => Shape::Flag,
        ("archive" | "book", "version") => Shape::Number,
        ("book", "size" | "first" | "idx") => Shape::Number,
        _ => return None,
    })
}

fn of_any(member: &str) -> Option<Shape> {
    Some(match member {
        "name" | "reach_name" | "user_name" | "mail" | "mobile" | "external_id" | "number" | "keywords"
        | "host" | "person" | "zone" | "file" | "file_name" | "words" | "filters" | "text" | "detail"
        | "view" | "public" | "note" | "door" => Shape::Text,
        "sessions" | "sessions-ended" | "keys" | "searches" | "links" | "lines" | "looked_at" | "aside"
        | "count" | "recordings" | "passed_over" => Shape::Number,
        "suspended_from" | "suspended_until" | "from" | "until" | "started" | "ended" | "last_used" => {
            Shape::Time
        }
        "delivered_ms" | "played_ms" | "length_ms" => Shape::Length,
        "bytes" => Shape::Size,
        "must_change" | "shared" => Shape::Flag,
        "state" => Shape::Word("logs-word-state"),
        "new_password" | "secret" | "link" | "password" | "wrapped" | "password-hash" => {
            Shape::Word("logs-word-kept")
        }
        "language" => Shape::Word("users-language"),
        "theme" => Shape::Word("me-theme"),
        "medium" => Shape::Word("profiles-medium"),
        "method" => Shape::Word("logs-word-method"),
        "reason" => Shape::Word("logs-word-reason"),
        "direction" => Shape::Word("logs-word-direction"),
        "purpose" => Shape::Word("logs-word-purpose"),
        "decision" => Shape::Word("logs-word-state"),
        "damage" => Shape::Word("logs-word-damage"),
        "log" | "page" => Shape::Word("logs-word-log"),
        "format" => Shape::Word("logs-word-format"),
        "place" => Shape::Word("settings-level"),
        "group" => Shape::Thing(Thing::Group),
        "user" | "owner" | "by" => Shape::Thing(Thing::User),
        "skill" | "parent" => Shape::Thing(Thing::Word),
        "holder" => Shape::Thing(Thing::Holder),
        "key" | "keep" | "scope" | "right" | "rights" => Shape::Settings,
        "skills" => Shape::Abilities,
        "extent" => Shape::Extent,
        "why" => Shape::Reasons,
        "entries" => Shape::Runs,
        "undoes" => Shape::Entry,
        "reach" | "queue" => Shape::Name,
        "profile" | "word" | "session" | "import" | "external" | "content" | "opening"
        | "delivered_spans_ms" | "played_spans_ms" => Shape::Unsaid,
        _ => return None,
    })
}
