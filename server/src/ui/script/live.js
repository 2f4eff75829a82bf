// Lists that grow while one reads, and work that reports its progress.
// A live list gets rows as server-sent events; while the reader is further down they wait behind a button. What does not
// come as rows is told of by a link, and so is what has waited for too long.
const LIVE_ROWS = 200;

function live(body) {
  const source = new EventSource(body.dataset.live);
  const table = body.closest(".table");
  let waiting = [];
  const say = (part, kind) => {
    $(`.${kind}`, table.parentNode)?.remove();
    if (part) table.before(part);
  };
  const flush = () => {
    for (const row of waiting) {
      document.getElementById(row.id)?.remove();
      body.prepend(row);
    }
    waiting = [];
    while (body.rows.length > LIVE_ROWS) body.lastElementChild.remove();
    $("button.more", table.parentNode)?.remove();
  };
  const offer = () => {
    let button = $("button.more", table.parentNode);
    if (!button) {
      button = document.createElement("button");
      button.className = "more";
      button.type = "button";
      button.addEventListener("click", flush);
      table.before(button);
    }
    button.textContent = `${body.dataset.more} (${waiting.length})`;
  };
  source.addEventListener("row", (event) => {
    for (const row of parse(`<table>${event.data}</table>`).querySelectorAll("tr")) {
      row.classList.add("new");
      waiting.push(document.adoptNode(row));
    }
    if (waiting.length > LIVE_ROWS) {
      waiting = waiting.slice(-LIVE_ROWS);
      rest();
    }
    const reading = scrollY > 160 || body.contains(document.activeElement) || $(".drawer:not([hidden])");
    if (reading) offer();
    else flush();
  });
  const rest = (text) => {
    const link = document.createElement("a");
    link.className = "more rest";
    link.href = location.pathname + location.search;
    link.textContent = text || body.dataset.rest;
    say(link, "rest");
  };
  source.addEventListener("more", (event) => rest(event.data));
  source.addEventListener("full", (event) => {
    const note = document.createElement("p");
    note.className = "quiet full";
    note.setAttribute("role", "status");
    note.textContent = event.data;
    say(note, "full");
  });
  source.addEventListener("here", () => say(null, "full"));
  new MutationObserver((_, self) => {
    if (body.isConnected) return;
    source.close();
    self.disconnect();
  }).observe(document.body, { childList: true, subtree: true });
}

async function poll(part) {
  await new Promise((done) => setTimeout(done, 1000));
  if (!part.isConnected || document.hidden) return part.isConnected && poll(part);
  try {
    const answer = await fetch(part.dataset.poll, { headers: { "x-fragment": part.id } });
    if (answer.ok) return came(part, parse(await answer.text()));
  } catch { /* the server is away; ask again */ }
  poll(part);
}

// When the work is over, what came of it stands beside the bar too. Whoever is writing there keeps what was written.
function came(part, page) {
  const writing = $("main :is(input, select, textarea):focus");
  const id = page.getElementById(part.id)?.dataset.poll || writing ? part.id : "main";
  const stood = document.activeElement;
  put(id, page);
  if (stood && !stood.isConnected) refocus([id], stood);
}

function start(part) {
  const all = (selector) => [...(part.matches?.(selector) ? [part] : []), ...$$(selector, part)];
  all("[data-live]").forEach(live);
  all("[data-poll]").forEach(poll);
}
document.addEventListener("swapped", (event) => start(event.detail));
start(document);
