// Rows selected on a page, or over all pages, and the bar of what can be done with them.
(function () {
  "use strict";
  function boxes(form) {
    return Array.prototype.slice.call(form.querySelectorAll('input[name="selected"]'));
  }

  function show(form) {
    var all = form.elements.all.value === "1";
    var list = boxes(form);
    var picked = list.filter(function (box) {
      return box.checked;
    });
    var head = form.querySelector("[data-select-page]");
    var more = form.querySelector("[data-select-all]");
    form.dataset.count = all ? form.dataset.totalLabel : String(picked.length);
    form.querySelector("[data-batch]").hidden = !all && !picked.length;
    form.querySelector("[data-batch-count]").textContent = form.dataset.count;
    more.hidden = all || Number(form.dataset.total) <= list.length;
    head.checked = picked.length === list.length;
    head.indeterminate = picked.length > 0 && picked.length < list.length;
    list.forEach(function (box) {
      box.closest("tr").classList.toggle("selected", box.checked);
    });
  }

  function set(form, checked, all) {
    boxes(form).forEach(function (box) {
      box.checked = checked;
    });
    form.elements.all.value = all ? "1" : "";
    show(form);
  }

  document.addEventListener("change", function (event) {
    var form = event.target.closest("[data-selection]");
    if (!form) return;
    if (event.target.hasAttribute("data-select-page")) set(form, event.target.checked, false);
    else if (event.target.name === "selected") {
      form.elements.all.value = "";
      show(form);
    }
  });

  document.addEventListener("click", function (event) {
    var form = event.target.closest("[data-selection]");
    if (!form) return;
    if (event.target.closest("[data-select-all]")) set(form, true, true);
    if (event.target.closest("[data-select-none]")) set(form, false, false);
  });

  // after Back the browser restores the ticks
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("[data-selection]").forEach(show);
  });
})();
