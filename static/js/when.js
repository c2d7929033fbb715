// A field that matters only for one answer is shown with that answer: <div data-when="audience" data-is="chosen">.
(function () {
  "use strict";
  document.querySelectorAll("[data-when]").forEach(function (part) {
    var form = part.closest("form");
    function show() {
      var chosen = form.querySelector('[name="' + part.dataset.when + '"]:checked');
      part.hidden = !chosen || chosen.value !== part.dataset.is;
    }
    form.addEventListener("change", show);
    show();
  });
})();
