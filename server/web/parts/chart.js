// Bars, one a day.

import { html } from "../lib.js";
import { shortDay } from "../format.js";

const width = 600;
const height = 160;

// bars: [{date, value}]; format: a value as text; title: what a reader who sees nothing is told.
export function Bars({ bars, format, title }) {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  const step = width / bars.length;
  return html`<figure>
    <svg class="chart" viewBox=${`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img"
      aria-label=${title}>
      ${[0.5, 1].map((part) => html`<line x1="0" x2=${width} y1=${height - part * (height - 8)}
        y2=${height - part * (height - 8)} stroke-dasharray="3 5"
          vector-effect="non-scaling-stroke" />`)}
      ${bars.map((bar, i) => {
        const tall = bar.value > 0 ? Math.max(4, (bar.value / most) * (height - 8)) : 2;
        return html`<rect key=${bar.date} class=${bar.value > 0 ? "" : "nothing"} rx="2"
          x=${i * step + step * 0.14} y=${height - tall} width=${step * 0.72} height=${tall}>
          <title>${shortDay(bar.date)}: ${format(bar.value)}</title></rect>`;
      })}
    </svg>
    <figcaption class="chart-labels" aria-hidden="true">
      <span>${shortDay(bars[0].date)}</span>
      <span>${shortDay(bars[Math.floor(bars.length / 2)].date)}</span>
      <span>${shortDay(bars[bars.length - 1].date)}</span>
    </figcaption>
  </figure>`;
}
