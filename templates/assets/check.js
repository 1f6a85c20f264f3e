// S-CHECK: finds a number whose hash with the challenge begins with enough zero bits, in a worker, so that the page stays quick. The same file is the worker.
(function () {
  "use strict";

  // SHA-256 of a short text, first two words. [FIPS 180-4]
  var primes = [], count = 0, candidate = 2;
  function part(value) { return (value - Math.floor(value)) * 4294967296 | 0; }
  var initial = [];
  for (; count < 64; candidate++) {
    var prime = true;
    for (var factor = 2; factor * factor <= candidate; factor++) if (candidate % factor === 0) { prime = false; break; }
    if (!prime) continue;
    if (count < 8) initial.push(part(Math.sqrt(candidate)));
    primes.push(part(Math.cbrt(candidate)));
    count++;
  }
  var words = new Int32Array(64);
  function turn(word, by) { return word >>> by | word << 32 - by; }
  function hash(text) {
    var state = initial.slice();
    var length = text.length, blocks = (length + 9 + 63) >> 6;
    for (var block = 0; block < blocks; block++) {
      for (var i = 0; i < 16; i++) {
        var word = 0;
        for (var byte = 0; byte < 4; byte++) {
          var place = block * 64 + i * 4 + byte;
          word = word << 8 | (place < length ? text.charCodeAt(place) : place === length ? 128 : 0);
        }
        words[i] = word;
      }
      if (block === blocks - 1) words[15] = length * 8;
      for (i = 16; i < 64; i++) {
        var x = words[i - 15], y = words[i - 2];
        words[i] = words[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ x >>> 3) + words[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ y >>> 10) | 0;
      }
      var a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
      for (i = 0; i < 64; i++) {
        var one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & f ^ ~e & g) + primes[i] + words[i] | 0;
        var two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c) | 0;
        h = g; g = f; f = e; e = d + one | 0; d = c; c = b; b = a; a = one + two | 0;
      }
      state = [state[0] + a | 0, state[1] + b | 0, state[2] + c | 0, state[3] + d | 0, state[4] + e | 0, state[5] + f | 0, state[6] + g | 0, state[7] + h | 0];
    }
    return state;
  }

  if (typeof document === "undefined") {
    self.onmessage = function (event) {
      var challenge = event.data.challenge, bits = event.data.bits;
      for (var number = 0; ; number++) if (Math.clz32(hash(challenge + ":" + number)[0]) >= bits) return self.postMessage(String(number));
    };
    return;
  }

  var form = document.getElementById("check");
  var otherwise = document.getElementById("otherwise");
  var state = document.getElementById("state");
  if (!form || !otherwise || !state || !window.Worker) return;
  var button = form.querySelector(".primary");
  // The other ways stand there from the start where something went wrong or a link was sent; else after ten seconds.
  if (form.dataset.auto && !otherwise.querySelector(".notice")) {
    otherwise.hidden = true;
    setTimeout(function () { otherwise.hidden = false; }, 10000);
  }
  state.textContent = state.dataset.working;
  button.setAttribute("aria-disabled", "true");
  form.addEventListener("submit", function (event) { if (!form.elements.solution.value) { event.preventDefault(); otherwise.hidden = false; } });
  var worker = new Worker(form.dataset.script);
  worker.onerror = function () { otherwise.hidden = false; };
  worker.onmessage = function (event) {
    worker.terminate();
    form.elements.solution.value = event.data;
    button.removeAttribute("aria-disabled");
    state.textContent = state.dataset.ready;
    if (form.dataset.auto) form.requestSubmit(button);
  };
  worker.postMessage({ challenge: form.dataset.challenge, bits: Number(form.dataset.bits) });
})();
