<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>gopsc diff</title>
<style>
:root { --page: #fff; --ink: #1f2933; --soft: #52606d; --track: #f4f6f8; --edge: #9aa5b1; --worst: #b3261e; --bad: #c45500; --mild: #8a6d00; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14191f; --ink: #e4e9ee; --soft: #9fb0c0; --track: #1b222a; --edge: #52606d; --worst: #ff8a80; --bad: #e08e3a; --mild: #e0c36a; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 24px; font: 14px/1.5 ui-sans-serif, system-ui, sans-serif; color: var(--ink); background: var(--page); }
h1 { font-size: 20px; margin: 0 0 12px; }
h2 { font-size: 15px; margin: 8px 0 4px; overflow-wrap: anywhere; }
section { border-left: 6px solid var(--edge); background: var(--track); padding: 2px 16px; margin: 14px 0; }
section.R6, section.R5 { border-color: var(--worst); }
section.R4 { border-color: var(--bad); }
section.R3, section.R2 { border-color: var(--mild); }
.where { margin: 0; color: var(--soft); font-family: ui-monospace, monospace; font-size: 12px; overflow-wrap: anywhere; }
ul { margin: 8px 0; padding-left: 20px; }
li { overflow-wrap: anywhere; }
summary { cursor: pointer; color: var(--soft); }
details { margin: 0 0 10px; font-size: 12px; }
</style>
</head>
<body>
<#list diffs as diff>
<h1>${diff.summary}</h1>
<#list diff.changes as change>
<section class="${change.risk}" id="c${change.id}">
<h2>${change.risk} ${change.meaning} · ${change.subject}</h2>
<p class="where"><#if change.cause?has_content>${change.cause}<br></#if>${change.id}<#if change.waived?has_content> · ${change.waived}</#if></p>
<ul>
<#list change.lines as line>
<li>${line}</li>
</#list>
</ul>
<details><summary>generated files</summary>
<ul>
<#list change.files as file>
<li>${file}</li>
</#list>
</ul>
</details>
</section>
</#list>
<#list diff.notes as note>
<p>${note}</p>
</#list>
</#list>
</body>
</html>
