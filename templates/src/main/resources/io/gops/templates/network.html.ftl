<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Network of ${fleet} ${environment}</title>
<style>
:root { --page: #fff; --ink: #1f2933; --soft: #52606d; --line: #dfe3e8; --track: #f4f6f8; --edge: #9aa5b1; --open: #2f7d4f; --openfill: #e3f3e9; --shut: #b3261e; --shutfill: #fbe9e7; --self: #eef1f4; --server: #3e7cb1; --serverfill: #e6f0f8; --out: #8a5a13; --outfill: #faf0df; --lit: #d9822b; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14191f; --ink: #e4e9ee; --soft: #9fb0c0; --line: #2b343e; --track: #1b222a; --edge: #52606d; --open: #6cc08b; --openfill: #1c3326; --shut: #ff8a80; --shutfill: #3a1f1d; --self: #232b34; --server: #6ba3cf; --serverfill: #1b2b39; --out: #e0b26a; --outfill: #362a16; --lit: #e08e3a; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 24px; font: 13px/1.45 ui-sans-serif, system-ui, sans-serif; color: var(--ink); background: var(--page); }
h1 { font-size: 20px; margin: 0 0 4px; }
p { margin: 0 0 12px; color: var(--soft); }
b { color: var(--ink); }
.tools { position: sticky; top: 0; background: var(--page); padding: 10px 0; border-bottom: 1px solid var(--line); display: flex; gap: 8px 14px; align-items: center; flex-wrap: wrap; z-index: 1; }
input, select { font: inherit; color: inherit; background: var(--page); padding: 4px 8px; border: 1px solid var(--edge); border-radius: 4px; }
input[type=checkbox] { margin: 0 4px 0 0; vertical-align: -2px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; color: var(--soft); margin-left: auto; }
.legend i { display: inline-block; width: 14px; height: 11px; margin-right: 5px; vertical-align: -1px; border: 1px solid; border-radius: 2px; }
section { padding: 18px 0 22px; border-bottom: 1px solid var(--line); }
h2 { font-size: 15px; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 small { color: var(--soft); font-weight: normal; margin-left: 10px; }
.scroll { overflow-x: auto; }
svg { display: block; max-width: none; margin: 4px 0 14px; font: 12px ui-sans-serif, system-ui, sans-serif; }
svg text { fill: var(--ink); }
svg text.about { fill: var(--soft); font-size: 11px; }
svg .vpc { fill: none; stroke: var(--edge); stroke-dasharray: 5 4; }
svg .party rect { fill: var(--serverfill); stroke: var(--server); }
svg .party.internet rect, svg .party.service rect { fill: var(--outfill); stroke: var(--out); }
svg .party { cursor: pointer; }
svg .party.found rect { stroke: var(--lit); stroke-width: 3; }
svg .way { fill: none; stroke: var(--open); stroke-width: 1.6; opacity: .75; }
svg .way.lit { stroke: var(--lit); stroke-width: 2.6; opacity: 1; }
svg text.way-label { fill: var(--open); paint-order: stroke; stroke: var(--page); stroke-width: 3px; }
svg .way.dim { opacity: .12; }
svg marker path { fill: var(--open); }
table { border-collapse: separate; border-spacing: 2px; }
th { font-weight: normal; text-align: left; padding: 3px 8px; color: var(--soft); white-space: nowrap; max-width: 220px; overflow: hidden; text-overflow: ellipsis; }
th.found { color: var(--ink); box-shadow: inset 3px 0 var(--lit); }
thead th.found { box-shadow: inset 0 -3px var(--lit); }
td { padding: 3px 8px; min-width: 92px; vertical-align: top; border-radius: 3px; background: var(--track); color: var(--soft); }
td button { all: unset; display: block; cursor: pointer; white-space: nowrap; }
td button:focus-visible { outline: 2px solid var(--lit); }
td.open { background: var(--openfill); }
td.open button { color: var(--open); }
td.shut { background: var(--shutfill); }
td.shut button { color: var(--shut); }
td.never { background: none; }
td.lit { outline: 2px solid var(--lit); }
.why { min-height: 20px; margin: 8px 0 0; color: var(--soft); overflow-wrap: anywhere; }
.why code { color: var(--ink); }
#none { padding: 24px 0; }
[hidden] { display: none !important; }
@media (max-width: 760px) { body { padding: 12px; } .tools { position: static; } .legend { margin-left: 0; } }
</style>
</head>
<body>
<h1>Network of <bdi>${fleet}</bdi> <bdi>${environment}</bdi></h1>
<p>${vpcs} VPCs with <b>${servers}</b> servers, whose stopped sides count. No packet passes from one VPC to another, whatever addresses they use, and each VPC allows what stands here and nothing else:
proved of <b>${flows}</b> flows on ${nodes} machines, with ${packets} packets followed through them.</p>
<div class="tools">
  <input id="find" type="search" placeholder="server, zone or service" aria-label="Find servers, a zone or a service">
  <select id="vpc" aria-label="VPC"><option value="">all VPCs</option></select>
  <label><input id="open" type="checkbox">only who may talk</label>
  <span id="count" role="status"></span>
  <span class="legend"><span><i style="background: var(--openfill); color: var(--open)"></i>allowed</span><span><i style="background: var(--shutfill); color: var(--shut)"></i>denied by a rule</span><span><i style="background: var(--track); color: var(--line)"></i>no rule allows it</span></span>
</div>
<main id="vpcs"></main>
<p id="none" hidden>Nothing is called that.</p>
<noscript><p>The picture is drawn by a script in this file; gopsc trace answers the same questions.</p></noscript>
<script type="application/json" id="data">${data}</script>
<script>
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const byId = id => document.getElementById(id);
const find = byId('find'), choice = byId('vpc'), open = byId('open'), main = byId('vpcs');

// Text of the fleet only ever becomes the text of a node or of an attribute.
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
const short = (text, most) => text.length > most ? text.slice(0, most - 1) + '…' : text;
const services = cell => cell.open.map(([service]) => service);
const name = party => party.label + (party.servers ? ' (' + party.servers + ')' : '');

for (const vpc of data.vpcs) {
  element(choice, 'option', vpc.name, { value: vpc.name });
  for (const party of vpc.parties) party.words = (party.label + ' ' + party.zones + ' ' + party.gateway).toLowerCase();
}

const WIDTH = 190, HEIGHT = 40, GAP = 14, COLUMN = 330;
// Internet on the left, servers in the middle, services on the right; ways go from left to right or around.
function drawPicture(parent, vpc, shown, why) {
  const columns = { internet: [], servers: [], service: [] };
  for (const at of shown) columns[vpc.parties[at].kind].push(at);
  const rows = Math.max(1, ...Object.values(columns).map(column => column.length));
  const height = rows * (HEIGHT + GAP) + 58;
  const width = 3 * COLUMN - (COLUMN - WIDTH) + 4;
  const svg = shape(parent, 'svg', { width, height, viewBox: '0 0 ' + width + ' ' + height, role: 'img', 'aria-label': 'Who may talk to whom in VPC ' + vpc.name });
  const marker = shape(shape(svg, 'defs', {}), 'marker', { id: 'tip-' + vpc.vni, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto-start-reverse' });
  shape(marker, 'path', { d: 'M0 0 L8 4 L0 8 z' });
  if (columns.servers.length) {
    shape(svg, 'rect', { class: 'vpc', x: COLUMN - 34, y: 26, width: WIDTH + 68, height: height - 34, rx: 8 });
    shape(svg, 'text', { class: 'about', x: COLUMN - 24, y: 18 }, short('VPC ' + vpc.name + ' ' + vpc.cidr, 44));
  }
  const place = new Map();
  Object.values(columns).forEach((column, index) => {
    const top = 40 + (rows - column.length) * (HEIGHT + GAP) / 2;
    column.forEach((at, row) => place.set(at, { x: index * COLUMN + 2, y: top + row * (HEIGHT + GAP) }));
  });
  const ways = [], labels = [];
  for (const from of shown) for (const to of shown) {
    const cell = vpc.cells[from][to];
    if (!cell.open.length) continue;
    const a = place.get(from), b = place.get(to);
    let d;
    if (a.x === b.x) {
      const x = a.x + WIDTH, bend = x + 26 + 5 * Math.abs(from - to);
      const y1 = a.y + HEIGHT / 2 - 8, y2 = b.y + HEIGHT / 2 + 8;
      d = 'M' + x + ' ' + y1 + ' C' + bend + ' ' + y1 + ' ' + bend + ' ' + y2 + ' ' + x + ' ' + y2;
    } else {
      const forward = a.x < b.x, y1 = a.y + HEIGHT / 2 + (forward ? -5 : 5), y2 = b.y + HEIGHT / 2 + (forward ? -5 : 5);
      const x1 = forward ? a.x + WIDTH : a.x, x2 = forward ? b.x : b.x + WIDTH, middle = (x1 + x2) / 2;
      d = 'M' + x1 + ' ' + y1 + ' C' + middle + ' ' + y1 + ' ' + middle + ' ' + y2 + ' ' + x2 + ' ' + y2;
    }
    const middle = a.x === b.x ? { x: a.x + WIDTH + 20, y: (a.y + b.y + HEIGHT) / 2 } : { x: (a.x + b.x + WIDTH) / 2, y: (a.y + b.y + HEIGHT) / 2 - 9 };
    labels.push({ ...middle, text: short(services(cell).join(' '), 16) });
    const way = shape(svg, 'path', { class: 'way', d, 'marker-end': 'url(#tip-' + vpc.vni + ')' });
    shape(way, 'title', {}, vpc.parties[from].label + ' -> ' + vpc.parties[to].label + ': ' + services(cell).join(' '));
    ways.push({ from, to, way });
  }
  // More words than these would cover each other; the matrix has all.
  if (ways.length <= 12) for (const { x, y, text } of labels) shape(svg, 'text', { class: 'about way-label', x, y, 'text-anchor': 'middle' }, text);
  for (const at of shown) {
    const party = vpc.parties[at], { x, y } = place.get(at);
    const group = shape(svg, 'g', { class: 'party ' + party.kind + (isFound(party) ? ' found' : '') });
    shape(group, 'rect', { x, y, width: WIDTH, height: HEIGHT, rx: 5 });
    shape(group, 'text', { x: x + 10, y: y + 17 }, short(party.label, 26));
    const gateway = data.gateways[party.gateway];
    shape(group, 'text', { class: 'about', x: x + 10, y: y + 32 }, party.servers ? party.servers + (party.servers === 1 ? ' server' : ' servers') : short('by ' + party.gateway + ', ' + gateway.about.split(',')[0], 28));
    shape(group, 'title', {}, party.servers ? party.label + ', zones ' + short(party.zones, 300) : party.label + ' by ' + party.gateway + ': ' + gateway.about);
    group.addEventListener('pointerenter', () => {
      for (const { from, to, way } of ways) way.setAttribute('class', 'way ' + (from === at || to === at ? 'lit' : 'dim'));
    });
    group.addEventListener('pointerleave', () => {
      for (const { way } of ways) way.setAttribute('class', 'way');
    });
  }
}

function explain(why, vpc, from, to) {
  const cell = vpc.cells[from][to];
  why.replaceChildren();
  element(why, 'span', vpc.parties[from].label + ' -> ' + vpc.parties[to].label + ': ');
  const said = (what, rule, at) => {
    element(why, 'span', what + ' by ');
    element(why, 'code', rule);
    element(why, 'span', ' (' + at + '). ');
  };
  const rules = new Map();
  for (const [service, rule, at] of cell.open) rules.set(rule, [...(rules.get(rule) || [at]), service]);
  for (const [rule, [at, ...allowed]] of rules) said(allowed.join(' ') + ' allowed', rule, at);
  if (cell.denies) said('denied', cell.denies[0], cell.denies[1]);
  if (!cell.open.length && !cell.denies) element(why, 'span', 'no rule allows it.');
}

function drawMatrix(parent, vpc, shown, why) {
  const table = element(element(parent, 'div', '', { class: 'scroll' }), 'table', '', {});
  const head = element(element(table, 'thead', '', {}), 'tr', '', {});
  element(head, 'th', 'from ↓ to →', {});
  for (const at of shown) element(head, 'th', name(vpc.parties[at]), { class: isFound(vpc.parties[at]) ? 'found' : '', title: vpc.parties[at].label });
  const body = element(table, 'tbody', '', {});
  for (const from of shown) {
    const row = element(body, 'tr', '', {});
    element(row, 'th', name(vpc.parties[from]), { class: isFound(vpc.parties[from]) ? 'found' : '', title: vpc.parties[from].label });
    for (const to of shown) {
      const cell = vpc.cells[from][to];
      const outside = vpc.parties[from].kind !== 'servers' && vpc.parties[to].kind !== 'servers';
      const state = outside ? 'never' : cell.open.length ? 'open' : cell.denies ? 'shut' : '';
      const box = element(row, 'td', '', { class: state });
      if (outside) continue;
      const text = cell.open.length ? short(services(cell).join(' '), 34) : cell.denies ? 'denied' : '–';
      const button = element(box, 'button', text, { type: 'button', 'aria-label': vpc.parties[from].label + ' to ' + vpc.parties[to].label + ': ' + text });
      button.addEventListener('click', () => {
        for (const lit of table.querySelectorAll('td.lit')) lit.classList.remove('lit');
        box.classList.add('lit');
        explain(why, vpc, from, to);
      });
    }
  }
}

let words = [];
const isFound = party => words.length > 0 && words.every(word => party.words.includes(word));
function drawVpc(box, vpc) {
  const title = element(box, 'h2', '', {});
  element(title, 'bdi', vpc.name);
  element(title, 'small', vpc.cidr + ', ' + (vpc.gateways.length ? 'joined to ' + vpc.gateways.join(' and ') : 'joined to no gateway'));
  const talks = at => vpc.parties.some((_, other) => vpc.cells[at][other].open.length || vpc.cells[other][at].open.length);
  const shown = vpc.parties.map((_, at) => at).filter(at => !open.checked || talks(at));
  const why = document.createElement('p');
  why.className = 'why';
  why.setAttribute('role', 'status');
  why.textContent = 'Click a field to see the rule behind it.';
  drawPicture(element(box, 'div', '', { class: 'scroll' }), vpc, shown, why);
  drawMatrix(box, vpc, shown, why);
  box.append(why);
}

const NEAR = 900;
let blocks = [];
function draw(near = NEAR) {
  for (const { box, vpc } of blocks) {
    const { top, bottom } = box.getBoundingClientRect();
    const inSight = bottom > -near && top < window.innerHeight + near;
    if (inSight && !box.firstChild) {
      drawVpc(box, vpc);
      box.style.height = '';
    } else if (!inSight && box.firstChild) {
      box.style.height = box.offsetHeight + 'px';
      box.replaceChildren();
    }
  }
}

function show() {
  words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = data.vpcs.filter(vpc => (!choice.value || vpc.name === choice.value)
    && (!words.length || vpc.parties.some(isFound) || words.every(word => vpc.name.toLowerCase().includes(word))));
  main.replaceChildren();
  blocks = [];
  for (const vpc of shown) {
    const box = element(main, 'section', '', {});
    box.style.height = 200 + 80 * vpc.parties.length + 'px';
    blocks.push({ box, vpc });
  }
  byId('count').textContent = shown.length + ' of ' + data.vpcs.length + ' VPCs';
  byId('none').hidden = shown.length > 0;
  draw();
}
for (const input of [find, choice, open]) input.addEventListener('input', show);
window.addEventListener('scroll', () => draw(), { passive: true });
window.addEventListener('resize', () => draw());
window.addEventListener('beforeprint', () => draw(Infinity));
show();
</script>
</body>
</html>
