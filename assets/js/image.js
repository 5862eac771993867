// An exported image is light and complete: finding, measure, chart, legend, source, release and address,
// set in our own font, which travels inside the file because an image may load nothing.
(function () {
  var WIDTH = 1200, PAD = 32, NS = 'http://www.w3.org/2000/svg';
  var FAMILY = "'Source Sans 3','Karne Symbols',sans-serif", faces = null;

  function base64(buffer) {
    var text = '', bytes = new Uint8Array(buffer);
    for (var i = 0; i < bytes.length; i += 8192) { text += String.fromCharCode.apply(null, bytes.subarray(i, i + 8192)); }
    return btoa(text);
  }

  // Our @font-face rules with the files written into them.
  function fontFaces() {
    if (faces) { return faces; }
    var rules = [];
    Array.prototype.forEach.call(document.styleSheets, function (sheet) {
      Array.prototype.forEach.call(sheet.cssRules, function (rule) { if (rule instanceof CSSFontFaceRule) { rules.push(rule.cssText); } });
    });
    faces = Promise.all(rules.map(function (css) {
      var url = (css.match(/url\("?([^")]+)"?\)/) || [])[1];
      return fetch(url).then(function (answer) { return answer.arrayBuffer(); }).then(function (file) {
        return css.replace(/url\("?[^")]+"?\)/, 'url(data:font/woff2;base64,' + base64(file) + ')');
      });
    })).then(function (all) { return all.join('\n'); });
    return faces;
  }

  function element(name, attributes, text) {
    var made = document.createElementNS(NS, name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text !== undefined) { made.textContent = text; }
    return made;
  }

  function lines(text, size, weight) {
    var pen = document.createElement('canvas').getContext('2d'), out = [''];
    pen.font = weight + ' ' + size + 'px ' + FAMILY;
    text.split(' ').forEach(function (word) {
      var longer = (out[out.length - 1] + ' ' + word).trim();
      if (pen.measureText(longer).width > WIDTH - 2 * PAD && out[out.length - 1]) { out.push(word); } else { out[out.length - 1] = longer; }
    });
    return out;
  }

  // A sheet that is written from top to bottom.
  function Sheet(colours) {
    this.root = element('svg', {xmlns: NS, width: WIDTH});
    this.root.appendChild(element('rect', {width: '100%', height: '100%', fill: '#ffffff'}));
    this.y = PAD;
    this.colours = colours;
  }
  Sheet.prototype.write = function (text, size, weight, colour) {
    var sheet = this;
    if (!text) { return; }
    lines(text, size, weight).forEach(function (line) {
      sheet.y += size * 1.3;
      sheet.root.appendChild(element('text', {x: PAD, y: sheet.y - size * 0.3, fill: colour, 'font-family': FAMILY, 'font-size': size, 'font-weight': weight}, line));
    });
  };
  Sheet.prototype.legend = function (items) {
    var pen = document.createElement('canvas').getContext('2d'), x = PAD, sheet = this;
    pen.font = '400 15px ' + FAMILY;
    if (!items.length) { return; }
    this.y += 24;
    items.forEach(function (item) {
      var wide = 26 + pen.measureText(item.word).width + 20;
      if (x > PAD && x + wide > WIDTH - PAD) { x = PAD; sheet.y += 24; }
      sheet.root.appendChild(key(item.tone, x, sheet.y - 5, sheet.colours));
      sheet.root.appendChild(element('text', {x: x + 26, y: sheet.y, fill: sheet.colours.ink2, 'font-family': FAMILY, 'font-size': 15}, item.word));
      x += wide;
    });
  };

  // The legend's keys as css/site.css draws them; `y` is the middle.
  function key(tone, x, y, colours) {
    var step = (tone.match(/\bh([0-4])\b/) || [])[1], box = {x: x, y: y - 7, width: 18, height: 14, rx: 2};
    if (step) { return element('rect', Object.assign(box, {fill: colours.steps[step], stroke: colours.line})); }
    if (/dot/.test(tone)) { return element('circle', {cx: x + 9, cy: y, r: 6, fill: /peer/.test(tone) ? colours.peer : colours.lead}); }
    if (/pilot/.test(tone)) { return element('circle', {cx: x + 9, cy: y, r: 5, fill: '#ffffff', stroke: colours.ink, 'stroke-width': 2}); }
    if (/ring/.test(tone)) { return element('rect', Object.assign(box, {fill: 'none', stroke: colours.accent, 'stroke-width': 3})); }
    if (/tick/.test(tone)) { return element('rect', {x: x + 8, y: y - 8, width: 3, height: 16, fill: colours.ink2}); }
    if (/band/.test(tone)) { return element('rect', {x: x, y: y - 3.5, width: 18, height: 7, fill: colours.line}); }
    return element('rect', Object.assign(box, {fill: /lead/.test(tone) ? colours.lead : /peer/.test(tone) ? colours.peer : '#ffffff', stroke: colours.ink2}));
  }

  function colours() {
    return karnePlots.resolved({
      ink: '@ink', ink2: '@ink-2', ink3: '@ink-3', lead: '@lead', peer: '@peer', accent: '@accent', line: '@line-2',
      steps: ['@seq-1', '@seq-2', '@seq-3', '@seq-4', '@seq-5']
    }, 'light');
  }

  function sheet(section, block, plot, url) {
    var figure = JSON.parse(JSON.stringify(karnePlots.source(plot))), light = colours(), made = new Sheet(light), stamp = block.stamp;
    var ready = karnePlots.resolved({data: figure.data, layout: figure.layout}, 'light'), box = plot.getBoundingClientRect();
    var across = WIDTH - 2 * PAD;
    // A chart without a height of its own (a map) keeps the shape it has on the page.
    var tall = ready.layout.height || Math.round(across * box.height / box.width);
    Object.assign(ready.layout, {width: across, height: tall, autosize: false, paper_bgcolor: '#ffffff', plot_bgcolor: '#ffffff'});
    made.write(stamp.headline || stamp.title, 24, 600, light.ink);
    made.y += 4;
    made.write(stamp.measure, 17, 400, light.ink2);
    made.y += 16;
    return Plotly.toImage({data: ready.data, layout: ready.layout}, {format: 'svg', width: across, height: tall, imageDataOnly: true}).then(function (svg) {
      var drawn = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
      drawn.setAttribute('x', PAD);
      drawn.setAttribute('y', made.y);
      made.root.appendChild(drawn);
      made.y += tall;
      made.legend(Array.prototype.map.call(section.querySelectorAll('.legend li'), function (item) {
        return {tone: item.querySelector('.key').className, word: item.textContent.trim()};
      }));
      made.y += 16;
      made.write(stamp.source, 14, 400, light.ink2);
      made.write(stamp.site + ' · ' + location.host + url, 14, 400, light.ink2);
      return fontFaces();
    }).then(function (css) {
      var height = Math.ceil(made.y + PAD);
      made.root.setAttribute('height', height);
      made.root.setAttribute('viewBox', '0 0 ' + WIDTH + ' ' + height);
      made.root.insertBefore(element('style', {}, css), made.root.firstChild);
      return {height: height, blob: new Blob([new XMLSerializer().serializeToString(made.root)], {type: 'image/svg+xml'})};
    });
  }

  function painted(drawing) {
    return new Promise(function (done, fail) {
      var image = new Image(), source = URL.createObjectURL(drawing.blob);
      image.onerror = fail;
      image.onload = function () {
        var canvas = document.createElement('canvas');
        canvas.width = WIDTH * 2;
        canvas.height = drawing.height * 2;
        canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
        URL.revokeObjectURL(source);
        canvas.toBlob(done, 'image/png');
      };
      image.src = source;
    });
  }

  function save(blob, name) {
    var link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  document.addEventListener('click', function (event) {
    var button = event.target.closest && event.target.closest('button[data-image]');
    var payload = button && dash_clientside.karne.payload(), section = button && button.closest('section');
    var plot = section && section.querySelector('.js-plotly-plot');
    var block = payload && payload.blocks.filter(function (one) { return one.id === button.dataset.block; })[0];
    if (!block || !plot || !karnePlots.source(plot)) { return; }
    var name = ('kent-karnesi' + payload.url).replace(/[^a-z0-9]+/gi, '-').replace(/-+$/, '') + '-' + block.id + '.' + button.dataset.image;
    sheet(section, block, plot, payload.url).then(function (drawing) {
      return button.dataset.image === 'svg' ? drawing.blob : painted(drawing);
    }).then(function (blob) { save(blob, name); });
  });
})();
