// The one plotly.js bundle: the traces our charts use and the Turkish locale, nothing else.
const Plotly = require('plotly.js/lib/core'); // brings scatter

Plotly.register([
  require('plotly.js/lib/bar'),
  require('plotly.js/lib/choropleth'),
  require('plotly.js/lib/scattergeo'),
  require('plotly.js/lib/treemap'),
  require('plotly.js/lib/locales/tr'),
]);

module.exports = Plotly;
