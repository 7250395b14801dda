/* Enhancements only: every page works without this file. No inline code, so the content policy can stay at 'self'. */
(function () {
  "use strict";

  function cookie(name) {
    var found = document.cookie.split("; ").find(function (part) { return part.indexOf(name + "=") === 0; });
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  // htmx requests carry the token that forms carry in a hidden field
  document.addEventListener("htmx:configRequest", function (event) {
    if (event.detail.verb !== "get") { event.detail.headers["X-CSRFToken"] = cookie("csrftoken"); }
  });

  // errors are announced, and read first, when a page comes back with them
  function focusErrors(root) {
    var summary = root.querySelector("[data-gl-focus]");
    if (summary) { summary.focus({ preventScroll: false }); }
  }

  // a second press of a submit button sends nothing; the commands behind are idempotent anyway
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.glSent) { event.preventDefault(); return; }
    if ((form.method || "").toLowerCase() === "post" && !form.hasAttribute("hx-post")) {
      form.dataset.glSent = "1";
      window.setTimeout(function () { delete form.dataset.glSent; }, 5000);
    }
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("[data-gl-sent]").forEach(function (form) { delete form.dataset.glSent; });
  });

  // Escape or a press elsewhere closes the details of a deadline
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.gl-deadline[open]").forEach(function (open) {
      if (!open.contains(event.target)) { open.open = false; }
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    document.querySelectorAll("details.gl-deadline[open]").forEach(function (open) {
      open.open = false;
      if (open.contains(document.activeElement)) { open.querySelector("summary").focus(); }
    });
  });

  // <select data-gl-submit> and the like send their form when changed; without scripts its button does
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-gl-submit]") && event.target.form) { event.target.form.requestSubmit(); }
    if (event.target.matches("[data-gl-all]")) {
      document.getElementsByName(event.target.dataset.glAll).forEach(function (box) { box.checked = event.target.checked; });
    }
  });
  document.addEventListener("click", function (event) {
    var printer = event.target.closest ? event.target.closest("[data-gl-print]") : null;
    if (printer) { window.print(); }
  });

  document.addEventListener("DOMContentLoaded", function () { focusErrors(document); });
  document.addEventListener("htmx:afterSwap", function (event) { focusErrors(event.detail.target); });
})();
