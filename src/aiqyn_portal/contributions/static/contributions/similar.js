// While somebody types: what is like the text, below it. Without this the next page asks the same.
const WAIT = 800; // ms after the last key
const ENOUGH = 20; // characters

async function ask(form, place, list) {
  const text = form.querySelector("textarea").value.trim();
  if (text.length < ENOUGH) {
    place.hidden = true;
    return;
  }
  const asked = new URLSearchParams({ text: text.slice(0, 600), about: form.dataset.about ?? "" });
  const address = `${form.dataset.similar}?${asked}`;
  const answer = await fetch(address, { headers: { "Accept-Language": document.documentElement.lang } });
  if (!answer.ok) return;
  const { similar } = await answer.json();
  list.replaceChildren(...similar.map(line));
  place.hidden = similar.length === 0;
}

function line({ title, href, kind, status }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = href;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = title;
  item.append(link, ` ${[kind, status].filter(Boolean).join(", ")}`);
  return item;
}

for (const form of document.querySelectorAll("form[data-similar]")) {
  const place = form.querySelector("[data-similar-place]");
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(form, place, place.querySelector("ul")), WAIT);
  });
}
