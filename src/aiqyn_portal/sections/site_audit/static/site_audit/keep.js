// What is marked on the expert's form is kept as one goes, so that a phone put away loses nothing;
// without this script the buttons of the form keep it.
const form = document.querySelector("form[data-keep]");
const warning = document.querySelector("[data-not-kept]");
let timer = 0;

async function keep() {
  timer = 0;
  try {
    const answer = await fetch(location.href, { method: "POST", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("form[data-keep] [data-kept]");
    if (fresh) document.querySelector("[data-kept]").replaceChildren(...fresh.childNodes);
    warning.hidden = Boolean(answer.ok && fresh);
  } catch {
    warning.hidden = false;
  }
}

function soon(wait) {
  clearTimeout(timer);
  timer = setTimeout(keep, wait);
}

form?.addEventListener("change", () => soon(200));
form?.addEventListener("input", () => soon(1500));
form?.addEventListener("submit", () => clearTimeout(timer));
addEventListener("pagehide", () => {
  if (timer) navigator.sendBeacon(location.href, new FormData(form));
});
