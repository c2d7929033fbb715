// A part of a page that could not be fetched says so in its place, with a way to try again.
(function () {
  "use strict";
  function say(element, text) {
    var box = document.createElement("p");
    var again = document.createElement("a");
    box.className = "muted small";
    box.textContent = text + " ";
    again.href = "";
    again.textContent = "刷新页面";
    box.appendChild(again);
    element.textContent = "";
    element.appendChild(box);
  }

  ["htmx:sendError", "htmx:responseError"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      var target = event.detail.target;
      if (!target || target === document.body) return;
      say(target, name === "htmx:sendError" ? "网络没有连通，这部分内容未能取回。" : "服务器没能给出这部分内容。");
    });
  });
})();
