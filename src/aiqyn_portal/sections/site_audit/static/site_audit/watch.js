// A page that watches an audit asks for itself again and shows what has changed; without this
// script the browser reloads it by <meta http-equiv="refresh">.
const box = document.querySelector("[data-watch]");
const every = Number(box?.dataset.watch ?? 0) * 1000;

async function look() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok) return true;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#progress");
  if (!fresh) return true;
  if (fresh.dataset.watch) {
    if (box.innerHTML !== fresh.innerHTML) box.replaceChildren(...fresh.childNodes);
    return false;
  }
  location.reload(); // it has ended: buttons and links change as well
  return true;
}

async function watch() {
  try {
    if (await look()) return;
  } catch {
    // the network is away for a moment: the next look tries again
  }
  setTimeout(watch, every);
}

if (every) setTimeout(watch, every);
