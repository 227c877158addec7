// Menus are <details>; here they also close as people expect: by a click elsewhere, or by Escape.
function closeAll(except = null) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.removeAttribute("open");
  }
}

document.addEventListener("click", ({ target }) => closeAll(target.closest?.("details.menu")));
document.addEventListener("keydown", ({ key }) => {
  const menu = document.querySelector("details.menu[open]");
  if (key !== "Escape" || !menu) return;
  closeAll();
  menu.querySelector("summary").focus();
});
