(function () {
  const $ = id => document.getElementById(id);
  const { seconds, phases, marks, scrapes, services, errors, resources } = DATA;
  const happened = { phases, marks, scrapes };
  const x = seconds, whole = Charts.ends(x);

  // All of them large, then each service small beside the others.
  services.forEach(service => service.name === 'all'
    ? Charts.pair($('load'), $('latency'), service, { x, height: 220, happened })
    : Charts.later(() => Charts.card(service, { x, happened })));

  // Where time went: of all services, or of one.
  const subject = $('subject');
  services.forEach((service, i) => subject.append(new Option(service.name === 'all' ? 'All services' : service.name, i)));
  const chosen = () => services[subject.value || 0];
  const spread = [];
  Charts.later(() => spread.push(Distribution.heat($('heat'), chosen, whole)));
  Charts.later(() => spread.push(Distribution.curve($('curve'), chosen)));
  subject.addEventListener('change', () => spread.forEach(chart => chart.show()));

  if (errors.length) {
    const at = error => {
      const counts = new Map(error.bySecond);
      return x.map(second => counts.get(second) || 0);
    };
    Charts.later(() => Charts.time($('errorChart'), {
      name: 'Errors over time, by message', unit: 'calls', x, happened,
      lines: errors.map((error, i) => ({ label: '#' + (i + 1), values: at(error), stroke: Charts.line(i), width: 2 }))
    }));
  }
  resources.forEach(figure => Charts.later(() => Charts.time($(figure.id), {
    name: figure.label + ' over time, for ' + figure.services.join(', '), unit: figure.label, x: figure.columns[0], height: 170, happened, whole,
    lines: figure.services.map((name, i) => ({ label: name, values: figure.columns[i + 1], stroke: Charts.line(i), width: 2, spanGaps: true }))
  })));

  // What can be looked at more closely: phases and what happened.
  const zoom = $('zoom'), notable = marks.filter(mark => mark.kind !== 'pause');
  const spans = [null].concat(phases.map(p => [p.from, p.to]), notable.map(m => [Math.max(0, m.from - 10), m.to + 11]));
  ['The whole run'].concat(phases.map(p => p.name), notable.map(m => Charts.clock(m.from) + ' ' + m.label)).forEach((words, i) => zoom.append(new Option(words, i)));
  const look = span => span ? Charts.zoom(...span) : Charts.whole();
  zoom.addEventListener('change', () => look(spans[zoom.value]));
  document.querySelectorAll('button.look').forEach(button => button.addEventListener('click', () => {
    // What is drawn later would push the charts away from where the eye is led.
    Charts.drawAll();
    look([Math.max(0, button.dataset.from - 10), +button.dataset.to + 11]);
    $('charts').scrollIntoView();
    $('charts').focus();
  }));

  $('csv').addEventListener('click', () => {
    const columns = ['planned', 'started', 'failed', 'p50', 'p95', 'p99'];
    const rows = services.flatMap(service => x.map((second, i) => [service.name, second].concat(columns.map(column => service[column][i]))));
    Tables.keep('seconds', [['service', 'second'].concat(columns)].concat(rows));
  });
})();
