//! Interactions that are brought in, and files that are set aside.

use crate::archive::chest::WrappedKeys;
use crate::archive::model::{AsideId, Content, InteractionId, Participant};
use crate::archive::rights::ImportInteractions;
use kernel::facet::fold;
use kernel::{
    Event, GroupId, Kept, Name, QueueId, Result, Subject, Timestamp, UserId, Uuid, Writer, from_row, params,
    sql,
};
use serde::Serialize;

/// A tenant's first content came, so it got its keys.
#[derive(Serialize)]
pub struct ContentKeyMade {
    /// The version.
    pub version: u32,
    /// The keys, wrapped.
    pub keys: Kept<WrappedKeys>,
}

impl Event for ContentKeyMade {
    type Needs = ImportInteractions;
    type Output = ();
    const NAME: Name = kernel::name!("archive.key_made", 1);
    fn subject(&self) -> Subject {
        Subject::TENANT
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let keys = &self.keys.0;
        w.one(
            sql!(
                "insert into content_key (tenant_id, version, wrapped, search_wrapped, made_at)
                 values ($tenant, $version, $wrapped, $search, $now)"
            ),
            params! { version: keys.version, wrapped: keys.tenant.clone(), search: keys.search.clone() },
        )
    }
}

/// An interaction was brought in: its rows, once its encrypted files stand in the store.
#[derive(Serialize)]
pub struct InteractionImported {
    /// Its new id.
    pub id: InteractionId,
    /// The id its file gave it.
    pub external: Uuid,
    /// SHA-256 over the file and its recordings.
    #[serde(skip)]
    pub digest: [u8; 32],
    /// `call`, `chat` or `email`.
    pub medium: &'static str,
    /// `in` or `out`.
    pub direction: Option<&'static str>,
    /// The name of the queue its file speaks of.
    pub queue: Option<String>,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// What it was about.
    #[serde(skip)]
    pub about: String,
    /// Who took part; users are found by their mail address.
    #[serde(skip)]
    pub participants: Vec<Participant>,
    /// Its encrypted files.
    #[serde(skip)]
    pub contents: Vec<Content>,
    /// The keys of its words.
    #[serde(skip)]
    pub words: Vec<i64>,
    /// How many recordings it has.
    pub recordings: usize,
    /// The file's name.
    pub file: String,
}

struct Agent {
    user: UserId,
    group: GroupId,
    name: String,
}
from_row!(Agent { user, group, name });

fn user_of(w: &mut Writer<'_>, mail: &str) -> Result<Option<Agent>> {
    let statement = sql!(
        "select id, group_id, name from users where tenant_id = $tenant and mail_folded = $mail
         /* system: whoever brings a call in, it belongs to the agent who had it */"
    );
    w.maybe(statement, params! { mail: fold(mail) })
}

/// The queue of this name, case apart; none is made for a name that nobody knows.
fn queue_of(w: &mut Writer<'_>, name: &str) -> Result<Option<QueueId>> {
    let statement = sql!("select id from queue where tenant_id = $tenant and folded = $name");
    Ok(w.maybe::<(QueueId,)>(statement, params! { name: fold(name.trim()) })?.map(|(id,)| id))
}

impl Event for InteractionImported {
    type Needs = ImportInteractions;
    type Output = ();
    const NAME: Name = kernel::name!("interaction.imported", 1);
    fn subject(&self) -> Subject {
        self.id.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let mut people = self.participants.clone();
        let mut found: Vec<Option<Agent>> = Vec::with_capacity(people.len());
        for person in &mut people {
            let user = person.mail.as_deref().map(|mail| user_of(w, mail)).transpose()?.flatten();
            person.user = user.as_ref().map(|u| u.user);
            found.push(user);
        }
        let said = people.iter().position(|p| p.role == "agent");
        let known = people.iter().position(|p| p.role == "agent" && p.user.is_some());
        let known = known.or_else(|| people.iter().position(|p| p.role != "customer" && p.user.is_some()));
        let agent = known.and_then(|at| found.get_mut(at).and_then(Option::take));
        let outside = said.and_then(|at| people.get(at)).map(|p| p.label().to_owned());
        let queue = self.queue.as_deref().map(|name| queue_of(w, name)).transpose()?.flatten();
        self.row(w, &people, (agent.as_ref(), queue), outside)?;
        for (position, person) in people.iter().enumerate() {
            participant(w, self.id, position, person)?;
        }
        for (position, content) in self.contents.iter().enumerate() {
            keep(w, self.id.0, position, content)?;
        }
        for key in &self.words {
            let insert = sql!(
                "insert into word (tenant_id, key, started_at, interaction_id)
                 values ($tenant, $key, $started, $id) on conflict do nothing"
            );
            w.any(insert, params! { key: *key, started: self.started, id: self.id })?;
        }
        w.about(&self.about);
        w.belongs(agent.map(|a| a.group), queue);
        w.facet("medium", self.medium);
        Ok(())
    }
}

impl InteractionImported {
    fn row(
        &self,
        w: &mut Writer<'_>,
        people: &[Participant],
        (agent, queue): (Option<&Agent>, Option<QueueId>),
        outside: Option<String>,
    ) -> Result<()> {
        let words = people.iter().flat_map(|p| [&p.name, &p.tel, &p.mail]).flatten();
        let search: Vec<String> = std::iter::once(&self.about).chain(words).map(|text| fold(text)).collect();
        w.one(
            sql!(
                "insert into interaction (tenant_id, id, external_id, digest, medium, direction, started_at, ended_at, queue_id,
                   group_id, agent_id, agent_name, subject, search, recorded, imported_at)
                 values ($tenant, $id, $external, $digest, $medium, $direction, $started, $ended, $queue,
                   $group, $agent, $agent_name, $subject, $search, $recorded, $now)"
            ),
            params! {
                id: self.id, external: self.external, digest: self.digest, medium: self.medium, direction: self.direction,
                started: self.started, ended: self.ended, queue: queue, group: agent.map(|a| a.group), agent: agent.map(|a| a.user),
                agent_name: agent.map(|a| a.name.clone()).or(outside), subject: &self.about, search: search.join("\n"),
                recorded: self.recordings > 0
            },
        )
    }
}

fn participant(w: &mut Writer<'_>, id: InteractionId, position: usize, person: &Participant) -> Result<()> {
    let insert = sql!(
        "insert into participant (tenant_id, interaction_id, position, name, tel, mail, role, user_id)
         values ($tenant, $id, $position, $name, $tel, $mail, $role, $user)"
    );
    let position = i64::try_from(position).unwrap_or(i64::MAX);
    w.one(
        insert,
        params! {
            id: id, position: position, name: person.name.clone(), tel: person.tel.clone(), mail: person.mail.clone(),
            role: &person.role, user: person.user
        },
    )
}

fn keep(w: &mut Writer<'_>, of: Uuid, position: usize, content: &Content) -> Result<()> {
    let insert = sql!(
        "insert into content (tenant_id, id, of_id, position, kind, name, mimetype, size, length_ms, hash, key_version, wrapped, peaks)
         values ($tenant, $id, $of, $position, $kind, $name, $mimetype, $size, $length_ms, $hash, $key_version, $wrapped, $peaks)"
    );
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    w.one(
        insert,
        params! {
            id: content.id, of: of, position: number(position as u64), kind: content.kind, name: &content.name,
            mimetype: &content.mimetype, size: number(content.bytes), length_ms: number(content.length_ms),
            hash: content.hash, key_version: content.key_version, wrapped: content.wrapped.clone(), peaks: content.peaks.clone()
        },
    )
}

/// A file was not archived, and is kept with the reasons until a person decides.
#[derive(Serialize)]
pub struct FileSetAside {
    /// Its new id.
    pub id: AsideId,
    /// SHA-256 over the file and its recordings.
    #[serde(skip)]
    pub digest: [u8; 32],
    /// Its name.
    pub file: String,
    /// The keys of the sentences that say why.
    pub why: Vec<String>,
    /// The sentences, as JSON.
    #[serde(skip)]
    pub reasons: String,
    /// The file and its recordings, encrypted.
    #[serde(skip)]
    pub contents: Vec<Content>,
}

impl Event for FileSetAside {
    type Needs = ImportInteractions;
    type Output = ();
    const NAME: Name = kernel::name!("file.set_aside", 1);
    fn subject(&self) -> Subject {
        self.id.into()
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let by = w.access().name().to_owned();
        w.one(
            sql!(
                "insert into set_aside (tenant_id, id, digest, file_name, reasons, at, by_name)
                 values ($tenant, $id, $digest, $file, $reasons, $now, $by)"
            ),
            params! { id: self.id, digest: self.digest, file: &self.file, reasons: &self.reasons, by: by },
        )?;
        for (position, content) in self.contents.iter().enumerate() {
            keep(w, self.id.0, position, content)?;
        }
        w.about(&self.file);
        Ok(())
    }
}
