//! Profiles were made, edited, deleted.

use super::ManageProfiles;
use crate::profiles::model::{Ability, ProfileKind};
use crate::users::events::bounds::Asking;
use kernel::facet::fold;
use kernel::{Error, Event, GroupId, Name, Result, Subject, Uuid, Writer, params, sql};
use serde::Serialize;

/// A profile was made.
#[derive(Serialize)]
pub struct ProfileCreated {
    /// The new profile.
    pub profile: Uuid,
    /// Whose it is.
    #[serde(skip)]
    pub kind: ProfileKind,
    /// The group or user; zero for a template.
    #[serde(skip)]
    pub holder: Uuid,
    /// Its name.
    #[serde(skip)]
    pub name: String,
    /// Its skills, as [`crate::profiles::model::abilities`] orders them.
    #[serde(skip)]
    pub abilities: Vec<Ability>,
}

impl Event for ProfileCreated {
    type Needs = ManageProfiles;
    type Output = ();
    const NAME: Name = kernel::name!("profile.created", 1);
    fn subject(&self) -> Subject {
        Subject::new("profile", self.profile)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        holder(w, self.kind, self.holder)?;
        free(w, self.profile, self.holder, &self.name)?;
        let insert = sql!(
            "insert into profile (tenant_id, id, kind, holder, name, folded) values ($tenant, $id, $kind, $holder, $name, $folded)"
        );
        let given = params! { id: self.profile, kind: self.kind, holder: self.holder, name: &self.name, folded: fold(&self.name) };
        w.one(insert, given)?;
        put(w, self.profile, &self.abilities)?;
        w.about(&self.name);
        w.changed("kind", (), self.kind);
        w.changed("holder", (), self.holder);
        w.changed("name", (), &self.name);
        w.changed("skills", (), &self.abilities);
        Ok(())
    }
}

/// A profile has another name or other skills.
#[derive(Serialize)]
pub struct ProfileEdited {
    /// The profile.
    pub profile: Uuid,
    /// Name and skills that were seen.
    #[serde(skip)]
    pub before: (String, Vec<Ability>),
    /// Name and skills from now on.
    #[serde(skip)]
    pub after: (String, Vec<Ability>),
}

impl Event for ProfileEdited {
    type Needs = ManageProfiles;
    type Output = ();
    const NAME: Name = kernel::name!("profile.edited", 1);
    fn subject(&self) -> Subject {
        Subject::new("profile", self.profile)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let (_, of, name, skills) = find(w, self.profile)?;
        let ((was, had), (is, has)) = (&self.before, &self.after);
        if was != is && name != *was || had != has && skills != *had {
            return Err(Error::conflict("profiles-changed-meanwhile"));
        }
        if was != is {
            free(w, self.profile, of, is)?;
            w.one(
                sql!(
                    "update profile set name = $name, folded = $folded where tenant_id = $tenant and id = $id"
                ),
                params! { id: self.profile, name: is, folded: fold(is) },
            )?;
            w.changed("name", name, is);
        }
        if had != has {
            clear(w, self.profile)?;
            put(w, self.profile, has)?;
            w.changed("skills", skills, has);
        }
        Ok(())
    }
}

/// A profile is gone.
#[derive(Serialize)]
pub struct ProfileDeleted {
    /// The profile.
    pub profile: Uuid,
    /// Name and skills it must still have.
    #[serde(skip)]
    pub expected: Option<(String, Vec<Ability>)>,
}

impl Event for ProfileDeleted {
    type Needs = ManageProfiles;
    type Output = ();
    const NAME: Name = kernel::name!("profile.deleted", 1);
    fn subject(&self) -> Subject {
        Subject::new("profile", self.profile)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let (kind, of, name, skills) = find(w, self.profile)?;
        if self.expected.as_ref().is_some_and(|(n, s)| *n != name || *s != skills) {
            return Err(Error::conflict("profiles-changed-meanwhile"));
        }
        clear(w, self.profile)?;
        w.one(
            sql!("delete from profile where tenant_id = $tenant and id = $id"),
            params! { id: self.profile },
        )?;
        w.changed("kind", kind, ());
        w.changed("holder", of, ());
        w.changed("name", name, ());
        w.changed("skills", skills, ());
        Ok(())
    }
}

type Found = (ProfileKind, Uuid, String, Vec<Ability>);

fn find(w: &mut Writer<'_>, profile: Uuid) -> Result<Found> {
    let (kind, of, name): (ProfileKind, Uuid, String) = w.row(
        sql!("select kind, holder, name from profile where tenant_id = $tenant and id = $id"),
        params! { id: profile },
    )?;
    holder(w, kind, of).map_err(|_| Error::NotFound)?;
    w.about(&name);
    let skills: Vec<(Uuid, u8)> = w.rows(
        sql!("select skill_id, level from profile_skill where tenant_id = $tenant and profile_id = $id order by skill_id"),
        params! { id: profile },
    )?;
    let skills = skills.into_iter().map(|(skill, level)| Ability { skill, level }).collect();
    Ok((kind, of, name, skills))
}

/// The group a profile belongs to, within reach; a template belongs to all who may manage profiles.
fn holder(w: &mut Writer<'_>, kind: ProfileKind, holder: Uuid) -> Result<()> {
    let none = || Error::invalid("holder", "profiles-no-such-holder");
    let group = match kind {
        ProfileKind::Template if holder.is_nil() => return Ok(()),
        ProfileKind::Template => return Err(none()),
        ProfileKind::Group => w.maybe::<(GroupId,)>(
            sql!("select id from user_groups where tenant_id = $tenant and id = $holder"),
            params! { holder: holder },
        )?,
        ProfileKind::User => w.maybe::<(GroupId,)>(
            sql!("select /* system: reach is asked of the group right after */ group_id from users where tenant_id = $tenant and id = $holder and state <> 'erased'"),
            params! { holder: holder },
        )?,
    };
    let (group,) = group.ok_or_else(none)?;
    Asking::of(w, None)?.reaches(w, group).map_err(|_| none())?;
    w.belongs(Some(group), None);
    Ok(())
}

fn clear(w: &mut Writer<'_>, profile: Uuid) -> Result<()> {
    let delete = sql!("delete from profile_skill where tenant_id = $tenant and profile_id = $id");
    w.any(delete, params! { id: profile }).map(drop)
}

fn put(w: &mut Writer<'_>, profile: Uuid, abilities: &[Ability]) -> Result<()> {
    for ability in abilities {
        let insert = sql!(
            "insert into profile_skill (tenant_id, profile_id, skill_id, level)
             select tenant_id, $profile, id, $level from vocabulary where tenant_id = $tenant and id = $skill and kind = 'skill'"
        );
        w.one(insert, params! { profile: profile, skill: ability.skill, level: ability.level }).map_err(
            |e| {
                if matches!(e, Error::NotFound) {
                    Error::invalid("skill", "profiles-no-such-skill")
                } else {
                    e
                }
            },
        )?;
    }
    Ok(())
}

fn free(w: &mut Writer<'_>, profile: Uuid, holder: Uuid, name: &str) -> Result<()> {
    let taken = sql!(
        "select count(*) from profile where tenant_id = $tenant and holder = $holder and folded = $folded and id <> $id"
    );
    match w.row::<(i64,)>(taken, params! { id: profile, holder: holder, folded: fold(name) })? {
        (0,) => Ok(()),
        _ => Err(Error::invalid("name", "profiles-name-taken")),
    }
}
