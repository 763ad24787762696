<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Capacity of ${fleet} ${environment}</title>
<style>
:root { --ink: #1f2933; --soft: #52606d; --line: #dfe3e8; --quiet: #3e7cb1; --quiet2: #6ba3cf; --limit: #b3261e; --kept: #c5ccd3; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 24px; font: 13px/1.45 ui-sans-serif, system-ui, sans-serif; color: var(--ink); }
h1 { font-size: 20px; margin: 0 0 4px; }
p { margin: 0 0 12px; color: var(--soft); }
b { color: var(--ink); }
.tools { position: sticky; top: 0; background: #fff; padding: 10px 0; border-bottom: 1px solid var(--line); display: flex; gap: 12px; align-items: center; flex-wrap: wrap; z-index: 1; }
input, select { font: inherit; padding: 4px 8px; border: 1px solid #9aa5b1; border-radius: 4px; }
.legend { display: flex; gap: 14px; color: var(--soft); margin-left: auto; align-items: center; }
.legend i { display: inline-block; width: 14px; height: 11px; margin-right: 5px; vertical-align: -1px; }
.host { display: grid; grid-template-columns: 150px 1fr 180px; gap: 16px; padding: 12px 0; border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 120px; }
.host[hidden] { display: none; }
.host h2 { font-size: 14px; margin: 0; }
.host small { color: var(--soft); display: block; }
.row { display: grid; grid-template-columns: 130px 1fr 62px; gap: 10px; align-items: center; height: 19px; }
.row span { color: var(--soft); white-space: nowrap; }
.row span:last-child { text-align: right; color: var(--ink); }
.bar { position: relative; display: flex; height: 13px; background: #eef1f4; }
.bar i { height: 100%; background: var(--quiet); box-shadow: inset -1px 0 #fff8; }
.bar i:nth-of-type(even) { background: var(--quiet2); }
.bar i.move, .legend .move { background: repeating-linear-gradient(45deg, #d9822b 0 3px, #f3c677 3px 6px); }
.bar u { position: absolute; right: 0; top: 0; height: 100%; background: var(--kept); }
.bar s { position: absolute; top: -2px; bottom: -2px; width: 2px; background: var(--limit); }
svg { display: block; width: 100%; height: 60px; background: #f7f9fa; }
figure { margin: 0; } figcaption { color: var(--soft); font-size: 11px; }
#none { display: none; padding: 24px 0; }
</style>
</head>
<body>
<h1>Capacity of ${fleet} ${environment}</h1>
<p>At the worst instant of any move the fullest host uses <b>${worst}</b> of what it offers. ${groups} groups on ${hosts?size} hosts.
<#list pools as pool>
<br>Pool <b>${pool.pool()}</b>: ${pool.perHost()} of one host may move at once (${pool.largestSafeWave()} fit while no host is lost); worst instant ${pool.worstInstant().toString()}.
</#list>
</p>
<div class="tools">
  <input id="find" type="search" placeholder="host, rack or zone" aria-label="Find a host, a rack or a zone">
  <select id="pool" aria-label="Pool"><option value="">all pools</option><#list pools as pool><option>${pool.pool()}</option></#list></select>
  <label>at least <input id="least" type="number" min="0" max="100" value="0" style="width: 64px"> % full</label>
  <span id="count" role="status"></span>
  <span class="legend"><span><i style="background: var(--quiet)"></i>steady, by zone</span><span><i class="move"></i>more while zones move</span><span><i style="background: var(--kept)"></i>reserved</span><span><i style="background: var(--limit); width: 2px"></i>may not be passed</span></span>
</div>
<main>
<#list hosts as host>
<section class="host" data-pool="${host.pool()}" data-fill="${host.permille()}" data-text="${host.name()} ${host.rack()} ${host.groups()}">
<div><h2>${host.name()}</h2><small>${host.pool()}, ${host.rack()}</small><small>${host.count()} groups, worst instant ${host.fill()}</small><small>fit at once: ${host.wave()}</small></div>
<div>
<#list host.bars() as bar>
<div class="row"><span>${bar.label()}<#if bar.moment() != "cut-over"> (${bar.moment()})</#if></span><div class="bar" title="${bar.text()}"><#list bar.steady() as part><i style="width:${part.width()}%" title="${part.name()}: ${part.text()}"></i></#list><#list bar.moving() as part><i class="move" style="width:${part.width()}%" title="${part.name()} moving: + ${part.text()}"></i></#list><u style="width:${bar.reserved()}%" title="reserved"></u><s style="left:${bar.limit()}%"></s></div><span>${bar.fill()}</span></div>
</#list>
</div>
<div>
<#list host.curve() as curve>
<figure><svg viewBox="0 0 160 60" preserveAspectRatio="none" role="img" aria-label="${curve.label()} while ${curve.movers()} moves"><line x1="0" x2="160" y1="${curve.limit()}" y2="${curve.limit()}" stroke="#b3261e" stroke-width="1.5"/><polyline points="${curve.points()}" fill="none" stroke="#d9822b" stroke-width="2"/></svg><figcaption>${curve.label()} while ${curve.movers()} moves, 0 to 100 %: ${curve.from()} to ${curve.to()}</figcaption></figure>
</#list>
</div>
</section>
</#list>
<p id="none">No host is like that.</p>
</main>
<script>
'use strict';
const hosts = [...document.querySelectorAll('.host')];
const find = document.getElementById('find'), pool = document.getElementById('pool'), least = document.getElementById('least');
function filter() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const host of hosts) {
    const text = host.dataset.text.toLowerCase();
    const visible = words.every(word => text.includes(word))
      && (!pool.value || host.dataset.pool === pool.value)
      && Number(host.dataset.fill) >= 10 * Number(least.value);
    host.hidden = !visible;
    shown += visible;
  }
  document.getElementById('count').textContent = shown + ' of ' + hosts.length + ' hosts';
  document.getElementById('none').style.display = shown ? 'none' : 'block';
}
for (const input of [find, pool, least]) input.addEventListener('input', filter);
filter();
</script>
</body>
</html>
