<svg xmlns="http://www.w3.org/2000/svg" width="860" height="${height}" viewBox="0 0 860 ${height}" font-family="ui-sans-serif, system-ui, sans-serif" font-size="11">
  <title>Capacity at the worst instant</title>
  <defs>
    <pattern id="moving" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="6" height="6" fill="#f3c677"/>
      <rect width="3" height="6" fill="#d9822b"/>
    </pattern>
  </defs>
  <rect width="860" height="${height}" fill="#ffffff"/>
  <text x="16" y="20" font-size="13" font-weight="600" fill="#1f2933">Worst instant of the move: ${worst} of what the fullest host offers</text>
  <text x="16" y="38" fill="#52606d">the ${bars?size} fullest of ${hosts} hosts</text>
  <rect x="330" y="29" width="12" height="11" fill="#3e7cb1"/><text x="348" y="38" fill="#52606d">steady</text>
  <rect x="400" y="29" width="12" height="11" fill="url(#moving)"/><text x="418" y="38" fill="#52606d">more while pairs move</text>
  <line x1="556" y1="28" x2="556" y2="41" stroke="#b3261e" stroke-width="2"/><text x="564" y="38" fill="#52606d">may not be passed</text>
<#list bars as bar>
  <g>
    <text x="16" y="${bar.y() + 11}" fill="#1f2933">${bar.host()}</text>
    <rect x="120" y="${bar.y()}" width="600" height="14" fill="#e4e7eb"/>
    <rect x="120" y="${bar.y()}" width="${bar.steady()}" height="14" fill="#3e7cb1"/>
    <rect x="${120 + bar.steady()}" y="${bar.y()}" width="${bar.extra()}" height="14" fill="url(#moving)"/>
    <line x1="${120 + bar.limit()}" y1="${bar.y() - 1}" x2="${120 + bar.limit()}" y2="${bar.y() + 15}" stroke="#b3261e" stroke-width="2"/>
    <text x="728" y="${bar.y() + 11}" fill="#1f2933">${bar.fill()} ${bar.label()}</text>
  </g>
</#list>
</svg>
