// The rules beside a password field tick off while typing (F20). The rules are data: [data-pattern] holds each one.
(function () {
  "use strict";
  document.querySelectorAll("[data-rules-for]").forEach(function (list) {
    var input = document.getElementById(list.dataset.rulesFor);
    if (!input) return;

    function tick() {
      list.querySelectorAll("[data-pattern]").forEach(function (rule) {
        var met = new RegExp(rule.dataset.pattern, "u").test(input.value);
        rule.classList.toggle("met", input.value !== "" && met);
        rule.classList.toggle("unmet", input.value !== "" && !met);
      });
    }

    input.addEventListener("input", tick);
    tick();
  });
})();
