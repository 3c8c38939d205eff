(function () {
  const day = second => new Date(second * 1000).toISOString().slice(0, 10);
  const minute = second => new Date(second * 1000).toISOString().slice(11, 16);
  // A date has the room that it needs, and is not there twice: of runs within one day the times are shown.
  const dates = {
    space: 90,
    values: (u, ticks) => ticks.map((tick, i) => i > 0 && day(tick) === day(ticks[i - 1]) ? minute(tick) : day(tick))
  };
  document.querySelectorAll('.kind').forEach((section, index) => {
    const kind = KINDS[index];
    kind.figures.forEach(figure => {
      const place = section.querySelector('.charts').appendChild(document.createElement('div'));
      const names = Object.keys(figure.lines);
      const span = [kind.times[0], kind.times[kind.times.length - 1]];
      // A red line where a level changed.
      const changes = u => {
        u.ctx.save();
        u.ctx.strokeStyle = Charts.color('fail');
        figure.changes.forEach(second => {
          const x = Math.round(u.valToPos(second, 'x', true)) + 0.5;
          u.ctx.beginPath();
          u.ctx.moveTo(x, u.bbox.top);
          u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
          u.ctx.stroke();
        });
        u.ctx.restore();
      };
      const scales = span[0] === span[1] ? { x: { time: false, range: [span[0] - 43200, span[1] + 43200] } } : {};
      Charts.plot(place, {
        name: figure.name + ' by run, for ' + names.join(', ') + (figure.changes.length ? '; it changed on ' + figure.changes.map(day).join(', ') : ''),
        data: [kind.times].concat(names.map(name => figure.lines[name])),
        scales,
        axes: [
          Object.assign(Charts.axis(), dates),
          Object.assign(Charts.axis(), { label: figure.name + ' ' + figure.unit, size: 70 })
        ],
        series: [{ label: 'run (UTC)', value: (u, second) => second == null ? '–' : day(second) + ' ' + minute(second) }].concat(names.map((name, i) =>
          ({ label: name, stroke: Charts.line(i), width: 2, points: { show: true }, value: (u, value) => value == null ? '–' : +value.toPrecision(4) }))),
        hooks: { drawClear: [changes] }
      });
    });
  });
})();
