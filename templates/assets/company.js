// S-COMPANY: says while it is typed what is still to be corrected, beside a button that changes when nothing is. The server judges again, and alone where no script runs.
(function () {
  "use strict";
  var form = document.getElementById("company");
  var left = document.getElementById("left");
  if (!form || !left) return;
  var primary = form.querySelector(".primary");

  function luhn(digits) {
    var sum = 0;
    digits.split("").reverse().forEach(function (digit, place) {
      var value = Number(digit) * (place % 2 ? 2 : 1);
      sum += value > 9 ? value - 9 : value;
    });
    return sum % 10 === 0 && /[1-9]/.test(digits);
  }

  function bare(name) { return form.elements[name].value.replace(/[\s.\-\/()\u2011]/g, "").toUpperCase(); }

  // La Poste numbers its establishments by a rule of its own.
  function isSiret(number) {
    if (!/^\d{14}$/.test(number)) return false;
    var sum = number.split("").reduce(function (all, digit) { return all + Number(digit); }, 0);
    if (/^356000000/.test(number)) return luhn(number) || sum % 5 === 0;
    return luhn(number) && luhn(number.slice(0, 9));
  }

  function isRight(name) {
    var text = bare(name);
    var french = form.elements.country.value === "FR";
    if (!text || !french && name !== "phone") return true;
    if (name === "reg_no") return /^\d{9}$/.test(text) ? luhn(text) : isSiret(text);
    if (name === "vat_no") {
      var parts = /^FR(\d\d)(\d{9})$/.exec(text);
      if (!parts) return /^FR[0-9A-Z]{2}\d{9}$/.test(text);
      return luhn(parts[2]) && Number(parts[1]) === (12 + 3 * (Number(parts[2]) % 97)) % 97;
    }
    return /^(\+|00)[1-9]\d{7,14}$/.test(text) || french && /^0[1-9]\d{8}$/.test(text);
  }

  function faults() {
    var found = [];
    Array.prototype.forEach.call(form.elements, function (field) {
      if (field.dataset.missing && !field.value.trim()) found.push([field, field.dataset.missing]);
      else if (field.name === "reg_no" && !field.value.trim() && form.elements.country.value === "FR") found.push([field, form.dataset.missingNumber]);
      else if ((field.name === "reg_no" || field.name === "vat_no") && !isRight(field.name)) found.push([field, form.dataset.number]);
      else if (field.name === "phone" && !isRight("phone")) found.push([field, form.dataset.phone]);
    });
    return found;
  }

  function icon(path) {
    var svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    var line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("class", "icon");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    svg.appendChild(line);
    return svg;
  }

  function judge() {
    var found = faults();
    primary.setAttribute("aria-disabled", String(found.length > 0));
    var said = found.map(function (fault) { return fault[0].id + fault[1]; }).join();
    if (left.dataset.said === said) return;
    left.dataset.said = said;
    left.className = "notice " + (found.length ? "warn" : "ok");
    var words = document.createElement("span");
    var text = found.length === 0 ? left.dataset.none : found.length === 1 ? left.dataset.one : left.dataset.many.replace("0", String(found.length));
    words.append(text);
    found.forEach(function (fault, place) {
      var link = document.createElement("a");
      link.href = "#" + fault[0].id;
      link.title = fault[1];
      link.textContent = form.querySelector("label[for='" + fault[0].id + "']").firstChild.textContent.trim();
      words.append(place ? ", " : " ", link);
    });
    left.replaceChildren(icon(found.length ? "M12 4 2.8 20h18.4zM12 10v4.5m0 2.8v.2" : "m5 13 4.5 4.5L19 7"), words);
  }

  ["input", "change"].forEach(function (event) { form.addEventListener(event, judge); });
  form.addEventListener("submit", function (event) {
    if (event.submitter && event.submitter !== primary || !faults().length) return;
    event.preventDefault();
    document.title = form.dataset.title;
    left.focus();
  });
  window.addEventListener("pageshow", judge);
  judge();
})();
