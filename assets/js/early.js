// Draws the first chart from the figure that came with the HTML, before Dash is there.
(function () {
  if (!window.Plotly) { return; }
  document.querySelectorAll('script[data-figure]').forEach(function (script) {
    var place = document.querySelector('#first [data-early="' + script.dataset.figure + '"]');
    if (!place) { return; }
    var figure = JSON.parse(script.textContent);
    window.karneFirstChart = Plotly.newPlot(place, figure.data, figure.layout, {
      displayModeBar: false, responsive: true, showSendToCloud: false, plotlyServerURL: '', locale: document.documentElement.lang
    });
  });
})();
