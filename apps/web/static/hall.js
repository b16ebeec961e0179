/* The lobby's screen, in the words of old televisions: looks again every three seconds, for ever, and reloads once a day. */
(() => {
  var everyMs = 3000;
  var dayMs = 86400000;
  var born = Date.now();

  function say(isLost) {
    var words = document.getElementById('hall-lost');
    if (words) words.hidden = !isLost;
  }

  function show(text) {
    var fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('hall');
    var old = document.getElementById('hall');
    if (fresh && old && fresh.textContent !== old.textContent)
      old.parentNode.replaceChild(document.importNode(fresh, true), old);
  }

  function clear() {
    var old = document.getElementById('hall');
    if (old) old.textContent = '';
  }

  function look() {
    var call = new XMLHttpRequest();
    call.open('GET', location.pathname, true);
    call.timeout = 10000;
    call.onload = () => {
      if (call.status === 200) {
        if (Date.now() - born > dayMs) location.reload();
        else show(call.responseText);
      } else if (call.status === 404) clear();
      say(call.status !== 200 && call.status !== 404);
    };
    call.onerror = call.ontimeout = () => {
      say(true);
    };
    call.onloadend = () => {
      setTimeout(look, everyMs);
    };
    call.send();
  }

  setTimeout(look, everyMs);
})();
