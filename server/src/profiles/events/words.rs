//! Skills, pause reasons, enquiry categories and topics were added, renamed, removed.

use super::ManageProfiles;
use crate::profiles::model::WordKind;
use kernel::facet::fold;
use kernel::{Error, Event, Name, Result, Subject, Uuid, Writer, params, sql};
use serde::Serialize;

/// A word was added.
#[derive(Serialize)]
pub struct WordAdded {
    /// Its id.
    pub word: Uuid,
    /// What kind it is.
    #[serde(skip)]
    pub kind: WordKind,
    /// A topic's category; zero for others.
    #[serde(skip)]
    pub parent: Uuid,
    /// The word.
    #[serde(skip)]
    pub name: String,
}

impl Event for WordAdded {
    type Needs = ManageProfiles;
    type Output = ();
    const NAME: Name = kernel::name!("word.added", 1);
    fn subject(&self) -> Subject {
        Subject::new("word", self.word)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let is_category = sql!(
            "select count(*) from vocabulary where tenant_id = $tenant and id = $parent and kind = 'category'"
        );
        let fits = match self.kind {
            WordKind::Topic => w.row::<(i64,)>(is_category, params! { parent: self.parent })?.0 == 1,
            _ => self.parent.is_nil(),
        };
        if !fits {
            return Err(Error::invalid("parent", "profiles-no-such-category"));
        }
        free(w, self.word, self.kind, self.parent, &self.name)?;
        let insert = sql!(
            "insert into vocabulary (tenant_id, id, kind, parent, name, folded) values ($tenant, $id, $kind, $parent, $name, $folded)"
        );
        let given = params! { id: self.word, kind: self.kind, parent: self.parent, name: &self.name, folded: fold(&self.name) };
        w.one(insert, given)?;
        w.about(&self.name);
        w.changed("kind", (), self.kind);
        w.changed("name", (), &self.name);
        w.changed("parent", (), self.parent);
        Ok(())
    }
}

/// A word was renamed.
#[derive(Serialize)]
pub struct WordRenamed {
    /// Its id.
    pub word: Uuid,
    /// What was seen.
    #[serde(skip)]
    pub before: String,
    /// What it is called from now on.
    #[serde(skip)]
    pub after: String,
}

impl Event for WordRenamed {
    type Needs = ManageProfiles;
    type Output = ();
    const NAME: Name = kernel::name!("word.renamed", 1);
    fn subject(&self) -> Subject {
        Subject::new("word", self.word)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let (kind, parent, name) = find(w, self.word)?;
        if name != self.before {
            return Err(Error::conflict("profiles-changed-meanwhile"));
        }
        free(w, self.word, kind, parent, &self.after)?;
        w.one(
            sql!(
                "update vocabulary set name = $name, folded = $folded where tenant_id = $tenant and id = $id"
            ),
            params! { id: self.word, name: &self.after, folded: fold(&self.after) },
        )?;
        w.changed("name", name, &self.after);
        Ok(())
    }
}

/// A word that nothing is made of was removed.
#[derive(Serialize)]
pub struct WordRemoved {
    /// Its id.
    pub word: Uuid,
    /// The name it must still have.
    #[serde(skip)]
    pub expected: Option<String>,
}

impl Event for WordRemoved {
    type Needs = ManageProfiles;
    type Output = ();
    const NAME: Name = kernel::name!("word.removed", 1);
    fn subject(&self) -> Subject {
        Subject::new("word", self.word)
    }
    fn apply(&self, w: &mut Writer<'_>) -> Result<()> {
        let (kind, parent, name) = find(w, self.word)?;
        if self.expected.as_ref().is_some_and(|expected| *expected != name) {
            return Err(Error::conflict("profiles-changed-meanwhile"));
        }
        let used = sql!(
            "select (select count(*) from queue q where q.tenant_id = $tenant and q.skill_id = $id)
               + (select count(*) from profile_skill p where p.tenant_id = $tenant and p.skill_id = $id)
               + (select count(*) from vocabulary v where v.tenant_id = $tenant and v.kind = 'topic' and v.parent = $id)"
        );
        if w.row::<(i64,)>(used, params! { id: self.word })?.0 > 0 {
            return Err(Error::conflict("profiles-word-in-use"));
        }
        w.one(
            sql!("delete from vocabulary where tenant_id = $tenant and id = $id"),
            params! { id: self.word },
        )?;
        w.changed("kind", kind, ());
        w.changed("name", name, ());
        w.changed("parent", parent, ());
        Ok(())
    }
}

fn find(w: &mut Writer<'_>, word: Uuid) -> Result<(WordKind, Uuid, String)> {
    let found: (WordKind, Uuid, String) = w.row(
        sql!("select kind, parent, name from vocabulary where tenant_id = $tenant and id = $id"),
        params! { id: word },
    )?;
    w.about(&found.2);
    Ok(found)
}

fn free(w: &mut Writer<'_>, word: Uuid, kind: WordKind, parent: Uuid, name: &str) -> Result<()> {
    let taken = sql!(
        "select count(*) from vocabulary where tenant_id = $tenant and kind = $kind and parent = $parent and folded = $folded and id <> $id"
    );
    let given = params! { id: word, kind: kind, parent: parent, folded: fold(name) };
    match w.row::<(i64,)>(taken, given)? {
        (0,) => Ok(()),
        _ => Err(Error::invalid("name", "profiles-name-taken")),
    }
}
