// Nothing needs this script; with it, passwords can be shown, a form says why it cannot be sent, and a page that only passes something on does so by itself.
(function () {
  "use strict";

  function element(name, attributes, text) {
    var made = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text) made.textContent = text;
    return made;
  }

  function drawing(paths) {
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    paths.forEach(function (path) {
      var line = document.createElementNS("http://www.w3.org/2000/svg", "path");
      line.setAttribute("d", path[0]);
      if (path[1]) line.setAttribute("class", path[1]);
      svg.appendChild(line);
    });
    return svg;
  }

  // «Afficher le mot de passe»: made here, because without a script it could do nothing.
  document.querySelectorAll("input[data-show]").forEach(function (field) {
    var button = element("button", { type: "button", "class": "show", "aria-pressed": "false", "aria-label": field.dataset.showName, "aria-controls": field.id, "data-testid": "show" });
    button.append(drawing([["M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12z"], ["M15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0z"], ["m4 4 16 16", "slash"]]), field.dataset.show);
    field.after(button);
    button.addEventListener("click", function () {
      var shown = field.type === "password";
      field.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
    });
    if (field.form) field.form.addEventListener("submit", function () { field.type = "password"; button.setAttribute("aria-pressed", "false"); });
  });

  // How much a new password still wants: its length only. What makes it easy to guess, the server says.
  document.querySelectorAll("[data-least]").forEach(function (told) {
    var field = document.getElementById(told.dataset.of), said = told.dataset;
    field.addEventListener("input", function () {
      var short = said.least - Array.from(field.value).length;
      told.textContent = !field.value ? "" : short > 1 ? said.more.replace("#", short) : short === 1 ? said.one : said.enough;
    });
  });

  // A form that cannot succeed says so: its first button is dimmed, never dead, and pressing it tells what is missing.
  function missing(form) {
    var radios = {};
    return Array.prototype.filter.call(form.querySelectorAll("[data-missing]"), function (field) {
      if (field.type === "radio") {
        if (radios[field.name]) return false;
        radios[field.name] = true;
        return !form.querySelector("[name='" + field.name + "']:checked");
      }
      // A browser that fills a password in hides it from scripts until the person acts.
      try { if (field.matches(":autofill")) return false; } catch (unknown) { /* an older browser */ }
      return !field.value.trim();
    });
  }

  function complain(form, fields) {
    var old = document.getElementById("error-summary");
    var summary = element("div", { "class": "notice bad", id: "error-summary", role: "alert", tabindex: "-1" });
    var list = element("ul", {});
    summary.append(drawing([["M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z"], ["M12 7v6m0 3.3v.2"]]), list);
    form.querySelectorAll("[aria-invalid]").forEach(function (field) { field.removeAttribute("aria-invalid"); });
    fields.forEach(function (field) {
      var line = element("li", { "data-error": "E-REQ", id: "missing-" + field.name });
      line.append(element("a", { href: "#" + field.id }, field.dataset.missing));
      list.append(line);
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", line.id + (document.getElementById(field.id + "-hint") ? " " + field.id + "-hint" : ""));
    });
    if (old) old.replaceWith(summary); else form.before(summary);
    document.title = form.dataset.checked;
    summary.focus();
  }

  document.querySelectorAll("form[data-checked]").forEach(function (form) {
    var primary = form.querySelector(".primary, .danger");
    function judge() { primary.setAttribute("aria-disabled", String(missing(form).length > 0)); }
    ["input", "change"].forEach(function (event) { form.addEventListener(event, judge); });
    form.addEventListener("submit", function (event) {
      var fields = event.submitter && event.submitter !== primary ? [] : missing(form);
      if (fields.length) { event.preventDefault(); complain(form, fields); }
    });
    judge();
    [100, 500, 1500].forEach(function (wait) { setTimeout(judge, wait); });
    window.addEventListener("pageshow", judge);
  });

  // A page that waits for a mail looks now and then whether it left: so many times, less and less often, and never while nobody sees the page. What was
  // typed is not lost to news.
  document.querySelectorAll("[data-mailing]").forEach(function (waiting) {
    var left = 60, pause = 2000, due;
    function later() {
      clearTimeout(due);
      if (left > 0 && !document.hidden) due = setTimeout(look, pause);
    }
    function look() {
      left -= 1;
      pause = Math.min(pause * 1.25, 15000);
      fetch(waiting.dataset.status, { credentials: "same-origin" }).then(function (reply) { return reply.ok ? reply.json() : {}; }).then(function (news) {
        var typed = document.querySelector("input[autocomplete='one-time-code']");
        if (!news.delivery || news.delivery === waiting.dataset.mailing || typed && typed.value) return later();
        location.replace(location.pathname);
      }, later);
    }
    document.addEventListener("visibilitychange", later);
    later();
  });

  // One press is one answer.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(function () { delete form.dataset.sent; }, 3000);
  });

  var passing = document.querySelector("form[data-auto-submit]");
  if (passing) return passing.submit();
  var summary = document.getElementById("error-summary");
  if (summary) summary.focus();
})();
