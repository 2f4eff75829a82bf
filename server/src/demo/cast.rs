//! Who is in the demo: two customers, their groups and the names people have there.

use super::harbour::HARBOUR;
use super::norrsken::NORRSKEN;
use crate::profiles::model::Medium;
use crate::ui::Language;

/// One customer of the demo.
pub struct Cast {
    /// The customer number.
    pub number: i64,
    /// The name.
    pub name: &'static str,
    /// The language of those who have chosen none.
    pub language: Language,
    /// The IANA time zone.
    pub zone: &'static str,
    /// The ending of mail addresses.
    pub domain: &'static str,
    /// Agents' groups and how many work in each.
    pub groups: &'static [(&'static str, usize)],
    /// The group that works at night, if there is one.
    pub night: Option<&'static str>,
    /// The group of those who lead agents.
    pub supervisors: &'static str,
    /// The group of those who look into the book.
    pub auditors: &'static str,
    /// The group of programs that talk with customers, if there is one, and the program.
    pub bots: Option<(&'static str, &'static str)>,
    /// The name of the first administrator, and name and user name of the second.
    pub administrators: (&'static str, (&'static str, &'static str)),
    /// First names.
    pub first: &'static [&'static str],
    /// Last names.
    pub last: &'static [&'static str],
    /// Agents who speak in the sample interactions; each group in turn has one.
    pub voices: &'static [(&'static str, &'static str)],
    /// Addresses people sign in from: the office first, then homes.
    pub addresses: &'static [&'static str],
    /// What agents can do.
    pub skills: &'static [&'static str],
    /// Queues: name, medium and the skill they ask for.
    pub queues: &'static [(&'static str, Medium, &'static str)],
    /// What profiles are called: those of groups, and one to make others from.
    pub profiles: (&'static str, &'static str),
    /// Why agents take no calls.
    pub pauses: &'static [&'static str],
    /// What interactions are about, broadly and closely.
    pub enquiries: &'static [(&'static str, &'static [&'static str])],
    /// What supervisors look for in what was said.
    pub sought: &'static [&'static str],
    /// What a screen on a wall is called before the group's name.
    pub screen: &'static str,
}

/// The two of them.
pub static CASTS: [Cast; 2] = [NORRSKEN, HARBOUR];
