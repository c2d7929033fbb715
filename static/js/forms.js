// A form is sent once; its errors come into sight; a half-filled one isn't left by accident.
(function () {
  "use strict";
  var summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    delete form.dataset.changed;
    // The page of a refused form was itself an answer to a form: Back would come to the browser's error, not to a page
    window.history.replaceState(window.history.state, "", window.location.href);
    var button = event.submitter;
    if (button && !form.target) button.setAttribute("aria-busy", "true");
  });

  function free(form) {
    delete form.dataset.sent;
  }

  function freeAll(each) {
    document.querySelectorAll("form[data-sent]").forEach(each);
    document.querySelectorAll('[aria-busy="true"]').forEach(function (button) {
      button.removeAttribute("aria-busy");
    });
  }

  // Back to a page from the browser's memory: its forms can be sent again
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) freeAll(free);
  });

  // Stopped while it was on its way, by Escape or the browser's button: so can this one, and what it holds is guarded
  // again. Where a browser doesn't say so, the page has to be loaded again.
  if (window.navigation) {
    window.navigation.addEventListener("navigateerror", function () {
      freeAll(function (form) {
        free(form);
        if (form.hasAttribute("data-guard")) form.dataset.changed = "1";
      });
    });
  }

  document.addEventListener("input", function (event) {
    var form = event.target.closest("form[data-guard]");
    if (form) form.dataset.changed = "1";
  });

  window.addEventListener("beforeunload", function (event) {
    if (document.querySelector("form[data-guard][data-changed]")) {
      event.preventDefault();
      event.returnValue = "";
    }
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
  });
})();
