//! Two tenants whose things have the same ids and different names.

use super::{MARKS, Twins};
use crate::doors::ground::Ground;
use kernel::{Event, GroupId, QueueId, Right, UserId, Uuid};
use server::profiles::events::{ProfileCreated, QueueCreated, QueueShape, WordAdded};
use server::profiles::model::{Medium, ProfileKind, WordKind};
use server::reach::events::ReachDefined;
use server::reach::model::{Extent, ReachId};
use server::tenants::events::UserStarted;
use server::tenants::model::user_of;
use server::users::events::{GroupCreated, Started};
use server::users::model::{GroupKind, UserKind};
use std::collections::BTreeMap;
use std::sync::Mutex;
use vaktbok_tests::Portal;

/// Of each kind.
const EACH: u128 = 8;

/// The id of a thing: the same in both tenants.
fn id(kind: u128, n: u128) -> Uuid {
    Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 + (kind << 16) + n)
}

impl Twins {
    /// Two tenants on this portal. The customer numbers differ from walk to walk.
    pub async fn new(portal: &Portal, seed: u64) -> Twins {
        let number = i64::try_from(seed).unwrap() * 10;
        let grounds = [
            Ground::marked_as(portal, number, MARKS[0]).await,
            Ground::marked_as(portal, number + 1, MARKS[1]).await,
        ];
        let ids = |kind: u128| (0..EACH).map(|n| id(kind, n).to_string()).collect::<Vec<_>>();
        let kinds = ["user", "group", "word", "queue", "profile", "reach"];
        let shared: BTreeMap<_, _> =
            kinds.into_iter().zip(0..).map(|(name, kind)| (name, ids(kind))).collect();
        let twins = Twins { grounds, shared, begun: Mutex::default() };
        twins.make_anew(portal).await;
        twins
    }

    /// Makes whatever is not there, or not any more, in both.
    pub async fn make_anew(&self, portal: &Portal) {
        for (ground, mark) in self.grounds.iter().zip(MARKS) {
            for n in 0..EACH {
                make(portal, ground, mark, n).await;
            }
        }
    }

    /// Each tenant still finds its own.
    pub async fn still_there(&self) {
        for (ground, mark) in self.grounds.iter().zip(MARKS) {
            let users = ground.api("GET", "/api/v1/users?limit=200", None).await.to_string();
            assert!(
                users.contains(mark),
                "tenant {} finds nothing of its own: {users}",
                ground.tenant.number
            );
        }
    }
}

/// Applies an event of our own work; that the thing is there already is no matter.
async fn made<E: Event>(portal: &Portal, ground: &Ground, event: E)
where
    E::Needs: Right,
{
    let grant = portal.machine(ground.tenant.id).also::<E::Needs>().unwrap();
    match grant.apply(&portal.app().store, event).await {
        Ok(_) | Err(kernel::Error::Conflict(_) | kernel::Error::Invalid(_) | kernel::Error::NotFound) => {}
        Err(cause) => panic!("{}: {cause}", E::NAME.text),
    }
}

async fn make(portal: &Portal, ground: &Ground, mark: &str, n: u128) {
    let name = |what: &str| format!("{what} {mark} {n}");
    let login = format!("{mark}.tvilling{n}");
    let user = user_of(UserId(id(0, n)), UserKind::Person, ground.tenant.agents, &login, &name("Tvilling"));
    made(portal, ground, UserStarted { user, rights: Vec::new() }).await;
    let group = GroupCreated {
        group: GroupId(id(1, n)),
        name: name("Grupp"),
        kind: GroupKind::Agents,
        started: Started::default(),
    };
    made(portal, ground, group).await;
    let word = WordAdded { word: id(2, n), kind: WordKind::Skill, parent: Uuid::nil(), name: name("Ord") };
    made(portal, ground, word).await;
    let shape = QueueShape { name: name("Kö"), medium: Medium::Call, skill: id(2, n) };
    made(portal, ground, QueueCreated { queue: QueueId(id(3, n)), shape }).await;
    let profile = ProfileCreated {
        profile: id(4, n),
        kind: ProfileKind::Template,
        holder: Uuid::nil(),
        name: name("Profil"),
        abilities: Vec::new(),
    };
    made(portal, ground, profile).await;
    let extent = Extent { everything: false, groups: vec![GroupId(id(1, n))], queues: Vec::new() };
    made(portal, ground, ReachDefined { reach: ReachId(id(5, n)), name: name("Räckvidd"), extent }).await;
}
