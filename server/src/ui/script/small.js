// Small things: theme, boxes, copying, choosing all rows, strips.
document.addEventListener("click", (event) => {
  const at = (selector) => event.target.closest(selector);
  if (at("[data-palette]") && openPalette()) return event.preventDefault();
  if (at("[data-theme-toggle]")) return turn();
  const opener = at("[data-dialog]");
  if (opener) return document.getElementById(opener.dataset.dialog)?.showModal();
  if (event.target.matches("dialog")) return event.target.close();
  const copier = at("[data-copy]");
  if (copier) copy(copier);
});

function turn() {
  const dark = root.dataset.theme === "dark" || (root.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "light" : "dark";
  document.cookie = `theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
  if (!$(".nav-person")) return;
  const body = new URLSearchParams({ theme: root.dataset.theme });
  fetch("/me/look", { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    return;
  }
  const label = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = label), 1500);
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-choose-all]")) return;
  for (const box of $$("tbody .choose input", event.target.closest("table"))) box.checked = event.target.checked;
});

// A strip is one stop for the Tab key; the arrows walk its bars.
function strips(part) {
  for (const strip of $$(".strip svg", part)) {
    const bars = $$("a", strip);
    const rest = bars.find((bar) => bar.matches(".chosen")) ?? bars.at(-1);
    for (const bar of bars) bar.setAttribute("tabindex", bar === rest ? 0 : -1);
  }
}
document.addEventListener("keydown", (event) => {
  const bar = event.target.closest?.(".strip a");
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!bar || !by) return;
  const bars = $$("a", bar.closest("svg"));
  const next = bars[bars.indexOf(bar) + by];
  if (!next) return;
  event.preventDefault();
  bar.setAttribute("tabindex", -1);
  next.setAttribute("tabindex", 0);
  next.focus();
});
document.addEventListener("swapped", (event) => strips(event.detail));
strips(document);
