// Filters the findings, and tells the relations of the mark or the figure that was clicked. The page reads without it.
'use strict';
(() => {
  const form = document.querySelector('.filters');
  const cards = [...document.querySelectorAll('.finding')];

  const filter = () => {
    const wanted = new FormData(form);
    const severities = wanted.getAll('severity');
    const rule = wanted.get('rule');
    const text = wanted.get('text').trim().toLowerCase();
    let shown = 0;
    for (const card of cards) {
      const fits = severities.includes(card.dataset.severity)
        && (rule === '' || card.dataset.rule === rule)
        && (text === '' || card.textContent.toLowerCase().includes(text));
      card.hidden = !fits;
      shown += fits;
    }
    form.querySelector('output').textContent = `${shown} / ${cards.length}`;
  };
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  filter();

  const choose = (chapter, marks, cell) => {
    chapter.querySelectorAll('.chosen').forEach((old) => old.classList.remove('chosen'));
    [...marks, ...(cell ? [cell] : [])].forEach((one) => one.classList.add('chosen'));
    const told = chapter.querySelector('.told');
    told.textContent = marks.map((mark) => mark.title).join('\n');
    if (cell) told.scrollIntoView({ block: 'nearest' });
  };
  document.addEventListener('click', (event) => {
    const chapter = event.target.closest('.chapter');
    const cell = event.target.closest('.cells td[data-r]');
    if (cell) {
      const numbers = cell.dataset.r.split(' ').filter(Boolean);
      const marks = numbers.map((number) => chapter.querySelector(`.grid [data-n="${number}"]`));
      choose(chapter, marks.filter(Boolean), cell);
    } else if (event.target.matches('.grid [data-n]')) {
      choose(chapter, [event.target]);
      for (const other of chapter.querySelectorAll('.cells td[data-r]')) {
        if (other.dataset.r.split(' ').includes(event.target.dataset.n)) {
          other.classList.add('chosen');
          other.closest('details').open = true;
        }
      }
    }
  });

  // Paper has nothing to click on.
  let closed = [];
  addEventListener('beforeprint', () => {
    // Said twice without an end between: what the first one opened is not forgotten.
    closed.push(...document.querySelectorAll('details:not([open])'));
    closed.forEach((one) => { one.open = true; });
  });
  addEventListener('afterprint', () => {
    closed.forEach((one) => { one.open = false; });
    closed = [];
  });
})();
