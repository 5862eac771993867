// Draws the figures of a static page; the base-map layers plotly would fetch are empty, as in the product.
(function () {
  var none = {type: 'GeometryCollection', geometries: []}, layers = {}, topologies = {};
  ['coastlines', 'land', 'ocean', 'lakes', 'rivers', 'countries', 'subunits'].forEach(function (name) { layers[name] = none; });
  ['world', 'europe', 'asia'].forEach(function (scope) {
    ['110m', '50m'].forEach(function (scale) { topologies[scope + '_' + scale] = {type: 'Topology', objects: layers, arcs: []}; });
  });
  window.PlotlyGeoAssets = {topojson: topologies};
  var figures = JSON.parse(document.getElementById('figures').textContent);
  Object.keys(figures).forEach(function (id) {
    Plotly.newPlot(id, figures[id].data, figures[id].layout, {displayModeBar: false, responsive: true, showSendToCloud: false, locale: 'tr'});
  });
})();
