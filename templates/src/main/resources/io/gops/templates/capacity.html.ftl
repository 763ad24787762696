<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Capacity of ${fleet} ${environment}</title>
<style>
:root { --page: #fff; --ink: #1f2933; --soft: #52606d; --line: #dfe3e8; --track: #eef1f4; --edge: #9aa5b1; --quiet: #3e7cb1; --quiet2: #6ba3cf; --seam: #fff8; --move: #d9822b; --move2: #f3c677; --limit: #b3261e; --kept: #c5ccd3; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14191f; --ink: #e4e9ee; --soft: #9fb0c0; --line: #2b343e; --track: #232b34; --edge: #52606d; --quiet: #4a8fca; --quiet2: #2f6798; --seam: #0006; --move: #e08e3a; --move2: #8f5a1f; --limit: #ff7a70; --kept: #414c58; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 24px; font: 13px/1.45 ui-sans-serif, system-ui, sans-serif; color: var(--ink); background: var(--page); }
h1 { font-size: 20px; margin: 0 0 4px; }
p { margin: 0 0 12px; color: var(--soft); }
b { color: var(--ink); }
.tools { position: sticky; top: 0; background: var(--page); padding: 10px 0; border-bottom: 1px solid var(--line); display: flex; gap: 8px 12px; align-items: center; flex-wrap: wrap; z-index: 1; }
input, select { font: inherit; color: inherit; background: var(--page); padding: 4px 8px; border: 1px solid var(--edge); border-radius: 4px; }
#least { width: 64px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; color: var(--soft); margin-left: auto; }
.legend i { display: inline-block; width: 14px; height: 11px; margin-right: 5px; vertical-align: -1px; }
.host { display: grid; grid-template-columns: 150px 1fr 180px; gap: 16px; padding: 12px 0; border-bottom: 1px solid var(--line); }
.host h2 { font-size: 14px; margin: 0; overflow-wrap: anywhere; }
.host small { color: var(--soft); display: block; overflow-wrap: anywhere; }
.row { display: grid; grid-template-columns: 128px 1fr 54px; gap: 10px; align-items: center; height: 19px; }
.row span { color: var(--soft); white-space: nowrap; }
.row span:last-child { text-align: right; color: var(--ink); font-variant-numeric: tabular-nums; }
.bar { position: relative; display: flex; height: 13px; background: var(--track); }
.bar i { height: 100%; background: var(--quiet); box-shadow: inset -1px 0 var(--seam); }
.bar i:nth-of-type(even) { background: var(--quiet2); }
.bar i.move, .legend .move { background: repeating-linear-gradient(45deg, var(--move) 0 3px, var(--move2) 3px 6px); }
.bar u { position: absolute; right: 0; top: 0; height: 100%; background: var(--kept); }
.bar s { position: absolute; top: -2px; bottom: -2px; width: 2px; background: var(--limit); }
figure { margin: 0; }
figcaption { color: var(--soft); font-size: 11px; overflow-wrap: anywhere; }
svg { display: block; width: 100%; height: 62px; background: var(--track); cursor: crosshair; }
svg .use { fill: none; stroke: var(--move); stroke-width: 2; }
svg .limit { stroke: var(--limit); stroke-width: 1.5; }
svg .at { stroke: var(--soft); stroke-width: 1; }
#none { padding: 24px 0; }
[hidden] { display: none !important; }
@media (max-width: 760px) {
  body { padding: 12px; }
  .tools { position: static; }
  .legend { margin-left: 0; }
  .host { grid-template-columns: 1fr; gap: 8px; }
  .row { grid-template-columns: 122px 1fr 50px; gap: 6px; }
  .row span { overflow: hidden; text-overflow: ellipsis; }
  figure { max-width: 360px; }
}
</style>
</head>
<body>
<h1>Capacity of <bdi>${fleet}</bdi> <bdi>${environment}</bdi></h1>
<p>At the worst instant of any move the fullest host uses <b>${worst}</b> of what it offers. ${groups} groups on ${hosts} hosts.
<#list pools as pool>
<br>Pool <bdi>${pool.pool()}</bdi>: ${pool.perHost()} of one host may move at once (${pool.largestSafeWave()} fit while no host is lost); worst instant ${pool.worstInstant().toString()}.
</#list>
</p>
<div class="tools">
  <input id="find" type="search" placeholder="host, rack or zone" aria-label="Find a host, a rack or a zone">
  <select id="pool" aria-label="Pool"><option value="">all pools</option><#list pools as pool><option>${pool.pool()}</option></#list></select>
  <label>at least <input id="least" type="number" min="0" max="100" value="0"> % full</label>
  <span id="count" role="status"></span>
  <span class="legend"><span><i style="background: var(--quiet)"></i>steady, by zone</span><span><i class="move"></i>more while zones move</span><span><i style="background: var(--kept)"></i>reserved</span><span><i style="background: var(--limit); width: 2px"></i>may not be passed</span></span>
</div>
<main id="hosts"></main>
<p id="none" hidden>No host is like that.</p>
<noscript><p>The bars are drawn by a script in this file; capacity.json beside it has the numbers.</p></noscript>
<script type="application/json" id="data">${data}</script>
<script>
'use strict';
// Hosts are drawn in blocks, and only those near the window: the rest of a block is its height.
const BLOCK = 20;
const hosts = JSON.parse(document.getElementById('data').textContent);
const byId = id => document.getElementById(id);
const find = byId('find'), pool = byId('pool'), least = byId('least'), main = byId('hosts');
for (const host of hosts) host.words = [host.name, host.rack, ...host.groups].join(' ').toLowerCase();

// Text of the fleet only ever becomes the text of a node or of an attribute.
function element(parent, name, text, attributes) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  parent.append(made);
  return made;
}
function shape(parent, name, attributes) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  parent.append(made);
  return made;
}
const percent = hundredths => hundredths / 100 + '%';

function drawBar(parent, bar) {
  const row = element(parent, 'div', '', { class: 'row' });
  element(row, 'span', bar.label, { title: bar.label });
  const box = element(row, 'div', '', { class: 'bar', title: bar.text, role: 'img', 'aria-label': bar.label + ': ' + bar.text });
  for (const [group, width, text] of bar.steady) element(box, 'i', '', { title: group + ': ' + text }).style.width = percent(width);
  for (const [group, width, text] of bar.moving) element(box, 'i', '', { class: 'move', title: group + ' moving: + ' + text }).style.width = percent(width);
  element(box, 'u', '', { title: 'reserved' }).style.width = percent(bar.reserved);
  element(box, 's', '', {}).style.left = percent(bar.limit);
  element(row, 'span', bar.fill);
}

// Before the second side starts the use is steady; then it grows with the share that has moved.
function drawCurve(parent, curve) {
  const figure = element(parent, 'figure', '', {});
  const svg = shape(figure, 'svg', { viewBox: '0 0 160 60', preserveAspectRatio: 'none', role: 'img', 'aria-label': curve.label + ' while ' + curve.movers + ' moves: ' + curve.text });
  const y = hundredths => 60 - 60 * hundredths / 10000;
  shape(svg, 'line', { class: 'limit', x1: 0, x2: 160, y1: y(curve.limit), y2: y(curve.limit) });
  shape(svg, 'polyline', { class: 'use', points: [[0, y(curve.steady)], [12, y(curve.steady)], [12, y(curve.started)], [160, y(curve.worst)]].join(' ') });
  const at = shape(svg, 'line', { class: 'at', x1: 0, x2: 0, y1: 0, y2: 60, visibility: 'hidden' });
  const usual = curve.label + ' while ' + curve.movers + ' moves, 0 to 100 %: ' + curve.text;
  const caption = element(figure, 'figcaption', usual);
  svg.addEventListener('pointermove', event => {
    const box = svg.getBoundingClientRect();
    const x = Math.max(12, Math.min(160, 160 * (event.clientX - box.left) / box.width));
    const moved = (x - 12) / 148;
    const use = curve.started + (curve.worst - curve.started) * moved;
    at.setAttribute('x1', x);
    at.setAttribute('x2', x);
    at.setAttribute('visibility', 'visible');
    caption.textContent = Math.round(100 * moved) + ' % moved: ' + curve.label + ' at ' + (use / 100).toFixed(1) + ' % of the machine, ' + (curve.limit / 100).toFixed(1) + ' % allowed';
  });
  svg.addEventListener('pointerleave', () => {
    at.setAttribute('visibility', 'hidden');
    caption.textContent = usual;
  });
}

function drawHost(parent, host) {
  const box = element(parent, 'section', '', { class: 'host' });
  const head = element(box, 'div', '', {});
  element(element(head, 'h2', '', {}), 'bdi', host.name);
  element(head, 'small', host.pool + ', ' + host.rack);
  element(head, 'small', 'worst instant ' + host.fill);
  element(head, 'small', host.groups.length + (host.groups.length === 1 ? ' group' : ' groups'));
  element(head, 'small', 'fit at once: ' + host.wave);
  const bars = element(box, 'div', '', {});
  for (const bar of host.bars) drawBar(bars, bar);
  const curve = element(box, 'div', '', {});
  if (host.curve) drawCurve(curve, host.curve);
}

const NEAR = 800;
let blocks = [];
function draw(near = NEAR) {
  for (const { box, own } of blocks) {
    const { top, bottom } = box.getBoundingClientRect();
    const inSight = bottom > -near && top < window.innerHeight + near;
    if (inSight && !box.firstChild) {
      for (const host of own) drawHost(box, host);
      box.style.height = '';
    } else if (!inSight && box.firstChild) {
      box.style.height = box.offsetHeight + 'px';
      box.replaceChildren();
    }
  }
}

function show() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = hosts.filter(host => words.every(word => host.words.includes(word))
    && (!pool.value || host.pool === pool.value)
    && host.permille >= 10 * Number(least.value));
  main.replaceChildren();
  blocks = [];
  for (let i = 0; i < shown.length; i += BLOCK) {
    const box = element(main, 'div', '', {});
    const own = shown.slice(i, i + BLOCK);
    box.style.height = own.reduce((sum, host) => sum + 25 + Math.max(100, 19 * host.bars.length), 0) + 'px';
    blocks.push({ box, own });
  }
  byId('count').textContent = shown.length + ' of ' + hosts.length + ' hosts';
  byId('none').hidden = shown.length > 0;
  draw();
}
for (const input of [find, pool, least]) input.addEventListener('input', show);
window.addEventListener('scroll', () => draw(), { passive: true });
window.addEventListener('resize', () => draw());
window.addEventListener('beforeprint', () => draw(Infinity));
show();
</script>
</body>
</html>
