//! Who is in the demo: two customers, their groups and the names people have there.

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
    /// The group of those who lead agents.
    pub supervisors: &'static str,
    /// The group of those who look into the book.
    pub auditors: &'static str,
    /// First names.
    pub first: &'static [&'static str],
    /// Last names.
    pub last: &'static [&'static str],
    /// Agents who speak in the sample interactions; the first groups have them.
    pub voices: &'static [(&'static str, &'static str)],
    /// Addresses people sign in from: the office first, then homes.
    pub addresses: &'static [&'static str],
}

/// The two of them.
pub static CASTS: [Cast; 2] = [NORRSKEN, HARBOUR];

const NORRSKEN: Cast = Cast {
    number: 1001,
    name: "Norrsken Försäkring",
    language: Language::Sv,
    zone: "Europe/Stockholm",
    domain: "norrsken.example",
    groups: &[
        ("Kundtjänst Luleå", 42),
        ("Kundtjänst Malmö", 38),
        ("Skador bil", 28),
        ("Skador hem", 24),
        ("Försäljning", 22),
    ],
    supervisors: "Gruppledare",
    auditors: "Revision",
    first: &[
        "Anna", "Erik", "Maria", "Lars", "Karin", "Nils", "Eva", "Per", "Sara", "Johan", "Lena", "Oskar",
        "Ingrid", "Björn", "Åsa", "Göran", "Märta", "Örjan", "Elin", "Axel", "Sofia", "Viktor", "Amina",
        "Yusuf", "Leyla", "Hassan", "Linnéa", "Hugo", "Ebba", "Sven",
    ],
    last: &[
        "Andersson",
        "Johansson",
        "Karlsson",
        "Nilsson",
        "Eriksson",
        "Larsson",
        "Olsson",
        "Persson",
        "Lindberg",
        "Åkesson",
        "Öberg",
        "Ängström",
        "Sjögren",
        "Ekdahl",
        "Bergström",
        "Lundin",
        "Hedlund",
        "Nyström",
        "Ali",
        "Mohammed",
        "Haddad",
        "Kallio",
        "Virtanen",
        "Lindqvist",
        "Söderström",
        "Norling",
    ],
    voices: &[
        ("Åsa Lindqvist", "asa.lindqvist"),
        ("Jonas Bergström", "jonas.bergstrom"),
        ("Märta Ekdahl", "marta.ekdahl"),
        ("Emil Sjögren", "emil.sjogren"),
    ],
    addresses: &[
        "194.71.11.70",
        "81.224.12.34",
        "90.224.55.7",
        "217.211.90.3",
        "85.224.77.12",
        "213.112.4.99",
        "83.249.10.20",
    ],
};

const HARBOUR: Cast = Cast {
    number: 1002,
    name: "Harbour & Vale Travel",
    language: Language::En,
    zone: "America/Halifax",
    domain: "harbourvale.example",
    groups: &[("Bookings", 34), ("Changes and refunds", 26), ("Night desk", 12)],
    supervisors: "Team leaders",
    auditors: "Compliance",
    first: &[
        "Grace", "Tom", "Priya", "Callum", "Olivia", "Noah", "Amelia", "Liam", "Zoë", "Ethan", "Chloe",
        "Mason", "Aisha", "Lucas", "Siobhán", "Owen", "Freya", "Kofi", "Mei", "Diego",
    ],
    last: &[
        "Nair",
        "Whitfield",
        "Adeyemi",
        "Reid",
        "MacDonald",
        "O'Neill",
        "Campbell",
        "Fraser",
        "Murphy",
        "Chen",
        "Okafor",
        "Leblanc",
        "Gallant",
        "Smith",
        "Hughes",
        "Patel",
        "Boudreau",
        "Kelly",
    ],
    voices: &[
        ("Priya Nair", "priya.nair"),
        ("Tom Whitfield", "tom.whitfield"),
        ("Grace Adeyemi", "grace.adeyemi"),
        ("Callum Reid", "callum.reid"),
    ],
    addresses: &["129.173.1.10", "24.222.10.5", "47.54.1.77", "142.167.30.8", "156.34.90.12"],
};
