// Ctrl+S presses the button that saves (never one that tells others or can't be undone); / goes to the search box.
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      var save = document.querySelector("[data-save]");
      event.preventDefault();
      if (save) save.click();
      return;
    }
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    var box = document.querySelector('[data-key="/"]');
    if (box && box.offsetParent) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
})();
