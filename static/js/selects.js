// Long choices become searchable: <select data-search>. With data-url the options come from the server as
// [{value, text}], asked with ?q=.
(function () {
  "use strict";
  if (!window.TomSelect) return;

  function enhance(select) {
    var url = select.dataset.url;
    // Tom Select takes the label for its own field; what it hides is still read aloud
    var label = select.id && document.querySelector('label[for="' + select.id + '"]');
    if (label) select.setAttribute("aria-label", label.firstChild.textContent.trim());
    new window.TomSelect(select, {
      maxOptions: 200,
      placeholder: "点击选择，可输入拼音首字母查找",
      hidePlaceholder: true,
      plugins: select.multiple && !select.disabled ? ["remove_button"] : [],
      // what was typed has found its option: the next one is looked for afresh
      onItemAdd: function () {
        this.setTextboxValue("");
        this.refreshOptions(false);
      },
      searchField: ["text", "pinyin"],
      load: url
        ? function (query, done) {
            fetch(url + (url.indexOf("?") < 0 ? "?" : "&") + "q=" + encodeURIComponent(query))
              .then(function (answer) {
                return answer.json();
              })
              .then(done)
              .catch(function () {
                done();
              });
          }
        : null,
      render: {
        no_results: function () {
          return '<div class="no-results">没有找到，请换一个词</div>';
        },
        loading: function () {
          return '<div class="no-results">正在查找…</div>';
        },
      },
    });
  }

  document.querySelectorAll("select[data-search]").forEach(enhance);
  document.addEventListener("htmx:load", function (event) {
    event.target.querySelectorAll("select[data-search]:not(.tomselected)").forEach(enhance);
  });
})();
