(function () {
  const $ = id => document.getElementById(id);
  const number = (value, digits = 0) => value == null ? '–' : value.toLocaleString('en', { maximumFractionDigits: digits });
  const clock = s => Math.floor(s / 60) + ':' + String(Math.floor(s % 60)).padStart(2, '0');
  const percent = (part, whole) => whole ? number(100 * part / whole, 3) + ' %' : '–';
  const seconds = [], columns = {};
  let plan, charts, ended = false;

  // Whatever a server has answered is text, and never markup.
  const rows = (id, lines) => {
    const body = $(id).querySelector('tbody');
    body.replaceChildren(...lines.map(({ cells, bad, worst = cells.length - 1 }) => {
      const row = document.createElement('tr');
      cells.forEach((text, i) => {
        const cell = document.createElement('td');
        cell.textContent = text;
        if (i > 0) cell.className = bad && i === worst ? 'n bad' : 'n';
        row.append(cell);
      });
      return row;
    }));
  };
  const add = row => {
    if (seconds.length && row.second <= seconds[seconds.length - 1]) return;
    seconds.push(row.second);
    Object.entries(row.services).forEach(([name, values]) => {
      columns[name] = columns[name] || values.map(() => []);
      values.forEach((value, i) => columns[name][i].push(value));
    });
  };
  const RATE = 3;
  const draw = () => Object.entries(charts).forEach(([name, [rate, latency]]) => {
    rate.show(seconds, ...columns[name].slice(0, RATE));
    latency.show(seconds, ...columns[name].slice(RATE));
  });
  const chartsOf = (name, options) => {
    const target = plan.targets[name];
    const service = { name, targets: target ? { p95: target.p95Ms } : {} };
    ['planned', 'started', 'failed', 'p50', 'p95', 'p99'].forEach((column, i) => { service[column] = columns[name][i]; });
    return name === 'all' ? Charts.pair($('load'), $('latency'), service, options) : Charts.card(service, options);
  };
  const searched = levels => {
    $('search').hidden = !levels || levels.length === 0;
    rows('levels', (levels || []).map(level => ({
      bad: !level.held && !level.undecided,
      cells: [clock(level.startSecond), number(level.rps), level.held ? (level.confirms ? 'proved' : 'not refuted') : level.why]
    })));
  };

  const shown = (figure, value) => {
    const unit = plan.inBytes[figure.replace(/-limit$/, '')];
    return unit && value != null ? number(value / 1048576, 1) + ' ' + unit : number(value, 2);
  };

  const show = tick => {
    const all = tick.all, now = all.now, soFar = all.soFar;
    if (!ended) $('status').textContent = tick.phase || 'ending';
    $('progress').value = Math.min(1, (tick.second + 1) / tick.ofSeconds);
    $('clock').textContent = clock(tick.second + 1) + ' of ' + clock(tick.ofSeconds) + ', ' + clock(Math.max(0, tick.ofSeconds - tick.second - 1)) + ' left';
    $('rps').textContent = number(all.rps);
    $('planned').textContent = 'of ' + number(all.plannedRps) + ' planned';
    $('users').textContent = number(tick.users);
    $('plannedUsers').textContent = tick.plannedUsers ? 'of ' + number(tick.plannedUsers) + ' planned' : '';
    $('p95').textContent = number(now.p95Ms) + ' ms';
    $('others').textContent = 'p50 ' + number(now.p50Ms) + ', p99 ' + number(now.p99Ms);
    $('errors').textContent = percent(soFar.failed, soFar.answered);
    $('failed').textContent = number(soFar.failed) + ' of ' + number(soFar.answered);
    $('inFlight').textContent = number(tick.inFlight);
    $('shed').textContent = number(tick.shed) + ' shed';
    $('cpu').textContent = number(100 * tick.generator.processCpu) + ' % CPU';
    $('pause').textContent = 'longest pause ' + number(tick.generator.maxPauseMs) + ' ms, ' + number(tick.generator.openFiles) + ' files';
    rows('services', Object.entries(tick.services).map(([name, flow]) => {
      const target = plan.targets[name], f = flow.soFar;
      return {
        worst: f.p95Ms >= target.p95Ms ? 4 : 7,
        bad: f.p95Ms >= target.p95Ms || f.failed > 0 && f.failed / f.answered >= target.errorRate,
        cells: [name, number(flow.rps), number(flow.plannedRps), number(flow.now.p95Ms), number(f.p95Ms), '< ' + number(target.p95Ms), number(f.p99Ms), percent(f.failed, f.answered), '< ' + number(100 * target.errorRate, 3) + ' %']
      };
    }));
    rows('operations', Object.entries(tick.operations).map(([name, f]) => ({ bad: f.failed > 0, worst: 2, cells: [name, number(f.answered), number(f.failed), number(f.p50Ms), number(f.p95Ms), number(f.p99Ms)] })));
    $('injectors').hidden = tick.injectors.length === 0;
    rows('each', tick.injectors.map(one => ({
      bad: one.silent,
      cells: [one.index, number(one.rps), number(one.users), number(one.shed), number(100 * one.cpu) + ' %', number(one.maxPauseMs) + ' ms', one.second < 0 ? 'never' : clock(one.second + 1) + (one.silent ? ', silent since' : '')]
    })));
    const figures = [...new Set(Object.values(tick.resources).flatMap(r => Object.keys(r)))].filter(figure => figure !== 'process-start').sort();
    rows('resources', figures.length === 0 ? [] : [{ cells: [''].concat(Object.keys(tick.resources)) }].concat(figures.map(figure => ({
      cells: [figure].concat(Object.values(tick.resources).map(r => shown(figure, r[figure])))
    }))));
    rows('failures', tick.failures.slice().reverse().map(f => ({ cells: [f.operation + ': ' + f.what, clock(f.atMs / 1000)] })));
  };

  const judged = verdict => {
    ended = true;
    $('head').className = verdict.status;
    const whose = plan.injectors > 1 ? ' for injector ' + plan.injector + ' alone; kcp merge judges all of them' : '';
    $('status').textContent = verdict.status + whose;
    $('reasons').replaceChildren(...verdict.reasons.map(reason => {
      const item = document.createElement('li');
      item.textContent = reason;
      return item;
    }));
    // The server goes with the run: the report is kept in the page.
    fetch('/report').then(answer => answer.blob()).then(blob => {
      const item = document.createElement('li'), link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.textContent = 'the report';
      item.append(link, ', also at ' + verdict.report);
      $('reasons').append(item);
    }).catch(() => { $('status').textContent = verdict.status + whose + ' (the report is at ' + verdict.report + ')'; });
  };

  fetch('/history').then(answer => answer.json()).then(past => {
    plan = past.plan;
    past.rows.forEach(add);
    const happened = { phases: plan.phases.map(phase => ({ from: phase.startSecond })) };
    const names = ['all'].concat(Object.keys(plan.targets));
    names.forEach(name => { columns[name] = columns[name] || [[], [], [], [], [], []]; });
    charts = Object.fromEntries(names.map(name => [name, chartsOf(name, { x: seconds, happened })]));
    if (past.tick) show(past.tick);
    searched(past.search);
    const events = new EventSource('/events');
    events.addEventListener('tick', event => {
      const data = JSON.parse(event.data);
      add(data.row);
      draw();
      show(data.tick);
      searched(data.search);
    });
    events.addEventListener('verdict', event => { events.close(); judged(JSON.parse(event.data)); });
    // Gone for good when the run has ended: asking again and again would fill the console.
    events.onerror = () => { if (!ended && events.readyState === EventSource.CLOSED) $('status').textContent = 'the run has ended'; };
  });
})();
