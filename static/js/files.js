// A file field in the words of the page: the browser's own button speaks the browser's language. Without this script the
// browser's button stands there and works.
(function () {
  "use strict";
  function part(className, text) {
    var span = document.createElement("span");
    span.className = className;
    span.textContent = text;
    span.setAttribute("aria-hidden", "true"); // the field itself says it to those who listen
    return span;
  }

  function dress(input) {
    if (input.closest(".file-box")) return;
    var box = document.createElement("div");
    var name = part("file-name", "还没有选择文件");
    box.className = "file-box";
    input.parentNode.insertBefore(box, input);
    box.appendChild(part("btn btn-small", "选择文件"));
    box.appendChild(name);
    box.appendChild(input);
    input.addEventListener("change", function () {
      var names = Array.prototype.map.call(input.files, function (file) { return file.name; });
      name.textContent = names.join("、") || "还没有选择文件";
      name.classList.toggle("chosen", names.length > 0);
    });
  }

  document.querySelectorAll('input[type="file"]').forEach(dress);
})();
