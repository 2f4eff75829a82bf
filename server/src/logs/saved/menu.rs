//! The menu above a list: its saved searches, and the way to save what is chosen now.

use super::model::{self, PATH, SavedSearch};
use super::page::Page;
use crate::ui::filter::{Menu, Preset};
use crate::ui::{Address, Locale};

/// The menu of the list at `here`.
#[must_use]
pub fn menu(t: &Locale, here: &Address, page: Page, saved: &[SavedSearch]) -> Menu {
    let now = model::filters(page, &here.to_string());
    let one = |search: &SavedSearch| Preset::new(search.name.clone(), search.href(), search.filters == now);
    let mut all: Vec<Preset> = saved.iter().map(one).collect();
    if !now.is_empty() {
        let save = Address::new(PATH).with("page", page.name()).with("filters", &now);
        all.push(Preset::new(t.say("logs-saved-these"), save.to_string(), false));
    }
    all.push(Preset::new(t.say("logs-saved-all"), PATH, false));
    Menu::choices(t.say("logs-saved"), all)
}
