// The map and its list are one: what is pointed at or focused in one is marked in the other, and a click
// on a province follows the link of its row. Works on whatever table has rows with data-place.
(function () {
  var HOT = 'is-hot';

  function row(place) {
    return document.querySelector('#react-entry-point tr[data-place="' + place + '"]');
  }
  function outlines(plot, place) {
    // plotly keeps each outline's location in the datum d3 leaves on the path.
    return Array.prototype.filter.call(plot.querySelectorAll('.choroplethlayer path'), function (path) {
      return path.__data__ && path.__data__.loc === place;
    });
  }
  function clear() {
    document.querySelectorAll('.hot-outline').forEach(function (copy) { copy.remove(); });
    document.querySelectorAll('.' + HOT).forEach(function (item) { item.classList.remove(HOT); });
  }
  // A copy of the outline above the layer: in its own place the neighbours would cover half of the line, and
  // plotly takes every path inside the layer for one of its own.
  function trace(path) {
    var copy = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    copy.setAttribute('d', path.getAttribute('d'));
    copy.setAttribute('class', 'hot-outline');
    path.closest('.choroplethlayer').parentNode.appendChild(copy);
  }
  function mark(section, place, reveal) {
    clear();
    var own = row(place), plot = section.querySelector('.js-plotly-plot');
    if (own) {
      own.classList.add(HOT);
      if (reveal) { show(own); }
    }
    if (plot) { outlines(plot, place).slice(0, 1).forEach(trace); }
  }
  function show(own) {
    // Scrolls the list, never the page.
    var box = own.closest('.scroll'), top = own.offsetTop - box.clientHeight / 2;
    if (box.scrollHeight > box.clientHeight) { box.scrollTop = Math.max(0, top); }
  }
  function placeOf(point) {
    var ids = point.data.meta && point.data.meta.ids;
    return ids ? ids[point.pointNumber] : '';
  }
  function wire(section) {
    var plot = section.querySelector('.js-plotly-plot');
    if (!plot || !plot.on || plot.dataset.linked) { return; }
    plot.dataset.linked = '1';
    plot.on('plotly_hover', function (event) { mark(section, placeOf(event.points[0]), true); });
    plot.on('plotly_unhover', clear);
    plot.on('plotly_click', function (event) {
      var own = row(placeOf(event.points[0])), link = own && own.querySelector('a');
      if (link) { link.click(); }
    });
  }

  ['mouseover', 'focusin'].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var own = event.target.closest && event.target.closest('#react-entry-point tr[data-place]');
      if (!own) { return; }
      var section = own.closest('section');
      wire(section);
      mark(section, own.dataset.place, false);
    });
  });
  ['mouseout', 'focusout'].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      if (event.target.closest && event.target.closest('tr[data-place]')) { clear(); }
    });
  });
  document.addEventListener('mouseover', function (event) {
    var section = event.target.closest && event.target.closest('#react-entry-point section');
    if (section && section.querySelector('tr[data-place]')) { wire(section); }
  });
  // Following a row's link replaces the list: the reader stays where he was in it.
  document.addEventListener('click', function (event) {
    var link = event.target.closest && event.target.closest('tr[data-place] a'), slot = link && link.closest('.slot');
    if (!slot) { return; }
    var place = link.closest('tr').dataset.place, at = link.closest('.scroll').scrollTop;
    var focused = document.activeElement === link;
    var watch = new MutationObserver(function () {
      var own = row(place);
      if (!own) { return; }
      own.closest('.scroll').scrollTop = at;
      if (focused && document.activeElement === document.body) { own.querySelector('a').focus({preventScroll: true}); }
    });
    watch.observe(slot, {childList: true});
    // More than one update may follow, since the control catches up with the link.
    setTimeout(function () { watch.disconnect(); }, 3000);
  });
  // Up and Down walk the list from link to link.
  document.addEventListener('keydown', function (event) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') { return; }
    var own = event.target.closest && event.target.closest('tr[data-place]');
    var next = own && (event.key === 'ArrowDown' ? own.nextElementSibling : own.previousElementSibling);
    var link = next && next.querySelector('a');
    if (link) { event.preventDefault(); link.focus(); }
  });
})();
