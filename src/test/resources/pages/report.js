(function () {
  const starts = PHASES.map(([start]) => start);
  Charts.load(SERIES, starts);
  Charts.latency(SERIES, starts);
  RESOURCES.forEach(figure => Charts.lines(figure.id, figure.label, figure.services, figure.columns, starts));
})();
