// Larger letters and stronger contrast, kept while the reader walks through the site.
const root = document.documentElement;
const button = document.querySelector("button.special");

function show(isSpecial) {
  root.classList.toggle("special", isSpecial);
  button.setAttribute("aria-pressed", String(isSpecial));
}

show(sessionStorage.getItem("special") === "yes");
button.addEventListener("click", () => {
  const isSpecial = !root.classList.contains("special");
  sessionStorage.setItem("special", isSpecial ? "yes" : "no");
  show(isSpecial);
});
