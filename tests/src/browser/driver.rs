//! WebDriver's protocol as far as the browser needs it, and ChromeDriver's process.

use crate::postgres::free_port;
use crate::{Folder, Http};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The key under which WebDriver names an element (section 11, "Elements").
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
const START_PATIENCE: Duration = Duration::from_secs(20);

/// No network but the page's own, no first-run pages, no update: a test machine is closed.
const FLAGS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-prefers-reduced-motion",
];

/// One ChromeDriver with one session.
#[derive(Debug)]
pub struct Driver {
    process: Child,
    http: Http,
    session: String,
}

impl Driver {
    /// Starts ChromeDriver on a free port and Chromium with this profile.
    pub async fn start(profile: &Folder) -> Driver {
        let port = free_port();
        // When a test is killed for taking too long, its browser must go as well.
        let process = Command::new("setpriv")
            .args(["--pdeathsig", "TERM", "chromedriver", &format!("--port={port}")])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("ChromeDriver is installed: ./test installs it, or `apt-get install chromium-driver`");
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut driver = Driver { process, http: Http::new(address), session: String::new() };
        driver.wait_until_ready().await;
        let profile = format!("--user-data-dir={}", profile.path().display());
        let flags: Vec<&str> = FLAGS.iter().copied().chain([profile.as_str()]).collect();
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": flags },
            "goog:loggingPrefs": { "browser": "ALL" },
            "timeouts": { "script": 60_000, "pageLoad": 60_000 },
        }}});
        let session = driver.send("POST", "/session", Some(wanted)).await;
        driver.session = format!("/session/{}", session["sessionId"].as_str().unwrap_or_default());
        driver
    }

    async fn wait_until_ready(&self) {
        let began = Instant::now();
        while self.http.get("/status").try_send().await.is_err() {
            assert!(began.elapsed() < START_PATIENCE, "ChromeDriver did not start within {START_PATIENCE:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Reads something of the session.
    pub async fn get(&self, path: &str) -> Value {
        self.send("GET", &format!("{}{path}", self.session), None).await
    }

    /// Does something in the session.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        self.send("POST", &format!("{}{path}", self.session), Some(body)).await
    }

    /// A command of Chromium's own protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.post("/goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await
    }

    /// Scrolls to the element and clicks its middle, as a person would: what covers it gets the click.
    pub async fn click(&self, element: &Value) {
        self.post(&format!("/element/{}/click", id(element)), json!({})).await;
    }

    /// Empties a field and types into it.
    pub async fn fill(&self, element: &Value, text: &str) {
        let is_file = "return arguments[0].type === 'file'";
        let file = self.post("/execute/sync", json!({ "script": is_file, "args": [element] })).await;
        if file != true {
            self.post(&format!("/element/{}/clear", id(element)), json!({})).await;
        }
        self.type_into(element, text).await;
    }

    /// Types where the element is.
    pub async fn type_into(&self, element: &Value, text: &str) {
        self.post(&format!("/element/{}/value", id(element)), json!({ "text": text })).await;
    }

    async fn send(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        // ChromeDriver refuses requests that come from a page.
        let ask = self.http.ask(method, path).without("origin").without("sec-fetch-site");
        let answer = match &body {
            Some(body) => ask.json(body).send().await,
            None => ask.send().await,
        };
        let value = answer.json()["value"].take();
        assert!(answer.status < 400, "{method} {path}: {}: {}", value["error"], value["message"]);
        value
    }
}

fn id(element: &Value) -> &str {
    element[ELEMENT].as_str().expect("an element")
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Closing the session ends Chromium; without a runtime, since the test's may be ending.
        if let Ok(mut stream) = TcpStream::connect(self.http.address()) {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            let _ = write!(
                stream,
                "DELETE {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                self.session
            );
            let _ = stream.read(&mut [0; 512]);
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
