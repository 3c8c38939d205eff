// The same calls at the same rates as Qps10k, for k6: one scenario for each service.
// With PARSING=true each answer is read as JSON, too.
import http from 'k6/http';
import { check } from 'k6';
import { SharedArray } from 'k6/data';

const plan = JSON.parse(open(__ENV.PLAN));
const parsing = __ENV.PARSING === 'true';
const services = Object.keys(plan.services);
const rate = services.reduce((sum, service) => sum + plan.services[service].rate, 0);
const calls = {};
services.forEach((service) => {
  calls[service] = new SharedArray(service, () => JSON.parse(open(plan.services[service].calls)));
});

export const options = {
  discardResponseBodies: false,
  summaryTrendStats: ['med', 'p(99)'],
  scenarios: Object.fromEntries(services.map((service) => [service, {
    executor: 'ramping-arrival-rate',
    exec: 'call',
    env: { SERVICE: service },
    startRate: 0,
    timeUnit: '1s',
    preAllocatedVUs: Math.ceil((plan.users * plan.services[service].rate) / rate),
    stages: [
      { target: plan.services[service].rate, duration: `${plan.rampSeconds}s` },
      { target: plan.services[service].rate, duration: `${plan.holdSeconds}s` },
    ],
  }])),
};

let next = Math.floor(Math.random() * 1000000);

export function call() {
  const mine = calls[__ENV.SERVICE];
  const one = mine[next++ % mine.length];
  const answer = http.request(one.method, one.url, one.body, { headers: { 'Content-Type': 'application/json' } });
  check(answer, {
    status: (a) => a.status === one.status,
    content: (a) => (!parsing || a.json() !== undefined) && one.contains.every((piece) => a.body.includes(piece)),
  });
}
