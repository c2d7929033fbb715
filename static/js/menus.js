// Drop-downs close on a click elsewhere or Escape; the menu of a narrow screen slides; the tree opens its branches.
(function () {
  "use strict";
  var drops = "details.drop[open]";

  function closeDrops(except) {
    document.querySelectorAll(drops).forEach(function (drop) {
      if (drop !== except) drop.open = false;
    });
  }

  document.addEventListener("click", function (event) {
    closeDrops(event.target.closest("details.drop"));
  });

  var menu = document.getElementById("menu");
  var opener = document.querySelector("[data-menu-open]");

  function showMenu(open) {
    menu.classList.toggle("open", open);
    opener.setAttribute("aria-expanded", String(open));
    (open ? menu.querySelector("a") : opener).focus();
  }

  if (menu && opener) {
    opener.addEventListener("click", function (event) {
      event.preventDefault();
      showMenu(true);
    });
    document.addEventListener("click", function (event) {
      var outside = !menu.contains(event.target) && !opener.contains(event.target);
      if (event.target.closest("[data-menu-close]")) event.preventDefault();
      else if (!outside) return;
      if (menu.classList.contains("open")) showMenu(false);
    });
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var drop = document.querySelector(drops);
    if (drop) {
      drop.open = false;
      drop.querySelector("summary").focus();
    } else if (menu && menu.classList.contains("open")) showMenu(false);
  });

  if (window.matchMedia("(max-width: 991.98px)").matches) {
    document.querySelectorAll("details[data-close-narrow]").forEach(function (part) {
      part.open = false;
    });
  }

  document.addEventListener("click", function (event) {
    var toggle = event.target.closest(".tree-toggle");
    if (!toggle) return;
    var branch = document.getElementById(toggle.dataset.tree);
    branch.hidden = !branch.hidden;
    toggle.setAttribute("aria-expanded", String(!branch.hidden));
  });
})();
