// Small things: theme, boxes, copying, choosing all rows, the player.
document.addEventListener("click", (event) => {
  const at = (selector) => event.target.closest(selector);
  if (at("[data-palette]") && openPalette()) return event.preventDefault();
  if (at("[data-theme-toggle]")) return turn();
  const opener = at("[data-dialog]");
  if (opener) return document.getElementById(opener.dataset.dialog)?.showModal();
  if (event.target.matches("dialog")) return event.target.close();
  const copier = at("[data-copy]");
  if (copier) return copy(copier);
  const said = at("[data-play]");
  if (said) return seekTo(said.closest("[data-player]"), Number(said.closest("[data-from]").dataset.from), true);
  const wave = at(".wave[data-player] svg");
  if (wave) return seekWave(wave, event.clientX);
});

function turn() {
  const dark = root.dataset.theme === "dark" || (root.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "light" : "dark";
  document.cookie = `theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
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

function seekTo(part, seconds, play) {
  const player = document.getElementById(part.dataset.player);
  if (!player) return;
  player.currentTime = seconds;
  if (play) player.play();
}

function seekWave(picture, x) {
  const wave = picture.closest(".wave");
  const box = picture.getBoundingClientRect();
  seekTo(wave, ((x - box.left) / box.width) * Number(wave.dataset.length), false);
}

document.addEventListener("timeupdate", (event) => {
  const now = event.target.currentTime;
  for (const wave of $$(`.wave[data-player="${event.target.id}"]`)) {
    const x = (now / Number(wave.dataset.length)) * 1000;
    for (const line of $$(".wave-now", wave)) line.setAttribute("x1", x), line.setAttribute("x2", x);
  }
  for (const list of $$(`.bubbles[data-player="${event.target.id}"]`)) {
    const said = $$("[data-from]", list);
    const at = said.findLastIndex((li) => Number(li.dataset.from) <= now);
    said.forEach((li, i) => li.classList.toggle("now", i === at));
  }
}, true);

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
