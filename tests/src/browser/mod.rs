//! A person at a real Chromium: sees words, clicks words, fills fields by their labels.
//!
//! Speaks WebDriver (W3C Recommendation of 2018, <https://www.w3.org/TR/webdriver1/>) to Debian's ChromeDriver, which is
//! started for this browser alone and dies with it. Every act waits until the page allows it, or says what the page
//! showed instead.

pub mod axe;
mod driver;

use crate::Folder;
use data_encoding::BASE64;
use driver::Driver;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long a page may take until a word or a field is there.
const PATIENCE: Duration = Duration::from_secs(40);
const LOOK_AGAIN: Duration = Duration::from_millis(40);

/// What the reader's system prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// `prefers-color-scheme: light`
    Light,
    /// `prefers-color-scheme: dark`
    Dark,
}

/// One browser window with a profile of its own.
#[derive(Debug)]
pub struct Browser {
    driver: Driver,
    base: String,
    // After the driver: Chromium writes into its profile until it is gone.
    _profile: Folder,
}

impl Browser {
    /// A new window, 1440 × 900, light, that takes paths relative to `base` (`http://127.0.0.1:8080`).
    pub async fn new(base: &str) -> Browser {
        let profile = Folder::new();
        let driver = Driver::start(&profile).await;
        let browser = Browser { driver, base: base.trim_end_matches('/').to_owned(), _profile: profile };
        browser.set_viewport(1440, 900).await;
        browser.set_theme(Theme::Light).await;
        browser
    }

    /// Goes to a path, or to a whole address.
    pub async fn open(&self, path: &str) {
        let address = if path.contains("://") { path.to_owned() } else { format!("{}{path}", self.base) };
        self.driver.post("/url", json!({ "url": address })).await;
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.driver.post("/refresh", json!({})).await;
    }

    /// The address shown.
    pub async fn address(&self) -> String {
        self.driver.get("/url").await.as_str().unwrap_or_default().to_owned()
    }

    /// Path and query of the address shown.
    pub async fn path(&self) -> String {
        let address = self.address().await;
        address.strip_prefix(&self.base).unwrap_or(&address).to_owned()
    }

    /// What a person can read on the page.
    pub async fn text(&self) -> String {
        self.run("return document.body ? document.body.innerText : ''", json!([]))
            .await
            .as_str()
            .unwrap_or("")
            .to_owned()
    }

    /// Waits until the page shows these words.
    pub async fn see(&self, words: &str) {
        let shown = "const t = document.body ? document.body.innerText.replace(/\\s+/g, ' ') : ''; \
                     return t.toLowerCase().includes(arguments[0].toLowerCase()) || null";
        self.wait(shown, json!([words]), &format!("to see “{words}”")).await;
    }

    /// Are these words shown now?
    pub async fn sees(&self, words: &str) -> bool {
        self.text().await.to_lowercase().contains(&words.to_lowercase())
    }

    /// Clicks the link, button, tab or label with exactly these words (or this accessible name).
    pub async fn click(&self, words: &str) {
        let element =
            self.wait(FIND_TO_CLICK, json!([words]), &format!("something to click called “{words}”")).await;
        self.driver.click(&element).await;
    }

    /// Clicks the first element of a CSS selector: for what carries no words.
    pub async fn click_on(&self, selector: &str) {
        let find = "return document.querySelector(arguments[0])";
        let element = self.wait(find, json!([selector]), &format!("an element `{selector}`")).await;
        self.driver.click(&element).await;
    }

    /// Fills the field with this label: types into inputs, picks in lists by the words shown, ticks boxes ("on", "off").
    pub async fn fill(&self, label: &str, value: &str) {
        let field = self.wait(FIND_FIELD, json!([label]), &format!("a field labelled “{label}”")).await;
        if self.run(SET_FIELD, json!([field, value])).await.as_bool() != Some(true) {
            self.driver.fill(&field, value).await;
        }
    }

    /// Presses keys where the focus is. Names as in [`key`], other text is typed.
    pub async fn press(&self, keys: &str) {
        let element = self.driver.get("/element/active").await;
        self.driver.type_into(&element, key(keys)).await;
    }

    /// Runs a script in the page and returns its value. `arguments[0]` and on are `arguments`.
    pub async fn run(&self, script: &str, arguments: Value) -> Value {
        self.driver.post("/execute/sync", json!({ "script": script, "args": arguments })).await
    }

    /// The same for a script that calls its last argument with the value.
    pub async fn run_async(&self, script: &str, arguments: Value) -> Value {
        self.driver.post("/execute/async", json!({ "script": script, "args": arguments })).await
    }

    /// The window's inner size in CSS pixels; below 500 as a phone has it.
    pub async fn set_viewport(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
        self.driver.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// What `prefers-color-scheme` answers.
    pub async fn set_theme(&self, theme: Theme) {
        let value = if theme == Theme::Dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        self.driver.devtools("Emulation.setEmulatedMedia", features).await;
    }

    /// Turns scripts in pages off, or on again; takes effect from the next page.
    pub async fn set_script(&self, runs: bool) {
        self.driver.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": !runs })).await;
    }

    /// Forgets all cookies: the person is signed out here.
    pub async fn forget_cookies(&self) {
        self.driver.devtools("Network.clearBrowserCookies", json!({})).await;
    }

    /// A cookie as the browser keeps it, also one that scripts cannot read.
    pub async fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.driver.get("/cookie").await;
        let found = cookies.as_array()?.iter().find(|cookie| cookie["name"] == name)?;
        Some(found["value"].as_str()?.to_owned())
    }

    /// The visible part of the page, as PNG.
    pub async fn screenshot(&self) -> Vec<u8> {
        let encoded = self.driver.get("/screenshot").await;
        BASE64.decode(encoded.as_str().unwrap_or_default().as_bytes()).unwrap()
    }

    /// What the browser complained about since last asked: refused by the Content-Security-Policy, not found, thrown.
    pub async fn complaints(&self) -> Vec<String> {
        let lines = self.driver.post("/se/log", json!({ "type": "browser" })).await;
        let serious = |line: &&Value| line["level"] == "SEVERE";
        let text = |line: &Value| line["message"].as_str().unwrap_or_default().to_owned();
        lines.as_array().into_iter().flatten().filter(serious).map(text).collect()
    }

    /// Asks again and again until the script returns something.
    async fn wait(&self, script: &str, arguments: Value, what: &str) -> Value {
        let began = Instant::now();
        loop {
            let value = self.run(script, arguments.clone()).await;
            if !value.is_null() {
                return value;
            }
            if began.elapsed() > PATIENCE {
                panic!("waited for {what}; {} shows:\n{}", self.address().await, self.text().await);
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }
}

/// A key's code by its name: Enter, Escape, Tab, ArrowDown, ArrowUp, Backspace.
fn key(name: &str) -> &str {
    match name {
        "Enter" => "\u{E007}",
        "Escape" => "\u{E00C}",
        "Tab" => "\u{E004}",
        "ArrowUp" => "\u{E013}",
        "ArrowDown" => "\u{E015}",
        "Backspace" => "\u{E003}",
        text => text,
    }
}

/// The visible clickable thing that a person would call by these words.
const FIND_TO_CLICK: &str = "
    const named = arguments[0].trim().toLowerCase();
    const clean = text => (text || '').replace(/\\s+/g, ' ').trim().toLowerCase();
    const names = e => [e.getAttribute('aria-label'), e.innerText, e.value, e.title].map(clean);
    const kinds = 'a, button, summary, label, input[type=submit], input[type=button], [role=button], [role=tab], [role=menuitem], [role=option]';
    const shown = e => e.getClientRects().length > 0 && !e.disabled;
    return [...document.querySelectorAll(kinds)].find(e => shown(e) && names(e).includes(named)) || null;";

/// The field that a label, an accessible name or a placeholder names.
const FIND_FIELD: &str = "
    const named = arguments[0].trim().toLowerCase();
    const clean = text => (text || '').replace(/\\s+/g, ' ').replace(/\\s*\\*$/, '').trim().toLowerCase();
    const own = label => clean([...label.childNodes].filter(n => n !== label.control).map(n => n.textContent).join(' '));
    const label = [...document.querySelectorAll('label')].find(l => l.control && (clean(l.innerText) === named || own(l) === named));
    if (label) return label.control;
    const fields = [...document.querySelectorAll('input, select, textarea')];
    return fields.find(f => clean(f.getAttribute('aria-label')) === named || clean(f.placeholder) === named) || null;";

/// Lists, boxes, dates and files have no keys to press; says true if it was one of them.
const SET_FIELD: &str = "
    const [field, value] = arguments;
    const tell = () => ['input', 'change'].forEach(kind => field.dispatchEvent(new Event(kind, { bubbles: true })));
    if (field.tagName === 'SELECT') {
        const option = [...field.options].find(o => o.text.trim() === value || o.value === value);
        if (!option) throw new Error('no “' + value + '” among: ' + [...field.options].map(o => o.text.trim()).join(', '));
        field.value = option.value; tell(); return true;
    }
    if (field.type === 'checkbox' || field.type === 'radio') {
        if (field.checked !== (value === 'on')) field.click();
        return true;
    }
    if (['date', 'time', 'datetime-local', 'range', 'color'].includes(field.type)) { field.value = value; tell(); return true; }
    return false;";
