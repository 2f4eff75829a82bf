//! An import under way: each file is read, checked, encrypted and only then written down.

use super::Fate;
use super::made;
use super::offer::{Offer, Offered};
use super::taken::{self, Media, Taken};
use crate::App;
use crate::archive::audio::Sound;
use crate::archive::chest::{Chest, Material, WrappedKeys};
use crate::archive::events::{ContentKeyMade, FileSetAside, InteractionImported};
use crate::archive::model::{AsideId, Content, ContentKind, Document, InteractionId};
use crate::archive::quarantine::Quarantine;
use crate::archive::queries;
use crate::archive::rights::ImportInteractions;
use crate::archive::sentence::Sentence;
use crate::archive::vcon::Interaction;
use kernel::{Error, Grant, Kept, Result};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::sync::Arc;

/// Longest name of a file that is kept.
const MAX_NAME_CHARS: usize = 255;

/// Brings in one file after the other.
pub struct Importer {
    app: App,
    grant: Grant<ImportInteractions>,
    chest: Chest,
    offer: Arc<Offer>,
    spoken_of: HashSet<String>,
}

impl Importer {
    /// Ready to begin; the tenant's keys are made if these are its first contents.
    ///
    /// # Errors
    /// `Busy` or `Broken` from the engine or the keys.
    pub async fn new(app: &App, grant: Grant<ImportInteractions>, offer: Offer) -> Result<Self> {
        let keys = tenant_keys(app, &grant).await?;
        let tenant = grant.access().tenant();
        let chest = Chest {
            content: Arc::clone(&app.content),
            tenant,
            keys: keys.unwrap(tenant, &app.keys)?,
            chance: app.store.chance().clone(),
            clock: app.store.clock().clone(),
        };
        Ok(Self { app: app.clone(), grant, chest, offer: Arc::new(offer), spoken_of: HashSet::new() })
    }

    /// How many files there are: vCons first, then what else was offered by name.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offer.vcons.len() + self.offer.others.len()
    }

    /// Whether there is nothing to bring in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.offer.is_empty()
    }

    /// Deals with one file and says its name and its fate; nothing for a recording that came with its vCon.
    ///
    /// # Errors
    /// `Busy` or `Broken` when rows or store cannot be written; nothing of this file is left then.
    pub async fn one(&mut self, at: usize) -> Result<Option<(String, Fate)>> {
        if let Some(vcon) = self.offer.vcons.get(at).cloned() {
            let fate = self.vcon(&vcon).await?;
            return Ok(Some((vcon.name, fate)));
        }
        let other = self.offer.others.get(at - self.offer.vcons.len()).cloned().ok_or(Error::NotFound)?;
        if self.spoken_of.contains(&bare(&other.name)) {
            return Ok(None);
        }
        let fate = self.lonely(&other).await?;
        Ok(Some((other.name, fate)))
    }

    async fn vcon(&mut self, vcon: &Offered) -> Result<Fate> {
        let _reading = self.app.room.read(vcon.material.bytes()).await?;
        let (offer, file) = (Arc::clone(&self.offer), vcon.clone());
        let taken = beside(move || taken::take(&offer, &file)).await?;
        self.spoken_of.extend(taken.media.iter().map(|media| media.name.clone()));
        if taken.found == Err(Quarantine::FileUnreadable) {
            return Ok(Fate::Aside(Quarantine::FileUnreadable.sentences()));
        }
        match self.archive(vcon, &taken).await? {
            Ok(fate) => Ok(fate),
            Err(reason) => self.set_aside(vcon, &taken, &reason.sentences()).await,
        }
    }

    /// The archive's own answer, or why the file has to be set aside.
    async fn archive(&self, vcon: &Offered, taken: &Taken) -> Result<std::result::Result<Fate, Quarantine>> {
        let found = match &taken.found {
            Ok(found) => found.clone(),
            Err(reason) => return Ok(Err(reason.clone())),
        };
        if let Some(fate) = self.known(&found, taken).await? {
            return Ok(fate);
        }
        let (offer, file, call) = (Arc::clone(&self.offer), vcon.clone(), found.clone());
        let sounds = match beside(move || taken::listen(&offer, &file, &call)).await? {
            Ok(sounds) => sounds,
            Err(reason) => return Ok(Err(reason)),
        };
        let contents = self.contents(&found, taken, &sounds).await?;
        let same = contents.iter().zip(&taken.media).all(|(content, media)| content.hash == media.hash);
        if !same {
            // The file changed between its check and its encryption.
            self.chest.take_back(&contents).await;
            return Ok(Err(Quarantine::MediaUnreadable));
        }
        self.write(vcon, found, taken, contents).await
    }

    /// What is known of an interaction of this id, if it was brought in before.
    async fn known(
        &self,
        found: &Interaction,
        taken: &Taken,
    ) -> Result<Option<std::result::Result<Fate, Quarantine>>> {
        let external = found.external_id;
        let known = self.grant.read(&self.app.store, move |r| queries::digest_of(r, external)).await?;
        Ok(known.map(|digest| {
            if digest == taken.digest { Ok(Fate::Unchanged) } else { Err(Quarantine::OtherVersion) }
        }))
    }

    /// Encrypts all of an interaction into the store: recordings first, in order.
    async fn contents(&self, found: &Interaction, taken: &Taken, sounds: &[Sound]) -> Result<Vec<Content>> {
        let mut out = Vec::new();
        let filled = self.fill(found, taken, sounds, &mut out).await;
        if let Err(cause) = filled {
            self.chest.take_back(&out).await;
            return Err(cause);
        }
        Ok(out)
    }

    async fn fill(
        &self,
        found: &Interaction,
        taken: &Taken,
        sounds: &[Sound],
        out: &mut Vec<Content>,
    ) -> Result<()> {
        for (media, sound) in taken.media.iter().zip(sounds) {
            let mut content = self.put(ContentKind::Recording, sound.kind.mimetype(), media).await?;
            content.length_ms = u64::try_from(sound.duration().as_millis()).unwrap_or(u64::MAX);
            content.peaks = Some(sound.waveform.to_bytes());
            out.push(content);
        }
        for (kind, document) in
            [(ContentKind::Transcript, made::transcript(found)), (ContentKind::Chat, made::chat(found))]
        {
            if let Some(document) = document {
                out.push(self.document(kind, &document).await?);
            }
        }
        for attachment in &found.attachments {
            let material = Material::Held(Arc::clone(&attachment.bytes));
            let mut content =
                self.chest.put(ContentKind::Attachment, &attachment.mimetype, &material).await?;
            content.name = attachment.filename.clone().or(attachment.kind.clone()).unwrap_or_default();
            out.push(content);
        }
        Ok(())
    }

    async fn put(&self, kind: ContentKind, mimetype: &str, media: &Media) -> Result<Content> {
        let content = self.chest.put(kind, mimetype, &media.material).await?;
        Ok(Content { name: bare(&media.name), ..content })
    }

    async fn document(&self, kind: ContentKind, document: &Document) -> Result<Content> {
        let bytes = serde_json::to_vec(document).map_err(Error::broken)?;
        self.chest.put(kind, "application/json", &Material::Held(Arc::from(bytes))).await
    }

    async fn write(
        &self,
        vcon: &Offered,
        found: Interaction,
        taken: &Taken,
        contents: Vec<Content>,
    ) -> Result<std::result::Result<Fate, Quarantine>> {
        let id = InteractionId::new(self.chest.clock.now(), &self.chest.chance);
        let event = InteractionImported {
            id,
            external: found.external_id,
            digest: taken.digest,
            medium: made::medium(found.medium),
            direction: found.direction.map(made::direction),
            queue: found.queue.clone(),
            started: made::moment(found.started),
            ended: made::moment(found.ended),
            participants: made::participants(&found),
            words: self.chest.keys.search.index(made::texts(&found)),
            recordings: found.recordings.len(),
            about: found.subject.clone().unwrap_or_default(),
            file: bare(&vcon.name),
            contents: contents.clone(),
        };
        match self.grant.apply(&self.app.store, event).await {
            Ok(()) => Ok(Ok(Fate::Imported(id))),
            Err(cause) => {
                self.chest.take_back(&contents).await;
                match (cause, self.known(&found, taken).await?) {
                    // Somebody brought it in at the same moment.
                    (Error::Conflict(_), Some(fate)) => Ok(fate),
                    (cause, _) => Err(cause),
                }
            }
        }
    }

    /// A recording that no vCon speaks of.
    async fn lonely(&self, other: &Offered) -> Result<Fate> {
        let file = other.clone();
        let hash = beside(move || taken::hash_of(&file.material)).await?;
        let Some(hash) = hash else {
            return Ok(Fate::Aside(Quarantine::FileUnreadable.sentences()));
        };
        let taken = Taken {
            found: Err(Quarantine::NobodySpeaks),
            digest: Sha256::digest(hash).into(),
            media: Vec::new(),
        };
        self.set_aside(other, &taken, &Quarantine::NobodySpeaks.sentences()).await
    }

    /// Keeps the file and its recordings, encrypted, with the reasons; the very same file is kept once.
    async fn set_aside(&self, file: &Offered, taken: &Taken, reasons: &[Sentence]) -> Result<Fate> {
        let digest = taken.digest;
        let fate = Fate::Aside(reasons.to_vec());
        if self.grant.read(&self.app.store, move |r| queries::known_aside(r, digest)).await? {
            return Ok(fate);
        }
        let mut contents = Vec::new();
        let file_media = Media { name: file.name.clone(), material: file.material.clone(), hash: digest };
        for media in std::iter::once(&file_media).chain(&taken.media) {
            match self.put(ContentKind::Aside, "application/octet-stream", media).await {
                Ok(content) => contents.push(content),
                Err(cause) => {
                    self.chest.take_back(&contents).await;
                    return Err(cause);
                }
            }
        }
        let event = FileSetAside {
            id: AsideId::new(self.chest.clock.now(), &self.chest.chance),
            digest,
            file: bare(&file.name),
            why: reasons.iter().map(|reason| reason.key().to_owned()).collect(),
            reasons: serde_json::to_string(reasons).map_err(Error::broken)?,
            contents: contents.clone(),
        };
        match self.grant.apply(&self.app.store, event).await {
            Ok(()) => Ok(fate),
            Err(cause) => {
                self.chest.take_back(&contents).await;
                if matches!(cause, Error::Conflict(_)) { Ok(fate) } else { Err(cause) }
            }
        }
    }
}

/// Runs what takes long on a thread where it keeps nobody waiting.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::broken)
}

/// The last part of a path, not longer than is kept.
fn bare(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(MAX_NAME_CHARS).collect()
}

/// The tenant's newest keys, made on first use.
async fn tenant_keys(app: &App, grant: &Grant<ImportInteractions>) -> Result<WrappedKeys> {
    if let Some(keys) = grant.read(&app.store, queries::keys).await?.into_iter().next() {
        return Ok(keys);
    }
    let made = WrappedKeys::make(1, grant.access().tenant(), &app.keys, app.store.chance())?;
    let event = ContentKeyMade { version: made.version, keys: Kept(made.clone()) };
    match grant.apply(&app.store, event).await {
        Ok(()) => Ok(made),
        Err(Error::Conflict(_)) => {
            grant.read(&app.store, queries::keys).await?.into_iter().next().ok_or(Error::NotFound)
        }
        Err(cause) => Err(cause),
    }
}
