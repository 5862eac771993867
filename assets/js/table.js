// Sorting of table twins: numbers by value, names by the Turkish alphabet (their stored key), missing
// values last in both directions.
(function () {
  function key(cell) {
    var raw = cell ? cell.dataset.v : '';
    if (raw === undefined || raw === '' || raw === 'None') { return null; }
    var number = Number(raw);
    return isNaN(number) ? raw : number;
  }
  function compare(a, b) {
    if (typeof a === 'number' && typeof b === 'number') { return a - b; }
    return String(a).localeCompare(String(b), 'tr');
  }
  document.addEventListener('click', function (event) {
    var button = event.target.closest && event.target.closest('button[data-sort]');
    if (!button) { return; }
    var head = button.closest('th'), table = head.closest('table'), body = table.tBodies[0];
    var column = Array.prototype.indexOf.call(head.parentNode.children, head);
    var ascending = head.getAttribute('aria-sort') === 'descending' || (!head.hasAttribute('aria-sort') && !head.classList.contains('num'));
    if (head.getAttribute('aria-sort') === 'ascending') { ascending = false; }
    Array.prototype.forEach.call(head.parentNode.children, function (other) { other.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
    var rows = Array.prototype.map.call(body.rows, function (row) { return {row: row, key: key(row.cells[column])}; });
    rows.sort(function (a, b) {
      if (a.key === null || b.key === null) { return (a.key === null) - (b.key === null); }
      return ascending ? compare(a.key, b.key) : compare(b.key, a.key);
    });
    rows.forEach(function (item) { body.appendChild(item.row); });
  });
})();
