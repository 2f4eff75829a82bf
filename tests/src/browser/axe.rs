//! Accessibility, judged by axe-core (the file that `./test` puts under target/axe).

use super::Browser;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Runs in the page; best practices count as much as the WCAG rules.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    const only = arguments[0] ? { runOnly: { type: 'rule', values: [arguments[0]] } } : {};
    axe.run(document, { resultTypes: ['violations'], ...only }).then(r => done(r.violations), e => done([{ id: 'axe', help: String(e), nodes: [] }]));";

/// What is wrong with the page shown, one line a place: rule, what helps, which element. Empty: nothing.
pub async fn violations(browser: &Browser) -> Vec<String> {
    judged(browser, None).await
}

/// What cannot be read for want of contrast: all of the rules that a change of theme can break.
pub async fn contrast(browser: &Browser) -> Vec<String> {
    judged(browser, Some("color-contrast")).await
}

async fn judged(browser: &Browser, only: Option<&str>) -> Vec<String> {
    if browser.run("return !window.axe", json!([])).await == json!(true) {
        let source = std::fs::read_to_string(file()).unwrap();
        browser.run(&format!("{source}; window.axe = axe; return true"), json!([])).await;
    }
    let found = browser.run_async(RUN, json!([only])).await;
    found.as_array().into_iter().flatten().flat_map(lines).collect()
}

fn lines(violation: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rule =
        format!("{} ({}): {}", text(&violation["id"]), text(&violation["impact"]), text(&violation["help"]));
    let nodes = violation["nodes"].as_array().cloned().unwrap_or_default();
    if nodes.is_empty() {
        return vec![rule];
    }
    let place = |node: &Value| {
        let summary = text(&node["failureSummary"]).split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{rule}\n    {} – {}\n    {summary}", text(&node["target"][0]), text(&node["html"]))
    };
    nodes.iter().map(place).collect()
}

fn file() -> PathBuf {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/axe"));
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    files
        .filter(|path| path.extension().is_some_and(|extension| extension == "js"))
        .max()
        .expect("axe-core is under target/axe: ./test puts it there")
}
