// A soft link with a fragment brings the block it names into view and hands it the focus, once it has changed.
document.addEventListener('click', function (event) {
  var link = event.target.closest && event.target.closest('a[data-soft][href*="#"]');
  var block = link && link.hash && document.querySelector('#react-entry-point ' + link.hash);
  if (!block || event.ctrlKey || event.metaKey || event.shiftKey || event.button) { return; }
  var watch = new MutationObserver(function () {
    watch.disconnect();
    var head = block.querySelector('h2');
    var calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    block.scrollIntoView({block: 'start', behavior: calm ? 'auto' : 'smooth'});
    if (head) { head.tabIndex = -1; head.focus({preventScroll: true}); }
  });
  watch.observe(block, {childList: true, subtree: true});
});
