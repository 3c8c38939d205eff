// Tables that sort by a click on a column's head, and can be copied or kept as CSV.
(function () {
  const text = cell => cell.textContent.trim();
  const number = cell => parseFloat(text(cell).replace(/,/g, ''));
  const compare = (a, b) => {
    const [x, y] = [number(a), number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? text(a).localeCompare(text(b)) : x - y;
  };
  const rowsOf = table => [...table.rows].map(row => [...row.cells].map(text));
  // A spreadsheet takes a cell that begins like this for a formula.
  const harmless = value => /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? "'" + value : value;
  const csv = rows => rows.map(row => row.map(value => '"' + harmless(String(value ?? '')).replace(/"/g, '""') + '"').join(',')).join('\r\n') + '\r\n';
  const keep = (name, rows) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([csv(rows)], { type: 'text/csv' }));
    link.download = name + '.csv';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const button = (words, action) => {
    const one = document.createElement('button');
    one.type = 'button';
    one.textContent = words;
    one.addEventListener('click', () => action(one));
    return one;
  };
  const sortable = table => [...table.tHead.rows[0].cells].forEach((head, column) => {
    const label = text(head);
    head.scope = 'col';
    head.replaceChildren(button(label, () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      [...table.tHead.rows[0].cells].forEach(other => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const rows = [...table.tBodies[0].rows].sort((a, b) => compare(a.cells[column], b.cells[column]));
      table.tBodies[0].append(...(down ? rows.reverse() : rows));
    }));
  });
  document.querySelectorAll('table[id]').forEach(table => {
    sortable(table);
    const tools = document.createElement('p');
    tools.className = 'tools';
    tools.append(
      button('Copy', one => navigator.clipboard.writeText(rowsOf(table).map(row => row.join('\t')).join('\n'))
        .then(() => { one.textContent = 'Copied'; }, () => { one.textContent = 'The browser does not let a page copy'; })),
      button('CSV', () => keep(table.id, rowsOf(table))));
    table.parentElement.after(tools);
  });
  window.Tables = { csv, keep, rows: rowsOf };
})();
