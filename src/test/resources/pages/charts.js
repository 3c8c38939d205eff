// Charts over the seconds of a run: shared by the report and the live page.
const Charts = (function () {
  const css = getComputedStyle(document.documentElement);
  const color = name => css.getPropertyValue('--' + name).trim();
  const line = i => color('line-' + (i % 6 + 1));
  const axis = () => ({ stroke: color('text'), grid: { stroke: color('line'), width: 1 }, ticks: { stroke: color('line') } });
  const clock = s => Math.floor(s / 60) + ':' + String(Math.floor(s % 60)).padStart(2, '0');
  // Whole seconds, minutes and hours: a label twice would say nothing.
  const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400];
  const short = n => n >= 1e6 ? n / 1e6 + ' M' : n >= 1e4 ? n / 1e3 + ' k' : String(n);
  const sync = uPlot.sync('run');
  const plots = [];
  let zoomed = null;

  const show = (from, to) => plots.forEach(plot => plot.setScale('x', { min: from, max: to }));
  const zoom = (from, to) => { zoomed = [from, to]; show(from, to); };
  const whole = () => { zoomed = null; show(...plots[0].whole); };

  // One chart after the other: a page with many opens before all are drawn.
  const waiting = [];
  const drawNext = () => {
    if (waiting.length) waiting.shift()();
    if (waiting.length) setTimeout(drawNext);
  };
  const drawAll = () => { while (waiting.length) waiting.shift()(); };
  const later = draw => { if (waiting.push(draw) === 1) setTimeout(drawNext); };
  addEventListener('beforeprint', drawAll);

  // Phases, findings, stops, pauses and scrapes, where they happened.
  const drawn = ({ phases = [], marks = [], scrapes = [] }) => u => {
    const { ctx, bbox } = u, end = bbox.top + bbox.height;
    const x = second => Math.round(u.valToPos(second, 'x', true)) + 0.5;
    const vertical = (second, stroke, dash, from = bbox.top) => {
      ctx.strokeStyle = stroke;
      ctx.setLineDash(dash);
      ctx.beginPath();
      ctx.moveTo(x(second), from);
      ctx.lineTo(x(second), end);
      ctx.stroke();
    };
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    phases.forEach(phase => vertical(phase.from, color('soft'), [4, 4]));
    scrapes.forEach(second => vertical(second, color('soft'), [], end - 5));
    marks.forEach(mark => {
      if (mark.kind === 'finding') {
        ctx.fillStyle = color('band');
        ctx.fillRect(x(mark.from), bbox.top, Math.max(2, x(mark.to + 1) - x(mark.from)), bbox.height);
        vertical(mark.from, color('fail'), []);
      } else if (mark.kind === 'stop') {
        ctx.lineWidth = 3;
        vertical(mark.from, color('fail'), []);
        ctx.lineWidth = 1;
      } else {
        ctx.fillStyle = color('invalid');
        ctx.fillRect(x(mark.from) - 2, bbox.top, 5, 8);
      }
    });
    ctx.restore();
  };

  const plot = (place, { data, series, axes, scales, height = 200, whole, hooks = {}, name }) => {
    const size = () => ({ width: Math.max(200, place.clientWidth), height: place.closest('.large') ? 360 : height });
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', name);
    const one = new uPlot(Object.assign(size(), {
      scales: Object.assign({ x: { time: false } }, scales),
      cursor: whole ? {
        sync: { key: sync.key, filters: { pub: type => type === 'mousemove' || type === 'mouseleave' } },
        drag: { setScale: false },
        bind: { dblclick: () => () => Charts.whole() }
      } : {},
      hooks: Object.assign(whole ? {
        setSelect: [u => {
          if (u.select.width < 5) return;
          const [from, to] = [u.select.left, u.select.left + u.select.width].map(left => u.posToVal(left, 'x'));
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          zoom(from, to);
        }]
      } : {}, hooks),
      axes, series
    }), data, place);
    new ResizeObserver(() => one.setSize(size())).observe(place);
    if (whole) {
      one.whole = whole;
      const [min, max] = zoomed || whole;
      one.setScale('x', { min, max });
      plots.push(one);
    }
    return one;
  };

  const ends = seconds => [seconds[0] || 0, seconds[seconds.length - 1] || 1];
  // lines: label, values, and what uPlot knows of a series; limits: label and value of a horizontal line.
  const time = (place, { name, unit, x, lines, limits = [], height, happened = {}, whole }) => {
    const flat = limits.map(limit => ({ label: limit.label, level: limit.value, stroke: color('soft'), dash: [2, 4] }));
    const all = lines.concat(flat);
    const data = lists => [lists[0]].concat(all.map((line, i) => line.level ? lists[0].map(() => line.level) : lists[i + 1] || line.values));
    const one = plot(place, {
      name, height,
      whole: whole || ends(x),
      data: data([x]),
      axes: [Object.assign(axis(), { incrs: SECONDS, values: (u, ticks) => ticks.map(clock) }), Object.assign(axis(), { label: unit, size: 60, values: (u, ticks) => ticks.map(short) })],
      series: [{ label: 'time', value: (u, second) => second == null ? '–' : clock(second) }].concat(all.map(({ values, level, ...line }) => Object.assign({ width: 1.5 }, line))),
      hooks: { drawClear: [drawn(happened)] }
    });
    return {
      show: (seconds, ...values) => {
        one.whole = ends(seconds);
        one.setData(data([seconds, ...values]), !zoomed);
      }
    };
  };

  const RATE = values => [
    { label: 'planned', values: values.planned, stroke: color('soft'), dash: [6, 4] },
    { label: 'started', values: values.started, stroke: line(0), width: 2 },
    { label: 'failed', values: values.failed, stroke: line(1), width: 2 }
  ];
  const LATENCY = values => [
    { label: 'p50', values: values.p50, stroke: line(2) },
    { label: 'p95', values: values.p95, stroke: line(3), width: 2 },
    { label: 'p99', values: values.p99, stroke: line(1) }
  ];
  // A service twice: how much was asked of it, and how long it took.
  const pair = (rate, latency, service, { x, height, happened }) => {
    const name = service.name === 'all' ? 'All services' : service.name;
    const limits = Object.entries(service.targets || {}).map(([label, value]) => ({ label: label + ' limit', value }));
    return [
      time(rate, { name: name + ': requests per second over time', unit: 'req/s', x, height, happened, lines: RATE(service) }),
      time(latency, { name: name + ': response time over time', unit: 'ms', x, height, happened, limits, lines: LATENCY(service) })
    ];
  };
  // A service in a frame of its own, small beside the others until it is made large.
  const card = (service, options) => {
    const { happened } = options, own = mark => !mark.service || mark.service === service.name;
    const make = (tag, parent) => parent.appendChild(document.createElement(tag));
    const frame = make('article', document.getElementById('multiples'));
    make('h3', frame).textContent = service.name;
    const open = make('button', frame);
    open.type = 'button';
    open.textContent = 'Large';
    open.setAttribute('aria-expanded', 'false');
    open.setAttribute('aria-label', 'Show ' + service.name + ' large');
    open.addEventListener('click', () => open.setAttribute('aria-expanded', String(frame.classList.toggle('large'))));
    return pair(make('div', frame), make('div', frame), service, Object.assign({ height: 170 }, options, { happened: Object.assign({}, happened, { marks: (happened.marks || []).filter(own) }) }));
  };
  const shown = () => plots.map(plot => [plot.scales.x.min, plot.scales.x.max]);
  return { later, drawAll, waiting: () => waiting.length, shown, ends, pair, card, time, plot, zoom, whole, axis, clock, color, line };
})();
