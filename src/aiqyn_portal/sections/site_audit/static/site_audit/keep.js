// What is marked on the expert's form is kept as one goes, so that a phone put away loses nothing;
// without this script the buttons of the form keep it.
const form = document.querySelector("form[data-keep]");
const warning = document.querySelector("[data-not-kept]");
let timer = 0;
let isUnderWay = false;

async function keep() {
  timer = 0;
  if (isUnderWay) return soon(200); // one after another: the server must not hear the older last
  isUnderWay = true;
  try {
    const sent = new FormData(form);
    const answer = await fetch(location.href, { method: "POST", body: sent });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("form[data-keep] [data-kept]");
    const isKept = Boolean(answer.redirected && answer.ok && fresh); // a refused form comes as it is
    if (isKept) show(fresh, sent);
    warning.hidden = isKept;
  } catch {
    warning.hidden = false;
  } finally {
    isUnderWay = false;
  }
}

// Beside every field stands what is kept of it: only what differs is written.
function show(fresh, sent) {
  document.querySelector("[data-kept]").replaceChildren(...fresh.childNodes);
  for (const [name, value] of sent) {
    const beside = form.elements[`initial-${name}`];
    if (beside) beside.value = value;
  }
}

function rest() {
  clearTimeout(timer);
  timer = 0;
}

function soon(wait) {
  clearTimeout(timer);
  timer = setTimeout(keep, wait);
}

form?.addEventListener("change", () => soon(200));
form?.addEventListener("input", () => soon(1500));
form?.addEventListener("submit", rest);
addEventListener("pagehide", () => {
  if (!timer && !isUnderWay) return;
  navigator.sendBeacon(location.href, new FormData(form));
  rest(); // the page may be shown again as it was
});
