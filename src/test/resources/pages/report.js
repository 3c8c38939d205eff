(function () {
  const css = getComputedStyle(document.documentElement);
  const color = name => css.getPropertyValue(name).trim();
  const axis = () => ({ stroke: color('--text'), grid: { stroke: color('--line'), width: 1 }, ticks: { stroke: color('--line') } });
  const sync = uPlot.sync('run');
  const marks = {
    hooks: {
      drawClear: u => {
        const ctx = u.ctx;
        ctx.save();
        ctx.strokeStyle = color('--soft');
        ctx.setLineDash([4, 4]);
        PHASES.forEach(([start]) => {
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
  };
  const chart = (id, label, series, columns) => {
    const place = document.getElementById(id);
    const options = {
      width: place.clientWidth, height: 220,
      scales: { x: { time: false } },
      cursor: { sync: { key: sync.key } },
      plugins: [marks],
      axes: [Object.assign(axis(), { values: (u, ticks) => ticks.map(t => t + ' s') }), Object.assign(axis(), { label, size: 70 })],
      series: [{ label: 'second' }].concat(series)
    };
    const plot = new uPlot(options, [SERIES[0]].concat(columns.map(c => SERIES[c])), place);
    addEventListener('resize', () => plot.setSize({ width: place.clientWidth, height: 220 }));
  };
  chart('load', 'req/s', [
    { label: 'planned', stroke: color('--soft'), dash: [6, 4] },
    { label: 'started', stroke: '#1f77b4', width: 2 },
    { label: 'failed', stroke: '#d62728', width: 2 },
    { label: 'users', stroke: '#9467bd' }
  ], [1, 2, 3, 4]);
  chart('latency', 'ms', [
    { label: 'p50', stroke: '#2ca02c' },
    { label: 'p95', stroke: '#ff7f0e', width: 2 },
    { label: 'p99', stroke: '#d62728' }
  ], [5, 6, 7]);
})();
