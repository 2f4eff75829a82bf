// The jump box: asks /jump?q= while one types and takes #jump-results out of the answer.
function openPalette() {
  const box = $("#palette");
  if (!box) return false;
  if (!box.open) box.showModal();
  $("input", box).select();
  find($("input", box).value.trim());
  return true;
}

let wait, seek;
document.addEventListener("input", (event) => {
  if (!event.target.matches("#palette input")) return;
  clearTimeout(wait);
  wait = setTimeout(() => find(event.target.value.trim()), 80);
});

async function find(q) {
  seek?.abort();
  seek = new AbortController();
  const list = $("#palette-results");
  try {
    const answer = await fetch("/jump?q=" + encodeURIComponent(q), { signal: seek.signal, headers: { "x-fragment": "jump-results" } });
    const found = parse(await answer.text()).getElementById("jump-results");
    if (!found) return;
    found.removeAttribute("id");
    const at = $$("a", list).indexOf(document.activeElement);
    list.replaceChildren(document.adoptNode(found));
    if (at >= 0) ($$("a", list)[at] ?? $("#palette input")).focus();
  } catch { /* the next key asks again */ }
}

document.addEventListener("keydown", (event) => {
  const box = $("#palette[open]");
  if (!box || !["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
  const links = $$("a", box);
  const at = links.indexOf(document.activeElement);
  if (event.key === "Enter") {
    if (at < 0 && links.length) {
      event.preventDefault();
      links[0].click();
    }
    return;
  }
  event.preventDefault();
  const next = at + (event.key === "ArrowDown" ? 1 : -1);
  (next < 0 ? $("input", box) : links[Math.min(next, links.length - 1)])?.focus();
});
