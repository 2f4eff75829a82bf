// Replaces parts of the page by the same parts of another address: links and forms say which with
// data-swap="id id". Without script they are plain links and forms.
const root = document.documentElement;
root.classList.add("js");
const policy = window.trustedTypes?.createPolicy("vaktbok", { createHTML: (text) => text }) ?? { createHTML: (text) => text };
const parse = (text) => new DOMParser().parseFromString(policy.createHTML(text), "text/html");
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

let asked = 0;
let here = location.pathname + location.search;

async function swap(ids, href, init = {}, push = true) {
  const turn = ++asked;
  const busy = setTimeout(() => root.classList.add("busy"), 200);
  let answer, text;
  try {
    answer = await fetch(href, { ...init, headers: { "x-fragment": ids.join(" "), ...init.headers } });
    text = await answer.text();
  } catch {
    if (!init.method) location.assign(href);
    return false;
  } finally {
    clearTimeout(busy);
    root.classList.remove("busy");
  }
  if (turn !== asked) return true;
  const page = parse(text);
  if (!ids.every((id) => page.getElementById(id) && document.getElementById(id))) {
    if (init.method && !answer.redirected) document.body.replaceWith(page.body);
    else location.assign(answer.url);
    return false;
  }
  const stood = document.activeElement;
  for (const id of [...ids, "flash"]) put(id, page);
  if (push && answer.ok && answer.url !== location.href) history.pushState(null, "", answer.url);
  here = location.pathname + location.search;
  if (page.title) document.title = page.title;
  if (stood && !stood.isConnected) refocus(ids, stood);
  return true;
}

// What a person would call a thing. The focus goes on at what is called the same in the parts that came, or at their beginning.
const called = (at) => [at.tagName, at.name, at.getAttribute("aria-label") ?? at.textContent.trim()].join(" ");
function refocus(ids, stood) {
  const parts = ids.map((id) => document.getElementById(id));
  const all = parts.flatMap((part) => $$("a, button, input, select, textarea, summary", part));
  const next = (stood.id && document.getElementById(stood.id)) || all.find((at) => called(at) === called(stood)) || parts[0];
  if (next === parts[0]) next.tabIndex = -1;
  next.focus({ preventScroll: true });
}

function put(id, page) {
  const [now, next] = [document.getElementById(id), page.getElementById(id)];
  if (!now || !next) return;
  now.replaceWith(document.adoptNode(next));
  document.dispatchEvent(new CustomEvent("swapped", { detail: next }));
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-swap]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const row = link.closest("tr") ?? (link.matches("[data-close]") ? $("tr[aria-current]") : null);
  const href = link.getAttribute("href");
  if (!(await swap(link.dataset.swap.split(" "), href))) return;
  if (!row) return;
  for (const other of $$("tr[aria-current]")) other.removeAttribute("aria-current");
  if (link.matches("[data-close]")) $("th a", row)?.focus();
  else row.setAttribute("aria-current", "true");
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.method === "post") {
    // A second press while the first is on its way sends nothing.
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 2000);
  }
  if (!form.dataset.swap) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  const body = form.enctype.startsWith("multipart") ? data : new URLSearchParams(data);
  const ids = form.dataset.swap.split(" ");
  if (form.method === "post") return void swap(ids, form.action, { method: "POST", body });
  for (const [name, value] of [...body]) if (value === "") body.delete(name, value);
  const query = body.toString();
  swap(ids, form.getAttribute("action") + (query ? "?" + query : ""));
});

addEventListener("popstate", () => {
  if (here !== location.pathname + location.search) swap(["main"], location.href, {}, false);
});

// Menus close when the eye moves on.
document.addEventListener("click", (event) => {
  for (const menu of $$("details.drop[open]")) if (!menu.contains(event.target)) menu.open = false;
});
