(function () {
  const css = getComputedStyle(document.documentElement);
  const color = name => css.getPropertyValue(name).trim();
  const line = i => color('--line-' + (i % 6 + 1));
  const axis = () => ({ stroke: color('--text'), grid: { stroke: color('--line'), width: 1 }, ticks: { stroke: color('--line') } });
  document.querySelectorAll('.kind').forEach((section, index) => {
    const kind = KINDS[index];
    const place = section.querySelector('.charts');
    kind.figures.forEach(figure => {
      const options = {
        width: place.clientWidth, height: 200,
        axes: [axis(), Object.assign(axis(), { label: figure.name + ' ' + figure.unit, size: 70 })],
        series: [{ label: 'run' }].concat(kind.services.map((service, i) =>
          ({ label: service, stroke: line(i), width: 2, points: { show: true } })))
      };
      const plot = new uPlot(options, [kind.times].concat(figure.lines), place);
      addEventListener('resize', () => plot.setSize({ width: place.clientWidth, height: 200 }));
    });
  });
})();
