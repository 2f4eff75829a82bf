//! What each line would do, and everything that is wrong with its cells.

use super::file::Line;
use crate::users::model::{Particulars, UserKind};
use crate::users::parse;
use kernel::facet::fold;
use kernel::{GroupId, Message, UserId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What is wrong with one cell, as it is kept with the line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The line in the file.
    pub at: u64,
    /// The field; empty for the line as a whole.
    pub field: String,
    /// The sentence's key.
    pub key: String,
    /// Its arguments.
    pub args: Vec<(String, String)>,
}

impl Fault {
    /// A message at a field of a line.
    pub fn new(at: u64, field: impl Into<String>, message: &Message) -> Self {
        let args = message.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        Self { at, field: field.into(), key: message.key.to_owned(), args }
    }
}

/// A user there already, as far as a check compares with it.
#[derive(Clone, Debug)]
pub struct Known {
    /// Its id.
    pub id: UserId,
    /// Its group.
    pub group: GroupId,
    /// What kind it is.
    pub kind: UserKind,
    /// Whether who imports reaches it.
    pub reached: bool,
    /// Whether it may do something that who imports may not.
    pub above: bool,
    /// What is written down about it.
    pub particulars: Particulars,
}

/// A group within reach, and whether who imports may place users in it.
#[derive(Clone, Copy, Debug)]
pub struct Open {
    /// Its id.
    pub id: GroupId,
    /// A right of the group that who imports lacks.
    pub lacked: Option<&'static str>,
    /// Whether it reaches further than who imports.
    pub beyond: bool,
}

/// What a clean line would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A user is made.
    Makes,
    /// A user is edited.
    Edits,
    /// The user is as the line says.
    Nothing,
}

/// Everything a check compares with: groups within reach by folded name, and the users of the tenant by each of their keys.
#[derive(Debug, Default)]
pub struct Around {
    groups: HashMap<String, Open>,
    users: Vec<Known>,
    ids: HashMap<UserId, usize>,
    /// User names and mail addresses stand in one space: either can be typed at sign-in.
    names: HashMap<String, Vec<usize>>,
    external_ids: HashMap<String, usize>,
    numbers: HashMap<i64, usize>,
}

impl Around {
    /// From groups and users.
    #[must_use]
    pub fn new(groups: Vec<(Open, String)>, users: Vec<Known>) -> Self {
        let mut out = Self {
            groups: groups.into_iter().map(|(open, name)| (fold(&name), open)).collect(),
            ..Self::default()
        };
        for (i, user) in users.iter().enumerate() {
            let p = &user.particulars;
            out.ids.insert(user.id, i);
            for name in [Some(&p.user_name), p.mail.as_ref()].into_iter().flatten() {
                out.names.entry(fold(name)).or_default().push(i);
            }
            if let Some(id) = &p.external_id {
                out.external_ids.insert(id.clone(), i);
            }
            if let Some(number) = p.number {
                out.numbers.insert(number, i);
            }
        }
        out.users = users;
        out
    }
    /// The user a line is about, if there is one: by its id, else by external id, else by user name.
    fn same(&self, line: &Line, p: &Particulars) -> Option<usize> {
        if let Some(id) = id(line) {
            return id.ok().and_then(|id| self.ids.get(&id)).copied();
        }
        let by_id = p.external_id.as_ref().and_then(|id| self.external_ids.get(id)).copied();
        let name = fold(&p.user_name);
        let is_called = |i: &usize| fold(&self.users[*i].particulars.user_name) == name;
        let by_name = || self.names.get(&name)?.iter().copied().find(is_called);
        by_id.or_else(by_name)
    }
    /// What a clean line would do.
    #[must_use]
    pub fn effect(&self, line: &Line) -> Effect {
        let (p, _) = particulars(line);
        match self.same(line, &p) {
            None => Effect::Makes,
            Some(i) if after(&self.users[i].particulars, line).0 == self.users[i].particulars => {
                Effect::Nothing
            }
            Some(_) => Effect::Edits,
        }
    }
    fn taken(&self, p: &Particulars, same: Option<usize>) -> Vec<&'static str> {
        let another = |found: Option<usize>| found.is_some_and(|i| Some(i) != same);
        let name_of_another =
            |name: &str| self.names.get(&fold(name)).is_some_and(|all| all.iter().any(|i| Some(*i) != same));
        let checks = [
            ("user_name", name_of_another(&p.user_name)),
            ("mail", p.mail.as_deref().is_some_and(name_of_another)),
            (
                "external_id",
                another(p.external_id.as_ref().and_then(|id| self.external_ids.get(id)).copied()),
            ),
            ("number", another(p.number.and_then(|n| self.numbers.get(&n)).copied())),
        ];
        checks.into_iter().filter(|(_, taken)| *taken).map(|(field, _)| field).collect()
    }
}

/// What a line says, read: cells it has no column for are `None`.
pub fn particulars(line: &Line) -> (Particulars, Vec<kernel::Problem>) {
    parse::particulars(&|name| line.cells.get(name).cloned())
}

/// What a line makes of a user who is there: cells it has no column for stay as they are.
pub fn after(before: &Particulars, line: &Line) -> (Particulars, Vec<kernel::Problem>) {
    parse::particulars(&|name| line.cells.get(name).cloned().or_else(|| Some(parse::stored(before, name))))
}

/// The user's own id in a line, if there is one; it may be none that could be.
pub fn id(line: &Line) -> Option<Result<UserId, ()>> {
    let cell = line.cells.get("id").map(|id| id.trim()).filter(|id| !id.is_empty())?;
    Some(cell.parse().map_err(drop))
}

/// The kind a line says; a person when it does not.
#[must_use]
pub fn kind(line: &Line) -> Option<UserKind> {
    match line.cells.get("kind").map(|k| k.trim()).filter(|k| !k.is_empty()) {
        None => Some(UserKind::Person),
        Some(word) => fold(word).parse().ok(),
    }
}

/// Remembers what lines before this one used.
#[derive(Debug, Default)]
pub struct Seen(HashMap<(&'static str, String), u64>);

impl Seen {
    fn twice(&mut self, at: u64, p: &Particulars) -> Vec<(&'static str, u64)> {
        let mut twice = Vec::new();
        let mail = p.mail.as_deref().filter(|m| fold(m) != fold(&p.user_name));
        let keys = [
            ("user_name", "name", Some(fold(&p.user_name)).filter(|n| !n.is_empty())),
            ("mail", "name", mail.map(fold)),
            ("external_id", "external_id", p.external_id.clone()),
            ("number", "number", p.number.map(|n| n.to_string())),
        ];
        for (field, space, value) in keys {
            let Some(value) = value else { continue };
            match self.0.get(&(space, value.clone())) {
                Some(first) => twice.push((field, *first)),
                None => drop(self.0.insert((space, value), at)),
            }
        }
        twice
    }
}

/// Everything wrong with a line.
#[must_use]
pub fn faults(line: &Line, around: &Around, seen: &mut Seen) -> Vec<Fault> {
    let at = line.at;
    let mut out = Vec::new();
    if !line.whole {
        out.push(Fault::new(at, "", &"import-cells".into()));
    }
    let (p, problems) = particulars(line);
    out.extend(problems.iter().map(|problem| Fault::new(at, problem.field.clone(), &problem.message)));
    let group = line.cells.get("group").map(|g| fold(g)).unwrap_or_default();
    let group = around.groups.get(&group);
    if group.is_none() {
        out.push(Fault::new(at, "group", &"users-no-such-group".into()));
    }
    let kind = kind(line);
    if kind.is_none() {
        out.push(Fault::new(at, "kind", &"import-kind".into()));
    }
    let same = around.same(line, &p);
    if same.is_none() && id(line).is_some() {
        out.push(Fault::new(at, "id", &"import-no-such-id".into()));
    }
    for field in around.taken(&p, same) {
        out.push(Fault::new(at, field, &"users-taken".into()));
    }
    for (field, first) in seen.twice(at, &p) {
        out.push(Fault::new(at, field, &Message::new("import-twice").with("line", first)));
    }
    let differs = line.cells.contains_key("kind").then_some(kind).flatten();
    out.extend(match same.map(|i| &around.users[i]) {
        Some(user) => beside(at, user, group, differs),
        None => group.into_iter().flat_map(|group| beyond(at, group)).collect(),
    });
    out
}

/// What is wrong with a line about a user who is there.
fn beside(at: u64, user: &Known, group: Option<&Open>, kind: Option<UserKind>) -> Vec<Fault> {
    if !user.reached {
        return vec![Fault::new(at, "user_name", &"users-taken".into())];
    }
    let mut out = Vec::new();
    if user.above {
        out.push(Fault::new(at, "user_name", &"import-above".into()));
    }
    if group.is_some_and(|g| g.id != user.group) {
        out.push(Fault::new(at, "group", &"import-group-differs".into()));
    }
    if kind.is_some_and(|k| k != user.kind) {
        out.push(Fault::new(at, "kind", &"import-kind-differs".into()));
    }
    out
}

/// What keeps who imports from placing a new user in a group.
fn beyond(at: u64, group: &Open) -> Vec<Fault> {
    let right = group
        .lacked
        .map(|right| Fault::new(at, "group", &Message::new("users-beyond-your-rights").with("right", right)));
    let reach = group.beyond.then(|| Fault::new(at, "group", &"users-beyond-your-reach".into()));
    right.into_iter().chain(reach).collect()
}
