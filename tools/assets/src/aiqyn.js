// Pages work without this. It only moves the keyboard to what has just changed.
for (const box of document.querySelectorAll("[data-focus-when-shown]")) {
  box.setAttribute("tabindex", "-1");
  box.focus();
  break;
}
