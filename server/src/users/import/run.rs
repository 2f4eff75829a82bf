//! The job that makes and edits users line by line: stopped and gone on with, by any node, from the part it had come to.
//!
//! - What a line did is noted in the commit that does it, until a part's lines are counted: whatever cuts a part short, each line is
//!   dealt with once and counted as what it did.

use super::check::{self, Fault};
use super::events::{FromLine, LineFate};
use super::file::Line;
use super::{events, queries};
use crate::App;
use crate::users::events::{GroupAtStart, ImportUsers, ManageUsers, UserCreated, UserEdited};
use crate::users::queries as people;
use futures_util::stream::{self, StreamExt};
use kernel::policy::Machine;
use kernel::work::{self, JobState};
use kernel::{
    Error, Grant, Message, Origin, Problem, RequestId, Result, TenantId, UserId, Uuid, Way, Writer,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The kind of job.
pub const KIND: &str = "user-import";
/// Lines that are under way at once: they share commits.
const LINES_AT_ONCE: usize = 32;
/// A file that was not imported to its end is kept so long, then its lines are thrown away.
pub const FILE_KEPT_DAYS: i64 = 7;
/// Refused lines whose reason is kept.
const MAX_KEPT_REFUSALS: usize = 200;
/// How often a node looks for imports that nobody is at.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_secs(5);

/// How far an import has come, as its job keeps it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Progress {
    /// The upload it is made from.
    pub import: Uuid,
    /// The part it goes on with.
    pub part: i64,
    /// Lines looked at.
    pub done: i64,
    /// Users made.
    pub made: i64,
    /// Users edited.
    pub edited: i64,
    /// Users that were as the file says.
    pub unchanged: i64,
    /// Faulty lines set aside.
    pub aside: i64,
    /// Lines that were clean and were refused all the same.
    pub refused: i64,
    /// Why, for the first of them.
    pub reasons: Vec<Fault>,
    /// Who began it or went on with it, and from where; gone when it is over.
    #[serde(default)]
    pub asked: Option<Asked>,
}

/// Who asked for an import, as its entries carry it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Asked {
    user: UserId,
    name: String,
    request: Uuid,
    address: String,
    country: String,
    network: String,
    browser: String,
    system: String,
}

impl Asked {
    fn by(access: &kernel::Access) -> Option<Self> {
        let Origin { address, country, network, browser, system, request, .. } = access.origin().clone();
        let (user, name) = (access.actor().user()?, access.name().to_owned());
        Some(Self { user, name, request: request.0, address, country, network, browser, system })
    }
    fn origin(self) -> Origin {
        let Self { request, address, country, network, browser, system, .. } = self;
        let inside = Origin::inside(Way::Job, RequestId(request));
        Origin { address, country, network, browser, system, ..inside }
    }
}

impl Progress {
    /// From what a job keeps.
    #[must_use]
    pub fn of(job: &work::Job) -> Self {
        let text = if job.result.is_empty() { &job.resume } else { &job.result };
        serde_json::from_str(text).unwrap_or_default()
    }
    fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What became of one line.
enum Fate {
    Made,
    Edited,
    Unchanged,
    Refused(Vec<Fault>),
}

impl From<LineFate> for Fate {
    fn from(fate: LineFate) -> Self {
        match fate {
            LineFate::Made => Self::Made,
            LineFate::Edited => Self::Edited,
        }
    }
}

/// Begins an import, or goes on with one that was stopped or broke off.
///
/// # Errors
/// `Conflict` when lines are faulty and not set aside, or when it is under way or over.
pub async fn begin(app: &App, grant: &Grant<ImportUsers>, import: Uuid, aside: bool) -> Result<Uuid> {
    grant.also::<ManageUsers>()?;
    let (upload, before) = grant
        .read(&app.store, move |r| {
            let upload = queries::upload(r, import)?;
            let before = upload.job.map(|job| work::find(r, job, KIND)).transpose()?;
            Ok((upload, before))
        })
        .await?;
    if upload.faulty > 0 && !aside && before.is_none() {
        return Err(Error::conflict("import-faulty"));
    }
    let mut resume = match &before {
        None => Progress { import, ..Progress::default() },
        Some(job) if matches!(job.state, JobState::Stopped | JobState::Failed) => Progress::of(job),
        Some(_) => return Err(Error::conflict("import-under-way")),
    };
    resume.asked = Asked::by(grant.access());
    let (job, earlier) = (app.store.chance().uuid(app.store.clock().now()), upload.job);
    let begun = events::ImportBegun {
        aside: upload.faulty,
        file: upload.into(),
        job,
        before: earlier,
        resume: resume.text(),
    };
    grant.apply(&app.store, begun).await?;
    tokio::spawn(go(app.clone(), grant.access().tenant(), job));
    Ok(job)
}

/// Takes up the imports that nobody is at, of every tenant, for as long as the process lives.
pub async fn follow(app: App) {
    loop {
        if let Err(cause) = take_up(&app).await {
            tracing::warn!(%cause, "imports of users could not be looked for");
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Takes up the imports that nobody is at, once, and throws away files that nobody came back to.
///
/// # Errors
/// `Busy` or `Broken` from the engine.
pub async fn take_up(app: &App) -> Result<()> {
    for tenant in app.gate.all().await? {
        let machine = machine(app, tenant)?;
        let before = app.store.clock().now().plus_seconds(-FILE_KEPT_DAYS * 86_400);
        if machine.read(&app.store, move |r| queries::any_before(r, before)).await? {
            machine.quietly(&app.store, move |w| events::forget_before(w, before)).await?;
        }
        let idle = machine.read(&app.store, |r| work::idle(r, KIND)).await?;
        for job in idle {
            tokio::spawn(go(app.clone(), tenant, job.id));
        }
    }
    Ok(())
}

/// Takes up a job whose node has gone silent, as soon as somebody looks at it.
pub fn nudge(app: &App, tenant: TenantId, job: &work::Job) {
    let silent = app.store.clock().now().seconds_since(job.changed_at) > work::JOB_SILENCE_SECONDS;
    if silent && !job.state.over() {
        tokio::spawn(go(app.clone(), tenant, job.id));
    }
}

fn machine(app: &App, tenant: TenantId) -> Result<Grant<Machine>> {
    let request = RequestId::new(app.store.clock().now(), app.store.chance());
    app.gate.machine(tenant, KIND, Origin::inside(Way::Job, request)).grant()
}

/// Runs the job if nobody else does.
async fn go(app: App, tenant: TenantId, job: Uuid) {
    let outcome = match machine(&app, tenant) {
        Ok(grant) => run(&app, &grant, job).await,
        Err(error) => Err(error),
    };
    if let Err(cause) = outcome {
        tracing::error!(%cause, "an import of users broke off");
    }
}

async fn run(app: &App, grant: &Grant<Machine>, job: Uuid) -> Result<()> {
    let node = app.store.chance().uuid(app.store.clock().now());
    if !grant.quietly(&app.store, move |w| work::take(w, job, node)).await? {
        return Ok(());
    }
    let (found, upload) = grant
        .read(&app.store, move |r| {
            let job = work::find(r, job, KIND)?;
            let upload = queries::any_upload(r, Progress::of(&job).import)?;
            Ok((job, upload))
        })
        .await?;
    let mut progress = Progress::of(&found);
    let machine = grant;
    let grant = &match progress.asked.clone() {
        None => machine.clone(),
        Some(asked) => {
            let (user, name) = (asked.user, asked.name.clone());
            app.gate.work_for(machine.access().tenant(), KIND, (user, &name), asked.origin()).grant()?
        }
    };
    let all = parts(app, grant, &upload, (job, node), &mut progress);
    let state = match work::attended(machine, &app.store, (job, node), all).await {
        Ok(state) => state,
        Err(cause) => {
            tracing::error!(%cause, import = %upload.id, "an import of users failed");
            JobState::Failed
        }
    };
    progress.asked = None;
    let (result, import) = (progress.text(), upload.id);
    grant
        .quietly(&app.store, move |w| {
            if state == JobState::Done {
                events::forget(w, import)?;
            }
            work::end(w, job, node, state, &result)
        })
        .await
}

/// One part after the other, from the one it had come to.
async fn parts(
    app: &App,
    grant: &Grant<Machine>,
    upload: &queries::Upload,
    (job, node): (Uuid, Uuid),
    progress: &mut Progress,
) -> Result<JobState> {
    let import = upload.id;
    loop {
        let at = progress.part;
        let Some((lines, faults)) = grant.read(&app.store, move |r| queries::part(r, import, at)).await?
        else {
            return Ok(JobState::Done);
        };
        let faulty: HashSet<u64> = faults.iter().map(|f| f.at).collect();
        let last = lines.last().map_or(0, |line| line.at);
        let looked_at = i64::try_from(lines.len()).unwrap_or(i64::MAX);
        let (aside, clean): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|l| faulty.contains(&l.at));
        let fates: Vec<Result<Fate>> = stream::iter(clean)
            .map(|line| one(app, grant, upload.owner, import, line))
            .buffered(LINES_AT_ONCE)
            .collect()
            .await;
        // A part that broke off comes again as a whole: what was done of it is found noted.
        let fates = fates.into_iter().collect::<Result<Vec<_>>>()?;
        progress.aside += i64::try_from(aside.len()).unwrap_or(i64::MAX);
        fates.into_iter().for_each(|fate| progress.add(fate));
        progress.part += 1;
        progress.done += looked_at;
        let (done, total, so_far) = (progress.done, upload.rows, progress.text());
        let step = move |w: &mut Writer<'_>| {
            let ours = work::step(w, job, node, done, total, &so_far)?;
            if ours {
                events::counted(w, import, last)?;
            }
            Ok(ours)
        };
        if !grant.quietly(&app.store, step).await? {
            return Ok(JobState::Stopped);
        }
    }
}

impl Progress {
    fn add(&mut self, fate: Fate) {
        match fate {
            Fate::Made => self.made += 1,
            Fate::Edited => self.edited += 1,
            Fate::Unchanged => self.unchanged += 1,
            Fate::Refused(why) => {
                self.refused += 1;
                let room = MAX_KEPT_REFUSALS.saturating_sub(self.reasons.len());
                self.reasons.extend(why.into_iter().take(room));
            }
        }
    }
}

async fn one(app: &App, grant: &Grant<Machine>, owner: UserId, import: Uuid, line: Line) -> Result<Fate> {
    let at = line.at;
    let why = match done(app, grant, owner, FromLine { import, line: at }, line).await {
        Ok(fate) => return Ok(fate),
        Err(Error::Invalid(problems)) => problems.iter().map(|p| Fault::of(at, p)).collect(),
        Err(Error::Conflict(message)) => vec![Fault::whole(at, message)],
        Err(Error::NotFound) => vec![Fault::whole(at, Message::new("users-no-such-group"))],
        Err(other) => return Err(other),
    };
    // A node that was taken for dead may have been quicker: then that is what became of the line.
    let noted = grant.read(&app.store, move |r| queries::fate(r, import, at)).await?;
    Ok(noted.map_or(Fate::Refused(why), Fate::from))
}

/// Makes or edits the user of a line, or finds it as the line says, or finds that it was dealt with before.
async fn done(app: &App, grant: &Grant<Machine>, owner: UserId, from: FromLine, line: Line) -> Result<Fate> {
    let cells = line.cells.clone();
    let id = check::id(&line).transpose().map_err(|()| Error::invalid("id", "import-no-such-id"))?;
    let found = grant
        .read(&app.store, move |r| {
            if let Some(fate) = queries::fate(r, from.import, from.line)? {
                return Ok(Err(fate));
            }
            let cell = |name: &str| cells.get(name).map(|c| c.trim().to_owned()).unwrap_or_default();
            let external_id = Some(cell("external_id")).filter(|id| !id.is_empty());
            let there = match id {
                Some(id) => Some(people::by_id(r, id)?),
                None => people::by_key(r, external_id.as_deref(), &cell("user_name"))?,
            };
            Ok(Ok((there, people::group_by_name(r, &cell("group"))?)))
        })
        .await?;
    let (there, group) = match found {
        Ok(found) => found,
        Err(fate) => return Ok(fate.into()),
    };
    let (by, import) = (Some(owner), Some(from));
    let manage = grant.also::<ManageUsers>()?;
    let Some(there) = there else {
        let (particulars, problems) = check::particulars(&line);
        let kind = check::kind(&line).filter(|_| problems.is_empty()).ok_or(Error::Invalid(problems))?;
        let user = UserId::new(app.store.clock().now(), app.store.chance());
        let event = UserCreated { user, kind, group: GroupAtStart(group), particulars, by, import };
        manage.apply(&app.store, event).await?;
        return Ok(Fate::Made);
    };
    let before = there.particulars;
    let (after, problems) = check::after(&before, &line);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if before == after {
        return Ok(Fate::Unchanged);
    }
    manage.apply(&app.store, UserEdited { user: there.id, before, after, by, import }).await?;
    Ok(Fate::Edited)
}

impl Fault {
    fn of(at: u64, problem: &Problem) -> Self {
        Self::new(at, problem.field.clone(), &problem.message)
    }
    fn whole(at: u64, message: Message) -> Self {
        Self::new(at, "", &message)
    }
}
