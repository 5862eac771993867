// Runs before any script of a page, the product's or the reference's: notes when what is drawn is there, and
// holds what the measurements do in a page. An animation frame comes right before a paint, and not while a
// style sheet holds the paint back, so a thing first seen in one is painted then.
(() => {
  const APP = '#react-entry-point', HEADS = `${APP} [data-slot$="-head"]`;
  const TRACE = '.main-svg .trace path, .main-svg .hm image', PATIENCE = 8000;
  const shown = (element) => element.getClientRects().length > 0;
  const seen = {};

  // What stands in the document when a frame begins is on the screen when the task after that frame runs.
  const after = (then) => { const line = new MessageChannel(); line.port1.onmessage = then; line.port2.postMessage(0); };
  const note = (what) => { if (!(what in seen)) { seen[what] = null; after(() => { seen[what] = performance.now(); }); } };
  const look = () => {
    if (document.querySelector('table.twin tbody tr td')) { note('table'); }
    if ([...document.querySelectorAll(TRACE)].some(shown)) { note('chart'); } else { requestAnimationFrame(look); }
  };
  requestAnimationFrame(look);

  function load() {
    const blocking = performance.getEntriesByType('resource').filter((one) => one.renderBlockingStatus === 'blocking');
    return {...seen, blocking: blocking.map((one) => one.name)};
  }

  // Everything in the traces of a plot, as words: two plots with the same signature show the same.
  function sign(plot) {
    return JSON.stringify(plot.data, (key, value) => (key === 'uid' || key.startsWith('_') ? undefined : value));
  }
  const blockOf = (plot) => plot.closest('.plot').dataset.block || plot.id;
  const plots = () => [...document.querySelectorAll('.js-plotly-plot')].filter((plot) => plot.on && !plot.closest('#first'));

  // What a static page needs to draw what this page draws now.
  function figures() {
    return plots().filter(shown).map((plot) => {
      const place = plot.closest('.plot'), {data, layout} = karnePlots.source(plot);
      const figure = karnePlots.resolved(JSON.parse(JSON.stringify({data, layout})));
      return {id: blockOf(plot), width: place.clientWidth, height: place.clientHeight, sign: sign(plot), figure};
    });
  }
  const headline = () => [...document.querySelectorAll(HEADS)].map((slot) => slot.textContent).join('|');

  let wanted = null, last = 0;
  const watched = new WeakSet();
  function watch() {
    plots().filter((plot) => !watched.has(plot)).forEach((plot) => {
      watched.add(plot);
      plot.on('plotly_afterplot', () => {
        const now = performance.now(), id = blockOf(plot);
        last = now;
        if (wanted && !(id in wanted.done) && wanted.signs[id] === sign(plot)) { wanted.done[id] = now; }
      });
    });
  }
  // When each plot was first painted with the traces it must show; `also` must hold by then too.
  function painted(signs, also) {
    wanted = {signs, done: {}};
    const end = performance.now() + PATIENCE;
    return new Promise((resolve, reject) => {
      (function poll() {
        const missing = Object.keys(signs).filter((id) => !(id in wanted.done));
        if (!missing.length && also()) { resolve(Object.values(wanted.done)); return; }
        if (performance.now() > end) { reject(new Error(`not repainted: ${missing}, said: ${also()}`)); return; }
        setTimeout(poll, 2);
      })();
    });
  }

  // Resolves when nothing has been painted for a while.
  function quiet() {
    watch();
    last = performance.now();
    return new Promise((resolve) => {
      (function poll() { if (performance.now() - last > 500) { resolve(); } else { setTimeout(poll, 50); } })();
    });
  }

  // A control as a visitor changes it.
  function choose(id, value) {
    const select = document.getElementById(id);
    select.value = value;
    ['input', 'change'].forEach((kind) => select.dispatchEvent(new Event(kind, {bubbles: true})));
  }

  // Milliseconds from the change until every chart and the headline are those of the new state.
  async function change([id, value, signs, said]) {
    watch();
    let spoken = 0;
    const slots = new MutationObserver(() => { if (!spoken && headline() === said) { spoken = performance.now(); } });
    document.querySelectorAll(HEADS).forEach((slot) => slots.observe(slot, {childList: true}));
    const start = performance.now(), done = painted(signs, () => headline() === said);
    choose(id, value);
    const ends = await done;
    slots.disconnect();
    return Math.max(spoken, ...ends) - start;
  }

  // Milliseconds a static page takes to repaint its charts from objects it already has.
  async function repaint([states]) {
    watch();
    const fresh = structuredClone(states.map((state) => state.figure));
    const signs = Object.fromEntries(states.map((state) => [state.id, state.sign]));
    const start = performance.now(), done = painted(signs, () => true);
    states.forEach((state, i) => {
      const place = document.getElementById(state.id);
      place.style.height = `${state.height}px`;
      Plotly.react(place, fresh[i].data, fresh[i].layout, {displayModeBar: false, responsive: true, locale: 'tr'});
    });
    return Math.max(...await done) - start;
  }

  function choices(id) {
    const select = document.getElementById(id);
    return [...select.options].filter((one) => one.value && !one.disabled && one.value !== select.value).map((one) => one.value);
  }

  window.bench = {seen, load, figures, headline, choose, choices, quiet, change, repaint};
})();
