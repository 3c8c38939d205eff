(function () {
  const css = getComputedStyle(document.documentElement);
  const color = name => css.getPropertyValue(name).trim();
  const lines = ['#1f77b4', '#d62728', '#2ca02c', '#ff7f0e', '#9467bd', '#8c564b'];
  const axis = () => ({ stroke: color('--text'), grid: { stroke: color('--line'), width: 1 }, ticks: { stroke: color('--line') } });
  document.querySelectorAll('.kind').forEach((section, index) => {
    const kind = KINDS[index];
    const place = section.querySelector('.charts');
    kind.figures.forEach(figure => {
      const options = {
        width: place.clientWidth, height: 200,
        axes: [axis(), Object.assign(axis(), { label: figure.name + ' ' + figure.unit, size: 70 })],
        series: [{ label: 'run' }].concat(kind.services.map((service, i) =>
          ({ label: service, stroke: lines[i % lines.length], width: 2, points: { show: true } })))
      };
      const plot = new uPlot(options, [kind.times].concat(figure.lines), place);
      addEventListener('resize', () => plot.setSize({ width: place.clientWidth, height: 200 }));
    });
  });
})();
