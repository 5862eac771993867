// Puts a payload on the page: slots, title, address. The HTML in it is rendered and escaped by the server.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.karne = (function () {
  var current = null, said = null, newest = {}, offered = {}, filled = new WeakMap(), here = location.pathname + location.search;

  function fill(root, name, html) {
    var slot = root.querySelector('[data-slot="' + name + '"]');
    if (!slot || filled.get(slot) === html) { return; }
    filled.set(slot, html);
    var open = slot.querySelector('details.twin-box');
    var keep = open && slot.dataset.filled ? open.open : null;
    slot.innerHTML = html;
    slot.dataset.filled = '1';
    open = slot.querySelector('details.twin-box');
    if (open && keep !== null) { open.open = keep; }
  }

  // Values and changing options come with the callback; left are what is typed and what cannot be chosen.
  function refresh(prefix, controls, fresh) {
    controls.forEach(function (control) {
      var id = prefix + '-' + control.name, field = document.getElementById(id), off = JSON.stringify(control.off);
      if (control.off && offered[id] !== undefined && offered[id] !== off) { disable(field, control.off); }
      offered[id] = off;
      // What is being typed is ahead of the answer to what had been typed; it stays.
      if (control.kind === 'search' && !fresh && field.value !== control.value && !typing(field)) {
        dash_clientside.set_props(id, {value: control.value});
      }
    });
  }

  // Of options that never change, some cannot be chosen now; the one without a value is the placeholder.
  function disable(select, off) {
    Array.prototype.forEach.call(select.options, function (option) {
      if (option.value) { option.disabled = off.indexOf(option.value) >= 0; }
    });
  }

  function typing(field) { return field.type === 'search' && field === document.activeElement; }

  function takeOver(main, charts) {
    // The first HTML stays until Dash's own charts are drawn in the same places: no jump, no blank.
    var first = document.getElementById('first'), tries = 0;
    if (!first) { return; }
    (function look() {
      var plots = main.querySelectorAll('.plot:not([hidden]) .js-plotly-plot');
      var drawn = plots.length >= charts, all = Array.prototype.every.call(plots, function (plot) { return plot.querySelector('.main-svg'); });
      if ((drawn && all) || tries++ > 300) {
        first.remove();
        follow(main);
        document.documentElement.classList.add('live');
        window.dispatchEvent(new Event('resize'));
        if (location.hash) { var spot = document.querySelector(location.hash); if (spot) { spot.scrollIntoView(); } }
      } else { requestAnimationFrame(look); }
    })();
  }

  // A mark that stands for a place or an indicator leads to it.
  function follow(main) {
    main.querySelectorAll('.js-plotly-plot').forEach(function (plot) {
      if (plot.dataset.followed || !plot.on) { return; }
      plot.dataset.followed = '1';
      plot.on('plotly_click', function (event) {
        var point = event.points[0], links = point.data.meta && point.data.meta.links;
        if (links && links[point.pointNumber]) { go(links[point.pointNumber]); }
      });
    });
  }

  // The way of a link in the text: another state of this page comes without a full load.
  function go(href) {
    var link = document.createElement('a');
    link.href = href;
    if (link.pathname !== location.pathname) { location.assign(href); return; }
    link.dataset.soft = '';
    document.body.appendChild(link);
    link.click();
    link.remove();
  }

  // A chart drawn while it was hidden does not know its width.
  function fit(chart) {
    if (chart && chart._fullLayout && chart._fullLayout.width !== chart.clientWidth) { Plotly.Plots.resize(chart); }
  }

  // What the eye meets: question, findings, and room for the charts.
  function say(main, payload) {
    fill(main, 'intro', payload.intro);
    payload.blocks.forEach(function (block) {
      fill(main, block.id + '-head', block.head);
      var plot = main.querySelector('.plot[data-block="' + block.id + '"]');
      if (plot) {
        var appears = plot.hidden && block.chart;
        plot.hidden = !block.chart;
        if (appears) { requestAnimationFrame(function () { fit(plot.querySelector('.js-plotly-plot')); }); }
        if (block.chart) { plot.style.setProperty('--h', block.chart.height + 'px'); plot.setAttribute('aria-label', block.chart.alt); }
      }
    });
    document.title = payload.title;
  }

  // Who cannot see the charts change hears the finding: the first headline, or what is listed now.
  function announce(payload) {
    var stamps = payload.blocks.map(function (block) { return block.stamp; });
    var finding = stamps.filter(function (stamp) { return stamp.headline; })[0];
    document.getElementById('said').textContent = finding ? finding.headline : stamps[0] ? stamps[0].title : payload.title;
  }

  // What may be painted a moment later: sources, tables, actions, controls and the address.
  function complete(main, payload, fresh) {
    payload.blocks.forEach(function (block) { fill(main, block.id + '-foot', block.foot); });
    document.querySelectorAll('[data-lang-link]').forEach(function (link) { link.setAttribute('href', payload.other); });
    refresh(main.id.replace(/-page$/, ''), payload.controls, fresh);
    if (!fresh) { announce(payload); }
    if (!fresh && payload.url !== location.pathname + location.search) {
      // One search is one step back, however many pauses it was typed in.
      history[typing(document.activeElement) && location.search ? 'replaceState' : 'pushState']({}, '', payload.url);
      here = payload.url;
    }
  }

  function page() { return document.querySelector('#react-entry-point main'); }

  return {
    // Dash tells of every request and answer. The words of an answer are put in place before Dash hands the
    // figures to the charts; an answer to anything but the newest question comes too late.
    asked: function (request) { newest[request.output] = request; },
    answered: function (request, response) {
      var slot = Object.keys(response).filter(function (id) { return /-payload$/.test(id); })[0];
      if (!slot || newest[request.output] !== request || !page()) { return; }
      said = response[slot].data;
      say(page(), said);
    },
    apply: function (payload) {
      var main = page(), fresh = !current;
      if (!payload || !main) { return ''; }
      if (said !== payload) { say(main, payload); }
      current = payload;
      complete(main, payload, fresh);
      if (fresh) { takeOver(main, payload.blocks.filter(function (block) { return block.chart; }).length); }
      return '';
    },
    payload: function () { return current; },
    here: function () { return here; }
  };
})();

// Back and Forward: the address names the state, and the server renders it whole. A fragment is no state.
window.addEventListener('popstate', function () {
  if (window.dash_clientside.karne.here() !== location.pathname + location.search) { location.reload(); }
});

// A link to another state of this page goes through the page's callback instead of a full load.
document.addEventListener('click', function (event) {
  var link = event.target.closest && event.target.closest('a[data-soft]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) { return; }
  var main = document.querySelector('#react-entry-point main');
  if (!main || !document.documentElement.classList.contains('live') || link.pathname !== location.pathname) { return; }
  event.preventDefault();
  var query = {};
  new URLSearchParams(link.search).forEach(function (value, key) { query[key] = value; });
  dash_clientside.set_props(main.id.replace(/-page$/, '-nav'), {data: query});
});
