// Colour tokens of a figure ("@lead") become the values of css/critical.css when it is drawn, so one
// figure serves light, dark and print. dcc.Graph draws through window.Plotly, hence the wrapping.
(function () {
  // Before anything is drawn: the meeting screen is a choice of this tab.
  try { if (sessionStorage.getItem('ekran') === 'buyuk') { document.documentElement.classList.add('big'); } } catch (e) { /* no storage: normal size */ }
  if (!window.Plotly) { return; }
  var drawn = new WeakMap();
  var BIG = 1.5, PIXELS = {size: 1, height: 1, xshift: 1, yshift: 1, ticklen: 1, thickness: 1, l: 1, r: 1, t: 1, b: 1};

  // Token -> value, by theme; asking for a computed style makes the browser style the whole page.
  var known = {};

  function palette(theme) {
    var values = known[theme || ''] = known[theme || ''] || {}, probe = null, style = null;
    function look() {
      if (theme) {
        probe = document.createElement('div');
        probe.setAttribute('data-theme', theme);
        probe.className = 'palette';
        document.documentElement.appendChild(probe);
      }
      return getComputedStyle(probe || document.documentElement);
    }
    var get = function (name) {
      if (!(name in values)) {
        style = style || look();
        values[name] = style.getPropertyValue('--' + name).trim() || '#888';
      }
      return values[name];
    };
    return {get: get, done: function () { if (probe) { probe.remove(); } }};
  }

  function resolve(value, colours) {
    if (typeof value === 'string' && value.slice(0, 5) === '@url-') { return document.documentElement.dataset[value.slice(5)] || ''; }
    if (typeof value === 'string') { return value.charAt(0) === '@' && /^@[a-z0-9-]+$/.test(value) ? colours.get(value.slice(1)) : value; }
    if (Array.isArray(value)) {
      if (typeof value[0] === 'number' && typeof value[value.length - 1] === 'number') { return value; }
      return value.map(function (item) { return resolve(item, colours); });
    }
    if (value && typeof value === 'object' && !ArrayBuffer.isView(value)) {
      var out = {};
      for (var key in value) { out[key] = resolve(value[key], colours); }
      return out;
    }
    return value;
  }

  // Everything a figure measures in pixels, times the factor of the meeting screen.
  function enlarged(value, key) {
    if (typeof value === 'number') { return PIXELS[key] ? value * BIG : value; }
    if (Array.isArray(value)) { return PIXELS[key] || typeof value[0] === 'object' ? value.map(function (item) { return enlarged(item, key); }) : value; }
    if (value && typeof value === 'object' && !ArrayBuffer.isView(value)) {
      var out = {};
      for (var name in value) { out[name] = enlarged(value[name], name); }
      return out;
    }
    return value;
  }

  // A figure may say in layout.meta.narrow what it looks like where there is no room: shorter texts, fewer ticks.
  var NARROW = 480;

  function merged(base, over) {
    var out = Object.assign({}, base);
    for (var key in over) {
      var deep = over[key] && typeof over[key] === 'object' && !Array.isArray(over[key]);
      out[key] = deep ? merged(base[key] || {}, over[key]) : over[key];
    }
    return out;
  }

  function fitted(figure, element) {
    var narrow = figure.layout && figure.layout.meta && figure.layout.meta.narrow;
    if (!narrow || (element.clientWidth || window.innerWidth) >= NARROW) { return figure; }
    return {data: figure.data, layout: merged(figure.layout, narrow), frames: figure.frames};
  }

  function sized(figure) {
    return document.documentElement.classList.contains('big') ? enlarged(figure) : figure;
  }

  function resolved(figure, theme) {
    var colours = palette(theme), out = resolve(figure, colours);
    colours.done();
    return out;
  }

  ['newPlot', 'react'].forEach(function (name) {
    var draw = Plotly[name];
    Plotly[name] = function (target, data, layout, config) {
      var figure = Array.isArray(data) ? {data: data, layout: layout} : {data: data.data, layout: data.layout, frames: data.frames};
      var element = typeof target === 'string' ? document.getElementById(target) : target;
      drawn.set(element, {data: figure.data, layout: figure.layout});
      var ready = sized(resolved(fitted(figure, element)));
      if (Array.isArray(data)) { return draw.call(Plotly, target, ready.data, ready.layout, config); }
      return draw.call(Plotly, target, {data: ready.data, layout: ready.layout, frames: data.frames, config: data.config});
    };
  });

  window.karnePlots = {
    resolved: resolved,
    source: function (element) { return drawn.get(element); },
    // After a change of theme or size: every chart is drawn again from its tokens.
    redraw: function () {
      known = {};
      document.querySelectorAll('.js-plotly-plot').forEach(function (element) {
        var figure = drawn.get(element);
        if (figure) { Plotly.react(element, figure.data, figure.layout); }
      });
    }
  };
})();
