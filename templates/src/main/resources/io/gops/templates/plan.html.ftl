<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Plan of ${release} in ${fleet} ${environment}</title>
<style>
:root { --page: #fff; --ink: #1f2933; --soft: #52606d; --line: #dfe3e8; --track: #f3f5f7; --a: #3e7cb1; --b: #d9822b; --wait: #c9d6e2; --act: #3e7cb1; --watch: #a9cbb0; --ask: #d9822b; --cut: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14191f; --ink: #e4e9ee; --soft: #9fb0c0; --line: #2b343e; --track: #1c232b; --a: #4a8fca; --b: #e08e3a; --wait: #33485b; --act: #4a8fca; --watch: #3f6b49; --ask: #e08e3a; --cut: #ff7a70; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 24px; font: 13px/1.45 ui-sans-serif, system-ui, sans-serif; color: var(--ink); background: var(--page); }
h1 { font-size: 20px; margin: 0 0 4px; }
h2 { font-size: 15px; margin: 28px 0 6px; }
p { margin: 0 0 8px; color: var(--soft); }
b { color: var(--ink); }
code { font-size: 12px; overflow-wrap: anywhere; }
svg { display: block; width: 100%; background: var(--track); }
svg text { font-size: 11px; fill: var(--soft); }
.grid { stroke: var(--line); stroke-width: 1; }
.act { fill: var(--act); } .wait { fill: var(--wait); } .watch { fill: var(--watch); } .ask { fill: var(--ask); } .cut { fill: var(--cut); }
.a { fill: var(--a); } .b { fill: var(--b); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; color: var(--soft); margin: 4px 0 8px; }
.legend i { display: inline-block; width: 14px; height: 11px; margin-right: 5px; vertical-align: -1px; }
#told { min-height: 38px; margin-top: 6px; color: var(--ink); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 3px 10px 3px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td:nth-child(3) { white-space: nowrap; font-variant-numeric: tabular-nums; }
#hosts { overflow-x: auto; }
#hosts td, #hosts th { padding: 0; border: 0; font-size: 11px; height: 13px; }
#hosts th { padding-right: 8px; font-weight: normal; color: var(--soft); white-space: nowrap; }
#hosts td { min-width: 5px; border-right: 1px solid var(--page); border-bottom: 1px solid var(--page); }
[hidden] { display: none !important; }
@media print { body { max-width: none; } }
</style>
</head>
<body>
<h1>Plan of <bdi>${release}</bdi>: <bdi>${goal}</bdi></h1>
<p><bdi>${fleet}</bdi> <bdi>${environment}</bdi>, ${groups} groups, ${steps} steps, about <b>${p50}</b>, at most <b>${p95}</b><#if window?has_content>, in window <bdi>${window}</bdi></#if>.
${moved} players change sides, about <b>${kickedP50}</b> are disconnected, at most <b>${kickedP95}</b>.
<br>Plan <code>${identity}</code>. Times are the expected ones, one step after the other, without nights and without waiting for people.</p>

<#if notes?has_content>
<h2>To know beforehand</h2>
<ul>
<#list notes as note>
<li><bdi>${note}</bdi></li>
</#list>
</ul>

</#if>
<h2>Steps in time</h2>
<div class="legend"><span><i style="background: var(--act)"></i>changes something</span><span><i style="background: var(--wait)"></i>players leave</span><span><i style="background: var(--watch)"></i>is watched</span><span><i style="background: var(--ask)"></i>a person is asked</span><span><i style="background: var(--cut)"></i>may disconnect players</span></div>
<div id="timeline"></div>
<div id="told" role="status">Point at a step, or walk through them with the tabulator.</div>

<section id="sides">
<h2>Players on each side</h2>
<div class="legend"><span><i style="background: var(--a)"></i>side A</span><span><i style="background: var(--b)"></i>side B</span></div>
<div id="players"></div>
</section>

<section id="fill">
<h2>How full hosts are</h2>
<p>Fullest resource of each host while each step runs, groups that move at the worst instant of their move. <span id="some"></span></p>
<div id="hosts"></div>
</section>

<h2>All steps</h2>
<table id="steps"><thead><tr><th>step</th><th>what happens</th><th>about</th><th>players</th></tr></thead><tbody></tbody></table>
<noscript><p>The pictures are drawn by a script in this file; runbook.md beside it has the steps in words.</p></noscript>
<script type="application/json" id="data">${data}</script>
<script>
'use strict';
const plan = JSON.parse(document.getElementById('data').textContent);
const byId = id => document.getElementById(id);

// Text of the plan only ever becomes the text of a node or of an attribute.
function element(parent, name, text, attributes) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  parent.append(made);
  return made;
}
function shape(parent, name, attributes, text) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (text) made.textContent = text;
  parent.append(made);
  return made;
}

const WIDTH = 1130, LEFT = 112, ROW = 24;
const end = Math.max(1, plan.end);
const x = second => LEFT + (WIDTH - LEFT - 8) * second / end;
const number = value => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
const clock = second => {
  const hours = Math.floor(second / 3600), minutes = Math.floor(second % 3600 / 60);
  return hours ? hours + 'h' + (minutes ? ' ' + minutes + 'min' : '') : minutes + 'min';
};
// A line about every hundred pixels, at a round time.
const spans = [60, 300, 600, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800];
const span = spans.find(time => end / time <= 10) || spans[spans.length - 1];
function scale(svg, height) {
  for (let time = 0; time <= end; time += span) {
    shape(svg, 'line', { class: 'grid', x1: x(time), x2: x(time), y1: 0, y2: height });
    shape(svg, 'text', { x: x(time) + 3, y: height - 4 }, clock(time));
  }
}

const looks = { drain: 'wait', soak: 'watch', approve: 'ask', confirm: 'ask', manual: 'ask', smoke: 'ask', announce: 'ask' };
const look = step => looks[step.kind] || (step.felt.includes('disconnect') ? 'cut' : 'act');
const told = step => step.id + ': ' + step.title + '. Begins after ' + clock(step.from) + ', takes about ' + step.time + (step.felt ? '; ' + step.felt : '') + '.';

function drawTimeline() {
  // What belongs to no wave has rows of its own before and after the waves.
  const rows = [];
  for (const step of plan.steps) {
    if (!rows.length || rows[rows.length - 1].wave !== step.wave) rows.push({ wave: step.wave, steps: [] });
    rows[rows.length - 1].steps.push(step);
  }
  const height = rows.length * ROW + 22;
  const svg = shape(byId('timeline'), 'svg', { viewBox: '0 0 ' + WIDTH + ' ' + height, role: 'group', 'aria-label': 'steps in time' });
  scale(svg, height);
  rows.forEach((row, at) => {
    const wave = plan.waves.find(wave => wave.number === row.wave);
    const name = wave ? 'wave ' + row.wave + (wave.name ? ' ' + wave.name : '') + (wave.canary ? ' (canary)' : '') : 'all';
    shape(svg, 'text', { x: 4, y: at * ROW + 17 }, name);
    for (const step of row.steps) {
      const box = shape(svg, 'rect', {
        class: look(step), x: x(step.from), y: at * ROW + 6, width: Math.max(2, x(step.from + step.for) - x(step.from)), height: ROW - 10, tabindex: 0, role: 'img', 'aria-label': told(step) });
      shape(box, 'title', {}, told(step));
      const tell = () => { byId('told').textContent = told(step); };
      box.addEventListener('pointerenter', tell);
      box.addEventListener('focus', tell);
    }
  });
}

function drawPlayers() {
  if (!plan.players.length) {
    byId('sides').hidden = true;
    return;
  }
  const most = Math.max(1, ...plan.players.map(([, a, b]) => a + b));
  const height = 190, base = height - 20;
  const y = players => base - (base - 14) * players / most;
  const svg = shape(byId('players'), 'svg', { viewBox: '0 0 ' + WIDTH + ' ' + height, role: 'img', 'aria-label': 'players on side A and B in time' });
  const last = plan.players[plan.players.length - 1];
  const points = [...plan.players, [end, last[1], last[2]]];
  const area = (from, to) => points.map(p => x(p[0]) + ',' + y(to(p))).join(' ') + ' ' + [...points].reverse().map(p => x(p[0]) + ',' + y(from(p))).join(' ');
  shape(svg, 'polygon', { class: 'a', points: area(() => 0, p => p[1]) });
  shape(svg, 'polygon', { class: 'b', points: area(p => p[1], p => p[1] + p[2]) });
  scale(svg, height);
  shape(svg, 'text', { x: 4, y: y(most) + 10 }, number(most));
  shape(svg, 'text', { x: 4, y: y(0) }, '0');
}

function drawHosts() {
  if (!plan.hosts.length) {
    byId('fill').hidden = true;
    return;
  }
  byId('some').textContent = plan.hosts.length < plan.allHosts ? 'The ' + plan.hosts.length + ' fullest of ' + number(plan.allHosts) + ' hosts.' : '';
  const table = element(byId('hosts'), 'table', '', {});
  const least = Math.min(...plan.hosts.map(host => Math.min(...host.fills)));
  for (const host of plan.hosts) {
    const row = element(table, 'tr', '', {});
    element(element(row, 'th', '', { scope: 'row' }), 'bdi', host.name);
    host.fills.forEach((permille, at) => {
      const percent = (permille / 10).toFixed(1) + ' %';
      const cell = element(row, 'td', '', { title: host.name + ', ' + plan.steps[at].id + ': ' + percent });
      // From the emptiest to full: the darker, the fuller.
      const share = Math.min(1, (permille - least) / Math.max(1, 1000 - least));
      cell.style.background = 'color-mix(in srgb, var(--b) ' + Math.round(12 + 88 * share) + '%, var(--track))';
    });
    element(row, 'th', (Math.max(...host.fills) / 10).toFixed(1) + ' %', {}).style.paddingLeft = '8px';
  }
}

function listSteps() {
  const body = byId('steps').tBodies[0];
  for (const step of plan.steps) {
    const row = element(body, 'tr', '', {});
    element(row, 'td', step.id);
    element(row, 'td', step.title);
    element(row, 'td', step.time);
    element(row, 'td', step.felt);
  }
}

drawTimeline();
drawPlayers();
drawHosts();
listSteps();
</script>
</body>
</html>
