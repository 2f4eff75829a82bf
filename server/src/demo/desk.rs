//! What a contact centre works with: skills, queues, profiles, the words of enquiries, screens on walls, a robot, and
//! the program that will read the API.

use super::cast::Cast;
use super::people::{Town, apply, group, id, starting_group};
use crate::App;
use crate::profiles::events::{ProfileCreated, QueueCreated, QueueShape, WordAdded};
use crate::profiles::model::{Ability, ProfileKind, WordKind, abilities};
use crate::ui::Locale;
use crate::users::events::{GroupAtStart, UserCreated};
use crate::users::model::{GroupKind, Particulars, UserKind};
use kernel::{GroupId, QueueId, Result, Uuid};

/// Makes all of it.
pub async fn furnish(app: &App, town: &Town) -> Result<()> {
    let mut skills = Vec::new();
    for name in town.cast.skills {
        skills.push((*name, word(app, town, WordKind::Skill, Uuid::nil(), name).await?));
    }
    for (name, medium, skill) in town.cast.queues {
        let skill = skills.iter().find(|(known, _)| known == skill).map(|(_, id)| *id).unwrap_or_default();
        let shape = QueueShape { name: (*name).to_owned(), medium: *medium, skill };
        apply(app, town.tenant, QueueCreated { queue: QueueId(id(app)), shape }).await?;
    }
    profiles(app, town, &skills).await?;
    for name in town.cast.pauses {
        word(app, town, WordKind::PauseReason, Uuid::nil(), name).await?;
    }
    for (category, topics) in town.cast.enquiries {
        let parent = word(app, town, WordKind::Category, Uuid::nil(), category).await?;
        for topic in *topics {
            word(app, town, WordKind::Topic, parent, topic).await?;
        }
    }
    machines(app, town).await
}

async fn word(app: &App, town: &Town, kind: WordKind, parent: Uuid, name: &str) -> Result<Uuid> {
    let word = id(app);
    apply(app, town.tenant, WordAdded { word, kind, parent, name: name.to_owned() }).await?;
    Ok(word)
}

/// A profile for each group, one to make others from, and one of a person's own.
async fn profiles(app: &App, town: &Town, skills: &[(&'static str, Uuid)]) -> Result<()> {
    let (daytime, template) = town.cast.profiles;
    let known = |first: usize, level: u8| {
        let some = skills.iter().enumerate().filter(|(n, _)| *n == 0 || *n % 3 == first % 3);
        abilities(some.map(|(_, (_, skill))| Ability { skill: *skill, level }).collect())
    };
    let of_groups = town.groups.iter().enumerate().map(|(n, g)| (ProfileKind::Group, g.0, n, 6, daytime));
    let own = town.agents.first().map(|agent| (ProfileKind::User, agent.user.0, 1, 9, daytime));
    let other = (ProfileKind::Template, Uuid::nil(), 0, 2, template);
    for (kind, holder, first, level, name) in of_groups.chain(own).chain([other]) {
        let abilities = known(first, level)?;
        let profile = id(app);
        apply(app, town.tenant, ProfileCreated { profile, kind, holder, name: name.to_owned(), abilities })
            .await?;
    }
    Ok(())
}

/// A screen for each group, a robot, and a program's user.
async fn machines(app: &App, town: &Town) -> Result<()> {
    let t = Locale::new(town.cast.language, town.cast.zone);
    let walls = starting_group(app, town.tenant, t.say("tenant-wallboards")).await?;
    for (n, (name, _)) in town.cast.groups.iter().enumerate() {
        let shown = format!("{} {name}", town.cast.screen);
        machine(app, town, UserKind::Wallboard, walls, (&shown, format!("wall-{}", n + 1))).await?;
    }
    if let Some((robots, robot)) = town.cast.bots {
        let here = group(app, town.tenant, GroupKind::Agents, robots).await?;
        machine(app, town, UserKind::Bot, here, (robot, "bot-1".to_owned())).await?;
    }
    let services = starting_group(app, town.tenant, t.say("tenant-services")).await?;
    machine(app, town, UserKind::Service, services, ("CRM", "crm".to_owned())).await
}

async fn machine(
    app: &App,
    town: &Town,
    kind: UserKind,
    group: GroupId,
    (name, user_name): (&str, String),
) -> Result<()> {
    let user = kernel::UserId(id(app));
    let particulars = Particulars { name: name.to_owned(), user_name, ..Particulars::default() };
    let created = UserCreated { user, kind, group: GroupAtStart(group), particulars, by: None, import: None };
    apply(app, town.tenant, created).await
}

/// The queue that suits an imported interaction which names none: one of its medium, in turn.
pub fn queue_for(cast: &Cast, medium: &str, turn: usize) -> Option<&'static str> {
    let fitting: Vec<_> = cast.queues.iter().filter(|(_, m, _)| m.word() == medium).collect();
    fitting.get(turn % fitting.len().max(1)).map(|(name, ..)| *name)
}
