// Charts over the seconds of a run: shared by the report and the live page.
const Charts = (function () {
  const css = getComputedStyle(document.documentElement);
  const color = name => css.getPropertyValue(name).trim();
  const line = i => color('--line-' + (i % 6 + 1));
  const axis = () => ({ stroke: color('--text'), grid: { stroke: color('--line'), width: 1 }, ticks: { stroke: color('--line') } });
  const sync = uPlot.sync('run');
  const marks = phases => ({
    hooks: {
      drawClear: u => {
        const ctx = u.ctx;
        ctx.save();
        ctx.strokeStyle = color('--soft');
        ctx.setLineDash([4, 4]);
        phases.forEach(start => {
          const x = Math.round(u.valToPos(start, 'x', true)) + 0.5;
          if (x >= u.bbox.left && x <= u.bbox.left + u.bbox.width) {
            ctx.beginPath();
            ctx.moveTo(x, u.bbox.top);
            ctx.lineTo(x, u.bbox.top + u.bbox.height);
            ctx.stroke();
          }
        });
        ctx.restore();
      }
    }
  });
  // columns: second, planned, started, failed, users, p50, p95, p99
  const LOAD = [
    { column: 1, label: 'planned', stroke: () => color('--soft'), dash: [6, 4] },
    { column: 2, label: 'started', stroke: line(0), width: 2 },
    { column: 3, label: 'failed', stroke: line(1), width: 2 },
    { column: 4, label: 'users', stroke: line(4) }
  ];
  const LATENCY = [
    { column: 5, label: 'p50', stroke: line(2) },
    { column: 6, label: 'p95', stroke: line(3), width: 2 },
    { column: 7, label: 'p99', stroke: line(1) }
  ];
  const chart = (id, label, series, x, columns, phases) => {
    const place = document.getElementById(id);
    const options = {
      width: place.clientWidth, height: 220,
      scales: { x: { time: false } },
      cursor: { sync: { key: sync.key } },
      plugins: [marks(phases)],
      axes: [Object.assign(axis(), { values: (u, ticks) => ticks.map(t => t + ' s') }), Object.assign(axis(), { label, size: 70 })],
      series: [{ label: 'second' }].concat(series.map(({ column, ...line }) => line))
    };
    const data = columns => [columns[0]].concat(series.map(line => columns[line.column]));
    const plot = new uPlot(options, data(columns), place);
    addEventListener('resize', () => plot.setSize({ width: place.clientWidth, height: 220 }));
    return { show: columns => plot.setData(data(columns)) };
  };
  return {
    load: (columns, phases) => chart('load', 'req/s', LOAD, 0, columns, phases),
    latency: (columns, phases) => chart('latency', 'ms', LATENCY, 0, columns, phases),
    lines: (id, label, names, columns, phases) => chart(id, label, names.map((name, i) => ({ column: i + 1, label: name, stroke: line(i), width: 2, spanGaps: true })), 0, columns, phases)
  };
})();
