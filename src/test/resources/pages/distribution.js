// How response times are spread: over time as a heat map, and over all calls by percentile.
const Distribution = (function () {
  const CLASSES = 17;
  const from = i => i === 0 ? '0' : i < 11 ? String(2 ** (i - 1)) : 2 ** (i - 11) + ' k';
  const shade = share => 'hsl(' + (220 - 200 * share) + ' 75% ' + (Charts.color('dark') ? 25 + 40 * share : 90 - 45 * share) + '%)';

  const heat = (place, of, whole) => {
    const draw = u => {
      const { cells, step } = of().heat, { ctx } = u;
      const most = Math.log1p(Math.max(1, ...cells.map(cell => Math.max(...cell))));
      ctx.save();
      ctx.beginPath();
      ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
      ctx.clip();
      cells.forEach((cell, column) => cell.forEach((count, i) => {
        if (count === 0) return;
        const left = u.valToPos(column * step, 'x', true), right = u.valToPos((column + 1) * step, 'x', true);
        const top = u.valToPos(i + 1, 'y', true), bottom = u.valToPos(i, 'y', true);
        ctx.fillStyle = shade(Math.log1p(count) / most);
        ctx.fillRect(left, top, Math.max(1, right - left), bottom - top);
      }));
      ctx.restore();
    };
    const one = Charts.plot(place, {
      name: 'Heat map: how many calls took how long, over time. The percentiles by phase are in the table of phases.',
      height: 260, whole,
      data: [whole, [null, null]],
      scales: { y: { range: [0, CLASSES] } },
      axes: [
        Object.assign(Charts.axis(), { values: (u, ticks) => ticks.map(Charts.clock) }),
        Object.assign(Charts.axis(), { label: 'ms', size: 60, splits: () => [...Array(CLASSES).keys()], values: (u, ticks) => ticks.map(from) })
      ],
      series: [{ label: 'time', value: (u, second) => second == null ? '–' : Charts.clock(second) }, { label: 'calls', show: true, value: () => '' }],
      hooks: { drawAxes: [draw] }
    });
    return { show: () => one.redraw() };
  };

  // By 1 / (1 - p): each step to the right is one nine more.
  const nines = percentile => 1 / (1 - percentile / 100);
  const named = { 1: '0', 2: '50 %', 10: '90 %', 20: '95 %', 100: '99 %', 1000: '99.9 %', 10000: '99.99 %', 100000: '99.999 %' };
  const curve = (place, of) => {
    const values = () => {
      const { curve, earlier, targets } = of();
      const x = [...new Set(curve.concat(...earlier.map(run => run.points)).map(point => point.percentile))].sort((a, b) => a - b);
      const at = points => x.map(p => (points.find(point => point.percentile === p) || { ms: null }).ms);
      return [
        x.map(nines), at(curve),
        x.map(p => targets['p' + Math.round(p)] && Number.isInteger(p) ? targets['p' + p] : null),
        ...earlier.map(run => at(run.points))
      ];
    };
    const value = (u, ms) => ms == null ? '–' : ms + ' ms';
    const one = Charts.plot(place, {
      name: 'Response time by percentile. The percentiles are in the table of services and operations.',
      height: 260, data: values(),
      scales: { x: { time: false, distr: 3, log: 10 } },
      axes: [
        Object.assign(Charts.axis(), { splits: () => Object.keys(named).map(Number), values: (u, ticks) => ticks.map(tick => named[tick] || ''), label: 'percentile' }),
        Object.assign(Charts.axis(), { label: 'ms', size: 60 })
      ],
      series: [
        { label: 'percentile', value: (u, x) => x == null ? '–' : +(100 - 100 / x).toFixed(4) + ' %' },
        { label: 'this run', stroke: Charts.line(0), width: 2, value },
        { label: 'limit', stroke: Charts.color('fail'), paths: () => null, points: { show: true, size: 10, fill: Charts.color('fail') }, value },
        ...of().earlier.map((run, i) => ({ label: run.name, stroke: Charts.line(1 + i % 5), width: i === 0 ? 2 : 1, dash: i < 5 ? [6, 4] : [2, 3], value }))
      ]
    });
    return { show: () => one.setData(values()) };
  };
  return { heat, curve };
})();
