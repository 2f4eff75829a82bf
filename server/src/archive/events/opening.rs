//! Ways to what the archive holds. Each leaves an entry in the archive log and returns what it opened, so that looking
//! without a trace does not compile.

use crate::archive::chest::WrappedKeys;
use crate::archive::model::{Content, ContentId, InteractionId, OpeningId, Participant};
use crate::archive::queries::{self, InteractionRow, session_of};
use crate::archive::rights::{DownloadContent, OPENING_MINUTES, OpenContent, REASON_REQUIRED, ViewArchive};
use book::PartKind;
use kernel::{Error, Event, Name, Result, Subject, TenantId, Timestamp, Writer, params, sql};
use serde::Serialize;
use vault::{ContentKey, MasterKeys};

/// What an interaction's page shows without opening any content.
pub struct Details {
    /// Its own facts.
    pub row: InteractionRow,
    /// The name of the agent's group of then.
    pub group: Option<String>,
    /// The name of its queue.
    pub queue: Option<String>,
    /// Who took part.
    pub participants: Vec<Participant>,
    /// Its encrypted files.
    pub contents: Vec<Content>,
}

/// What entries of the archive log say of the interaction.
fn about(w: &mut Writer<'_>, row: &InteractionRow) {
    w.about(&row.subject);
    w.say(PartKind::Subject, "started", row.started.to_string());
    w.say(PartKind::Subject, "medium", &row.medium);
    w.belongs(row.group, row.queue);
    found_by(w, row);
}

/// What entries of the archive log are found by, of the interaction.
pub(super) fn found_by(w: &mut Writer<'_>, row: &InteractionRow) {
    w.facet("medium", &row.medium);
    if let Some(agent) = row.agent {
        w.facet("agent", agent);
    }
}

/// The details of an interaction were opened.
#[derive(Serialize)]
pub struct DetailsOpened {
    /// Of which interaction.
    #[serde(skip)]
    pub interaction: InteractionId,
}

impl Event for DetailsOpened {
    type Needs = ViewArchive;
    type Output = Details;
    const NAME: Name = kernel::name!(archive "interaction.opened", 1);
    fn subject(&self) -> Subject {
        self.interaction.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<Details> {
        let row = queries::interaction(w, self.interaction)?;
        about(w, &row);
        Ok(Details {
            group: row.group.map(|g| queries::group_name(w, g)).transpose()?.flatten(),
            queue: row.queue.map(|q| queries::queue_name(w, q)).transpose()?.flatten(),
            participants: queries::participants(w, self.interaction)?,
            contents: queries::contents(w, self.interaction.0)?,
            row,
        })
    }
}

fn reason_given(w: &Writer<'_>, reason: Option<&str>) -> Result<()> {
    let required = w.access().setting(&REASON_REQUIRED) == serde_json::Value::Bool(true);
    if required && reason.is_none_or(|text| text.trim().is_empty()) {
        return Err(Error::invalid("reason", "archive-reason-missing"));
    }
    Ok(())
}

/// The content of an interaction was opened, for a while, in one session.
#[derive(Serialize)]
pub struct ContentOpened {
    /// Of which interaction.
    #[serde(skip)]
    pub interaction: InteractionId,
    /// The opening's new id.
    pub opening: OpeningId,
    /// Why, in the person's words.
    #[serde(skip)]
    pub reason: Option<String>,
}

impl Event for ContentOpened {
    type Needs = OpenContent;
    /// Until when; the keys come with [`queries::opening`], which needs the row written here.
    type Output = Timestamp;
    const NAME: Name = kernel::name!(archive "content.opened", 1);
    fn subject(&self) -> Subject {
        self.interaction.into()
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<Timestamp> {
        let row = queries::interaction(w, self.interaction)?;
        reason_given(w, self.reason.as_deref())?;
        let minutes = w.access().policy().count(&OPENING_MINUTES);
        let until = w.now().plus_seconds(minutes * 60);
        let (by, session) = (w.access().name().to_owned(), session_of(w.access().actor()));
        w.one(
            sql!(
                "insert into opening (tenant_id, id, interaction_id, holder, session_id, by_name, made_at, until)
                 values ($tenant, $id, $interaction, $actor, $session, $by, $now, $until)"
            ),
            params! { id: self.opening, interaction: self.interaction, session: session, by: by, until: until },
        )?;
        about(w, &row);
        Ok(until)
    }
}

/// A content was taken away as a file. Written when it is used, not when it is offered.
#[derive(Serialize)]
pub struct ContentDownloaded {
    /// Of which interaction.
    #[serde(skip)]
    pub interaction: InteractionId,
    /// Which content.
    pub content: ContentId,
    /// Why, in the person's words.
    #[serde(skip)]
    pub reason: Option<String>,
}

/// A content that may be decrypted this once.
pub struct Released {
    /// The content.
    pub content: Content,
    /// The interaction's own facts, for the file's name.
    pub row: InteractionRow,
    keys: Vec<WrappedKeys>,
    tenant: TenantId,
}

impl Released {
    /// The key that decrypts it.
    ///
    /// # Errors
    /// `Broken` when it cannot be unwrapped.
    pub fn key(&self, master: &MasterKeys) -> Result<ContentKey> {
        let keys = self.keys.iter().find(|k| k.version == self.content.key_version);
        let keys = keys.ok_or_else(|| Error::broken("the tenant's key of a content is missing"))?;
        keys.unwrap(self.tenant, master)?.content_key(self.tenant, &self.content)
    }
}

impl Event for ContentDownloaded {
    type Needs = DownloadContent;
    type Output = Released;
    const NAME: Name = kernel::name!(archive "content.downloaded", 1);
    fn subject(&self) -> Subject {
        self.interaction.into()
    }
    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<Released> {
        let row = queries::interaction(w, self.interaction)?;
        reason_given(w, self.reason.as_deref())?;
        let contents = queries::contents(w, self.interaction.0)?;
        let content = contents.into_iter().find(|c| c.id == self.content).ok_or(Error::NotFound)?;
        about(w, &row);
        w.say(PartKind::Change, "kind", content.kind);
        w.say(PartKind::Change, "bytes", content.bytes);
        Ok(Released { content, row, keys: queries::keys(w)?, tenant: w.tenant() })
    }
}

/// Words were sought in what was said and written, perhaps with other text beside them.
#[derive(Serialize)]
pub struct ArchiveSearched {
    /// The words as typed.
    pub words: String,
    /// The filters beside them, as the page's address has them.
    pub filters: String,
}

impl Event for ArchiveSearched {
    type Needs = OpenContent;
    type Output = ();
    const NAME: Name = kernel::name!(archive "archive.searched", 1);
    fn subject(&self) -> Subject {
        Subject::TENANT
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.about(&self.words);
        Ok(())
    }
}

/// A name, number, address or subject was sought.
#[derive(Serialize)]
pub struct InteractionsSought {
    /// The text as typed.
    pub text: String,
    /// The filters beside it, as the page's address has them.
    pub filters: String,
}

impl Event for InteractionsSought {
    type Needs = ViewArchive;
    type Output = ();
    const NAME: Name = kernel::name!(archive "archive.searched", 1);
    fn subject(&self) -> Subject {
        Subject::TENANT
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        w.about(&self.text);
        Ok(())
    }
}
