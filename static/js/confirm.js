// A button with data-confirm asks first, naming number and consequence; {n} is the number of selected rows.
// Buttons with data-dialog-open="id" open that dialog.
(function () {
  "use strict";
  var dialog = document.getElementById("confirm");
  var asked = null;

  function ask(button, text) {
    var yes = dialog.querySelector("[data-confirm-yes]");
    dialog.querySelector("[data-confirm-text]").textContent = text;
    yes.textContent = button.textContent.trim();
    asked = button;
    dialog.showModal();
    (button.hasAttribute("data-confirm-danger") ? dialog.querySelector("[data-confirm-no]") : yes).focus();
  }

  // capture: nothing else may act on the click before the answer, htmx neither
  document.addEventListener(
    "click",
    function (event) {
      var button = event.target.closest("[data-confirm]");
      if (!button || button === asked || !dialog || !dialog.showModal) return;
      event.preventDefault();
      event.stopPropagation();
      var form = button.closest("[data-selection]");
      ask(button, button.dataset.confirm.replace("{n}", form ? form.dataset.count || "0" : ""));
    },
    true
  );

  if (dialog) {
    dialog.querySelector("[data-confirm-no]").addEventListener("click", function () {
      dialog.close();
    });
    dialog.querySelector("[data-confirm-yes]").addEventListener("click", function () {
      var button = asked;
      dialog.close();
      asked = button;
      button.click();
      asked = null;
    });
    dialog.addEventListener("close", function () {
      asked = null;
    });
  }

  document.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-dialog-open]");
    if (opener) {
      var target = document.getElementById(opener.dataset.dialogOpen);
      if (target && target.showModal) target.showModal();
    }
    var closer = event.target.closest("[data-dialog-close]");
    if (closer) closer.closest("dialog").close();
    // the second click of a double click lands beside the dialog that the first one opened
    if (event.target.tagName === "DIALOG" && event.detail < 2) event.target.close();
  });
})();
