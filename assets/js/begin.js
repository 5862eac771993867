// Fetches and runs the page's scripts in turns: the words are on the screen before plotly comes, and the first
// chart stands before Dash does. Fetched all at once, they hold each other up, and the words with them.
(function () {
  function painted(then) {
    if (document.hidden) { then(); return; }
    requestAnimationFrame(function () {
      var line = new MessageChannel();
      line.port1.onmessage = then;
      line.port2.postMessage(0);
    });
  }

  function listed(turn) {
    var found = document.querySelectorAll('template[data-turn="' + turn + '"]');
    return Array.prototype.map.call(found, function (template) { return template.dataset.src; });
  }

  function run(turn, then) {
    var found = listed(turn), left = found.length;
    if (!left && then) { then(); }
    found.forEach(function (url) {
      var script = document.createElement('script');
      script.async = false;
      script.src = url;
      script.onload = script.onerror = function () { left -= 1; if (!left && then) { then(); } };
      document.body.appendChild(script);
    });
  }

  // Into the cache, not yet run; `kind` is what will ask for it: a script or a fetch.
  function fetchAhead(turn, kind) {
    listed(turn).forEach(function (url) {
      var link = document.createElement('link');
      link.rel = 'preload';
      link.as = kind;
      link.href = url;
      if (kind === 'fetch') { link.crossOrigin = 'anonymous'; }
      document.head.appendChild(link);
    });
  }

  painted(function () {
    fetchAhead('outlines', 'fetch');
    run('chart', function () {
      function dash() { painted(function () { run('dash'); }); }
      // A map stands only when its outlines have come; without a chart there is nothing to wait for.
      (window.karneFirstChart || Promise.resolve()).then(dash, dash);
    });
  });
})();
