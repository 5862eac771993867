// Theme, meeting screen, menu, copied links.
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
      if (window.karnePlots) { karnePlots.redraw(); }
    }
    if (target.dataset.copy) { copy(target); }
  });
})();
