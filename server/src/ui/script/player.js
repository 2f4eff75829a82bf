// The player: a click in the wave or on a line seeks, both follow the sound, and what was heard is
// told to the address in data-heard as spans of seconds; the server gathers them into one entry a play.
function seekTo(part, seconds, play) {
  const player = document.getElementById(part.dataset.player);
  if (!player) return;
  player.currentTime = seconds;
  if (play) player.play();
}

document.addEventListener("click", (event) => {
  const said = event.target.closest("[data-play]");
  if (said) seekTo(said.closest("[data-player]"), Number(said.closest("[data-from]").dataset.from), true);
  const picture = event.target.closest(".wave[data-player] svg");
  if (!picture) return;
  const [wave, box] = [picture.closest(".wave"), picture.getBoundingClientRect()];
  seekTo(wave, ((event.clientX - box.left) / box.width) * Number(wave.dataset.length), false);
});

const heard = new WeakMap();
function tell(player, over) {
  const span = heard.get(player);
  heard.delete(player);
  if (!span || !player.dataset.heard || (!over && span.to - span.from < 0.2)) return;
  const body = new URLSearchParams({ from: span.from.toFixed(2), to: span.to.toFixed(2) });
  if (over) body.set("over", "1");
  fetch(player.dataset.heard, { method: "POST", body, keepalive: true }).catch(() => {});
}

document.addEventListener("timeupdate", ({ target: player }) => {
  const now = player.currentTime;
  const span = heard.get(player);
  if (!player.paused && !player.seeking) {
    if (!span) heard.set(player, { from: now, to: now });
    else if (now >= span.to && now - span.to < 2) span.to = now;
    else tell(player);
    if (span && span.to - span.from > 15) tell(player);
  }
  for (const wave of $$(`.wave[data-player="${player.id}"]`)) {
    const x = (now / Number(wave.dataset.length)) * 1000;
    for (const line of $$(".wave-now", wave)) line.setAttribute("x1", x), line.setAttribute("x2", x);
  }
  for (const list of $$(`.bubbles[data-player="${player.id}"]`)) {
    const said = $$("[data-from]", list);
    const at = said.findLastIndex((li) => Number(li.dataset.from) <= now);
    said.forEach((li, i) => li.classList.toggle("now", i === at));
  }
}, true);
// A pause comes just before the end, and must not take the last span away from it.
for (const name of ["pause", "seeking"]) document.addEventListener(name, ({ target }) => target.ended || tell(target), true);
document.addEventListener("ended", ({ target }) => tell(target, true), true);
addEventListener("pagehide", () => $$("audio[data-heard]").forEach((player) => tell(player)));
