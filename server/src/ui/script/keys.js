// Keys: / search, j and k along the rows or what was said, p plays and pauses, Esc closes, ? shows the keys, Ctrl or ⌘ K jumps.
const typing = (at) => at.closest?.("input, textarea, select, [contenteditable]");

function step(by) {
  const rows = "main :is(.table tbody th, .jump li, .watch li, .setting-do) > a, main .bubbles [data-play]";
  const links = $$(rows).filter((a) => a.offsetParent);
  if (!links.length) return;
  const row = document.activeElement.closest?.("tr, li, .setting");
  const at = links.findIndex((a) => row?.contains(a));
  const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.max(0, Math.min(links.length - 1, at + by))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function close() {
  const menu = $("details.drop[open]");
  if (menu) {
    menu.open = false;
    $("summary", menu).focus();
    return true;
  }
  const link = $(".drawer [data-close]");
  link?.click();
  return !!link;
}

function playOrPause() {
  const player = $$("main audio").find((audio) => !audio.paused) ?? $("main audio");
  if (player?.paused) player.play();
  else player?.pause();
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    if (openPalette()) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
  if (event.key === "Escape") {
    if (typing(event.target)) event.target.blur();
    else if (close()) event.preventDefault();
    return;
  }
  if (typing(event.target)) return;
  const act = {
    "/": () => ($("main [data-search]") ?? { focus: openPalette }).focus(),
    j: () => step(1),
    k: () => step(-1),
    p: playOrPause,
    "?": () => $("#help")?.showModal(),
  }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
