// Base-map layers are never used; empty ones stop plotly from fetching them from outside.
(function () {
  var none = {type: 'GeometryCollection', geometries: []}, layers = {}, topologies = {};
  ['coastlines', 'land', 'ocean', 'lakes', 'rivers', 'countries', 'subunits'].forEach(function (name) { layers[name] = none; });
  ['world', 'europe', 'asia'].forEach(function (scope) {
    ['110m', '50m'].forEach(function (scale) { topologies[scope + '_' + scale] = {type: 'Topology', objects: layers, arcs: []}; });
  });
  window.PlotlyGeoAssets = {topojson: topologies};
})();
