//! Harbour & Vale Travel: a travel agency on the Atlantic coast of Canada, in English.

use super::cast::Cast;
use crate::profiles::model::Medium;
use crate::ui::Language;

/// The customer.
pub const HARBOUR: Cast = Cast {
    number: 1002,
    name: "Harbour & Vale Travel",
    language: Language::En,
    zone: "America/Halifax",
    domain: "harbourvale.example",
    groups: &[("Bookings", 34), ("Changes and refunds", 26), ("Night desk", 12)],
    night: Some("Night desk"),
    supervisors: "Team leaders",
    auditors: "Compliance",
    bots: None,
    administrators: ("Olivia MacDonald", ("Owen Gallant", "owen.gallant")),
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
    skills: &["English", "French", "Rail", "Ferries", "Refunds", "Assistance"],
    queues: &[
        ("Bookings line", Medium::Call, "English"),
        ("Ligne française", Medium::Call, "French"),
        ("Refunds line", Medium::Call, "Refunds"),
        ("Travel chat", Medium::Chat, "Rail"),
        ("Assistance chat", Medium::Chat, "Assistance"),
    ],
    profiles: ("Daytime", "New starter"),
    pauses: &["Lunch", "Break", "Meeting", "Training"],
    enquiries: &[("Booking", &["New", "Change", "Cancellation"]), ("Money", &["Refund", "Voucher"])],
    sought: &["refund", "ferry", "voucher", "ticket", "wheelchair"],
    screen: "Board",
};
