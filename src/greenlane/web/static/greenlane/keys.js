/* Single keys on pages that list them: each item of the list says what its key does. Every page works without this file. */
(function () {
  "use strict";

  var WRITTEN = "input:not([type=radio]):not([type=checkbox]):not([type=submit]), textarea, select, [contenteditable]";
  var STORE = "gl-keys";
  var panel = document.querySelector("[data-gl-keys]");
  if (!panel) { return; }
  var box = panel.querySelector("[data-gl-keys-on]");

  function remembered() {
    try { return window.localStorage.getItem(STORE) !== "off"; } catch (error) { return true; }
  }
  function remember(on) {
    try { window.localStorage.setItem(STORE, on ? "on" : "off"); } catch (error) { /* the page still knows */ }
  }

  box.checked = remembered();
  box.addEventListener("change", function () { remember(box.checked); });
  panel.hidden = false;

  // j and k go from row to row of a list; on the page of one hit they follow its links
  function step(by) {
    var rows = Array.prototype.slice.call(document.querySelectorAll("[data-gl-row]"));
    if (!rows.length) { return false; }
    var at = rows.indexOf(document.activeElement);
    var next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1);
    rows[next].focus();
    return true;
  }

  function carryOut(item) {
    var does = item.dataset;
    if (does.glStep) { return step(Number(does.glStep)); }
    if (does.glGo) {
      var link = document.querySelector(does.glGo);
      if (link) { link.click(); }
      return Boolean(link);
    }
    if (does.glChoose) {
      var parts = does.glChoose.split("=");
      var choice = document.querySelector("input[name='" + parts[0] + "'][value='" + parts[1] + "']");
      if (!choice) { return false; }
      choice.checked = true;
      choice.dispatchEvent(new Event("change", { bubbles: true }));
      choice.focus();
      return true;
    }
    if (does.glEnter) {
      var field = document.querySelector(does.glEnter);
      if (field) { field.focus(); }
      return Boolean(field);
    }
    return false;
  }

  document.addEventListener("keydown", function (event) {
    var form = event.target.closest ? event.target.closest("form[data-gl-send]") : null;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (!box.checked || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.target.matches && event.target.matches(WRITTEN)) {
      if (event.key === "Escape") { event.target.blur(); }
      return;
    }
    var item = Array.prototype.find.call(panel.querySelectorAll("[data-gl-key]"), function (one) {
      return one.dataset.glKey === event.key;
    });
    if (item && carryOut(item)) { event.preventDefault(); }
  });
})();
