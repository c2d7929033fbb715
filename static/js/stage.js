// A part of the page fills the screen: <button data-stage="#part" hidden>. Shown only where the browser can.
(function () {
  "use strict";
  document.querySelectorAll("[data-stage]").forEach(function (button) {
    var part = document.querySelector(button.dataset.stage);
    if (!part || !part.requestFullscreen) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      part.requestFullscreen();
    });
  });
})();
