/** The page's style: no `<` and no `&`, as it stands in the page as it is. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f8; --surface: #fff; --ink: #1b2026; --soft: #59626d; --line: #dde1e6; --track: #eef1f4;
  --use: #5590bf; --use-strong: #164c78; --link: #0b5394;
  --under: #9f1d12; --under-ground: #fde8e5; --over: #7a4a00; --over-ground: #fcefd6;
  --right: #1d5f35; --right-ground: #e2f3e8; --unknown: #4a525c; --unknown-ground: #e9ecef;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --surface: #1c2024; --ink: #e9edf1; --soft: #a3adb8; --line: #343b42; --track: #272d33;
    --use: #4d83ad; --use-strong: #a9d3f5; --link: #8ec5f5;
    --under: #ffb4a8; --under-ground: #4d1a14; --over: #f5cd86; --over-ground: #46320d;
    --right: #9fdcb2; --right-ground: #173a23; --unknown: #c3cad2; --unknown-ground: #333a41;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 66rem; padding: 2rem 1.5rem 4rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: break-word;
}
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; padding: 0; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.01em; }
h2 { font-size: 1.375rem; line-height: 1.3; }
h3 { font-size: 1.125rem; line-height: 1.4; }
ul { list-style: none; }
a { color: var(--link); text-underline-offset: 0.15em; }
code { font: 0.9375em ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
small { font-size: 0.8125rem; color: var(--soft); font-weight: 400; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: start; font-weight: 600; padding-bottom: 0.375rem; }
th { font-weight: 400; color: var(--soft); text-align: start; }
th, td { padding: 0.1875rem 0 0.1875rem 1rem; vertical-align: baseline; }
th:first-child, td:first-child { padding-inline-start: 0; }
.aside { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.top p { color: var(--soft); margin-top: 0.5rem; max-width: 46rem; }
.empty { padding: 2rem 0; color: var(--soft); }
section { margin-top: 3rem; }
section.key { margin-top: 1.5rem; }
.key h2, .words h3 { font-size: 0.875rem; font-weight: 600; }
.key ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin-top: 0.5rem; font-size: 0.875rem; color: var(--soft); }
.key li { display: flex; align-items: center; gap: 0.5rem; }
nav { margin-top: 1.5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; }
.asked { display: flex; flex-wrap: wrap; gap: 0 1.5rem; margin-top: 0.25rem; font-size: 0.875rem; }
.asked dt, .asked dd, .evidence dt, .evidence dd { display: inline; }
.asked dt::after, .evidence dt::after { content: " "; }
dt { color: var(--soft); }
.summary { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 1.5rem 3rem; margin: 1.25rem 0 1.5rem; }
.counts { display: flex; flex-wrap: wrap; gap: 0.375rem; margin-bottom: 0.5rem; }
.sums { margin-top: 1rem; }
.sums, .overview { font-size: 0.875rem; }
.sums td, .numbers td, .sums thead th, .numbers thead th { text-align: end; }
.overview { width: 100%; align-self: start; }
.overview tbody th, .overview tbody td { border-top: 1px solid var(--line); }
.overview tbody th { overflow-wrap: anywhere; }
.was, .same { color: var(--soft); }
.verdict, .state, .advice {
  display: inline-block; padding: 0 0.5rem; border: 1px solid transparent; border-radius: 0.75rem;
  font-size: 0.8125rem; line-height: 1.375rem; white-space: nowrap;
}
.verdict { font-weight: 600; }
.state, .advice { border-color: var(--line); color: var(--soft); }
.advice { border-style: dashed; }
.under { color: var(--under); background: var(--under-ground); }
.over { color: var(--over); background: var(--over-ground); }
.right { color: var(--right); background: var(--right-ground); }
.insufficient-data { color: var(--unknown); background: var(--unknown-ground); }
article {
  display: grid; grid-template-columns: minmax(0, 1fr) 17rem; gap: 1rem 2.5rem; align-items: start; margin-top: 1rem; padding: 1.25rem 1.5rem;
  background: var(--surface); border: 1px solid var(--line); border-radius: 0.5rem; break-inside: avoid;
}
article header { grid-column: 1 / -1; display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 0.75rem; }
article h3 { overflow-wrap: anywhere; }
.facts { font-size: 0.875rem; color: var(--soft); margin-inline-start: auto; }
figure + figure { margin-top: 1.25rem; }
figcaption { font-size: 0.9375rem; font-variant-numeric: tabular-nums; margin-bottom: 0.25rem; }
.change, .word { color: var(--soft); }
.word::before { content: "· "; }
.reasons { font-size: 0.875rem; color: var(--soft); margin-top: 0.375rem; padding-inline-start: 1.125rem; list-style: disc; }
.reasons li::marker { color: var(--line); }
.why { grid-column: 1 / -1; font-size: 0.9375rem; }
.numbers { width: 100%; font-size: 0.875rem; }
.numbers td, .sums td, .sums th { white-space: nowrap; }
.numbers thead th { font-weight: 600; color: var(--ink); }
.numbers tbody + tbody tr:first-child > * { border-top: 1px solid var(--line); padding-top: 0.375rem; }
.numbers tbody:nth-last-child(2) tr:last-child > * { padding-bottom: 0.375rem; }
.evidence {
  grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 0 1.5rem; padding-top: 0.75rem;
  border-top: 1px solid var(--line); font-size: 0.875rem; font-variant-numeric: tabular-nums;
}
.words dl { margin: 0.25rem 0 1rem; font-size: 0.875rem; }
.words h2 { margin-bottom: 0.75rem; }
.words dl div { display: grid; grid-template-columns: 11rem 1fr; gap: 1rem; }
svg { display: block; overflow: visible; flex: none; }
svg text { font-size: 12px; fill: var(--ink); font-variant-numeric: tabular-nums; paint-order: stroke; stroke: var(--surface); stroke-width: 4px; stroke-linejoin: round; }
svg .proposed-label { font-weight: 600; }
svg .tick, svg .now-label { fill: var(--soft); }
.track { fill: var(--track); }
.grid { stroke: var(--line); }
.usual { fill: var(--use); stroke: var(--use); stroke-width: 2; }
.tail { stroke: var(--use-strong); stroke-width: 1.5; fill: none; }
.p98, .p99 { stroke: var(--use-strong); stroke-width: 2; }
.most, .start { fill: var(--use-strong); }
.proposed { fill: var(--ink); }
.now { fill: var(--surface); stroke: var(--ink); stroke-width: 1.25; }
.limit { fill: none; stroke: var(--ink); stroke-width: 1.25; }
@media (max-width: 48rem) {
  body { padding: 1.25rem 1rem 3rem; }
  .summary { grid-template-columns: minmax(0, 1fr); }
  article { grid-template-columns: minmax(0, 1fr); padding: 1rem; }
  .facts { margin-inline-start: 0; width: 100%; }
  .words dl div { grid-template-columns: minmax(0, 1fr); gap: 0; padding: 0.25rem 0; }
  .overview th, .overview td { padding-inline-start: 0.75rem; vertical-align: top; }
  .sums th, .sums td { padding-inline-start: 0.75rem; vertical-align: bottom; }
  .sums th { white-space: normal; }
  .sums th:first-child, .sums td:first-child { padding-inline-start: 0; }
  .overview th:first-child { padding-inline-start: 0; }
  .overview .verdict { white-space: normal; }
}
@media (forced-colors: active) {
  :root { --surface: Canvas; --ink: CanvasText; --soft: CanvasText; --line: GrayText; --track: Canvas; --use: GrayText; --use-strong: CanvasText; }
  .verdict { border-color: CanvasText; }
}
@media print {
  :root {
    --ground: #fff; --surface: #fff; --ink: #000; --soft: #444; --line: #ccc; --track: #f0f0f0;
    --use: #5590bf; --use-strong: #164c78; --link: #000;
    --under: #9f1d12; --under-ground: #fde8e5; --over: #7a4a00; --over-ground: #fcefd6;
    --right: #1d5f35; --right-ground: #e2f3e8; --unknown: #4a525c; --unknown-ground: #e9ecef;
  }
  html { font-size: 9pt; }
  th, td { padding-block: 0.0625rem; }
  section { margin-top: 2rem; }
  article { padding: 0.75rem 1rem; margin-top: 0.75rem; gap: 0.5rem 2rem; }
  figure + figure { margin-top: 0.75rem; }
  body { max-width: none; padding: 0; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2, h3, caption { break-after: avoid; }
  .summary { grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); }
  article { grid-template-columns: minmax(0, 1fr) 17rem; }
  svg text { font-size: 10.5px; }
  .words dl div { grid-template-columns: 11rem 1fr; gap: 1rem; }
  .facts { width: auto; margin-inline-start: auto; }
}
`;
