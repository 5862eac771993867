// Theme, meeting screen, menu, copied links, exported images.
(function () {
  var root = document.documentElement;

  function dark() {
    var set = root.getAttribute('data-theme');
    return set ? set === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }
  function setTheme(theme) {
    root.setAttribute('data-theme', theme);
    document.cookie = 'tema=' + theme + ';path=/;max-age=31536000;samesite=lax';
    if (window.karnePlots) { karnePlots.redraw(); }
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', function () { if (window.karnePlots) { karnePlots.redraw(); } });

  try { if (sessionStorage.getItem('ekran') === 'buyuk') { root.classList.add('big'); } } catch (e) { /* no storage: normal size */ }

  function copy(button) {
    var text = new URL(button.dataset.copy, location.href).href;
    var done = function () {
      var was = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(function () { button.textContent = was; }, 1600);
    };
    if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(text).then(done, done); return; }
    var field = document.createElement('textarea');
    field.value = text;
    document.body.appendChild(field);
    field.select();
    document.execCommand('copy');
    field.remove();
    done();
  }

  // An exported image is light, carries its title, finding, source, release and address, and nothing less.
  function image(button) {
    var payload = dash_clientside.karne.payload();
    var plot = document.querySelector('#react-entry-point .plot[data-block="' + button.dataset.block + '"] .js-plotly-plot');
    var block = payload && payload.blocks.filter(function (b) { return b.id === button.dataset.block; })[0];
    var figure = plot && karnePlots.source(plot);
    if (!block || !figure) { return; }
    var stamp = block.stamp, copyOf = JSON.parse(JSON.stringify({data: figure.data, layout: figure.layout}));
    copyOf = karnePlots.resolved(copyOf, 'light');
    var width = 1200, height = block.chart.height + 190, layout = copyOf.layout, margin = layout.margin || {};
    var wrap = function (text, size) {
      var words = text.split(' '), lines = [''];
      words.forEach(function (word) {
        if ((lines[lines.length - 1] + ' ' + word).length > size) { lines.push(word); } else { lines[lines.length - 1] = (lines[lines.length - 1] + ' ' + word).trim(); }
      });
      return lines.join('<br>');
    };
    layout.width = width;
    layout.height = height;
    layout.autosize = false;
    layout.paper_bgcolor = '#ffffff';
    layout.plot_bgcolor = '#ffffff';
    layout.margin = Object.assign({}, margin, {t: (margin.t || 0) + 110, b: (margin.b || 0) + 64, l: Math.max(margin.l || 0, 24), r: Math.max(margin.r || 0, 24)});
    layout.annotations = (layout.annotations || []).concat([
      {text: '<b>' + stamp.measure + '</b><br>' + wrap(stamp.headline, 130), xref: 'container', yref: 'container', x: 0.02, y: 0.985, xanchor: 'left', yanchor: 'top', align: 'left', showarrow: false, font: {size: 18, color: '#16222e'}},
      {text: wrap(stamp.source, 170) + '<br>' + stamp.site + ' · ' + location.host + payload.url, xref: 'container', yref: 'container', x: 0.02, y: 0.012, xanchor: 'left', yanchor: 'bottom', align: 'left', showarrow: false, font: {size: 12, color: '#4a5a68'}}
    ].map(function (note) {
      // "container" is not a reference of annotations: paper coordinates reach the margins just as well.
      var inner = {w: width - layout.margin.l - layout.margin.r, h: height - layout.margin.t - layout.margin.b};
      note.xref = 'paper'; note.yref = 'paper';
      note.x = (note.x * width - layout.margin.l) / inner.w;
      note.y = (note.y * height - layout.margin.b) / inner.h;
      return note;
    }));
    var name = ('kent-karnesi' + payload.url).replace(/[^a-z0-9]+/gi, '-').replace(/-+$/, '') + '-' + block.id;
    Plotly.downloadImage({data: copyOf.data, layout: layout}, {format: button.dataset.image, width: width, height: height, scale: button.dataset.image === 'png' ? 2 : 1, filename: name});
  }

  document.addEventListener('click', function (event) {
    var target = event.target.closest ? event.target.closest('button') : null;
    if (!target) {
      document.querySelectorAll('details.menu[open]').forEach(function (menu) { if (!menu.contains(event.target)) { menu.open = false; } });
      return;
    }
    if (target.hasAttribute('data-theme-toggle')) { setTheme(dark() ? 'light' : 'dark'); }
    if (target.hasAttribute('data-screen-toggle')) {
      var big = root.classList.toggle('big');
      try { sessionStorage.setItem('ekran', big ? 'buyuk' : ''); } catch (e) { /* no storage: not kept */ }
      window.dispatchEvent(new Event('resize'));
    }
    if (target.dataset.copy) { copy(target); }
    if (target.dataset.image) { image(target); }
  });
})();
