// Another picture by a click on it or on its button; without a script the page can be loaded again.
(function () {
  "use strict";
  document.querySelectorAll("[data-captcha-refresh]").forEach(function (button) {
    var row = button.closest(".captcha-row");
    var picture = row.querySelector("img.captcha");

    var asked = 0;

    function refresh() {
      var mine = ++asked; // of two clicks the second one's picture stays
      fetch(button.dataset.captchaRefresh, { headers: { "X-Requested-With": "XMLHttpRequest" } })
        .then(function (answer) {
          return answer.json();
        })
        .then(function (fresh) {
          if (mine !== asked) return;
          picture.src = fresh.image_url;
          row.querySelector('input[type="hidden"]').value = fresh.key;
          var text = row.querySelector('input[type="text"]');
          text.value = "";
          text.focus();
        })
        .catch(function () {
          window.location.reload();
        });
    }

    button.addEventListener("click", refresh);
    picture.addEventListener("click", refresh);
  });
})();
