import { asMarkup, lines, markup, type Markup } from './markup';
import { states, verdicts, wordOf } from './words';

/** The marks of a picture, each with what it means. */
export const key: Markup = markup`
  <section class="key" aria-labelledby="key-name">
  <h2 id="key-name">The marks</h2>
  <ul>
  ${lines([
    sample(
      'request, proposed or kept',
      '<rect class="proposed" x="11" y="1" width="3" height="22"/>',
    ),
    sample('request now', '<rect class="now" x="10" y="2" width="5" height="20"/>'),
    sample('limit of memory', '<path class="limit" d="M7 2H19M13 2V22M7 22H19"/>'),
    sample('use, p50 to p95', '<rect class="usual" x="1" y="6" width="24" height="12"/>'),
    sample('p98', '<path class="tail" d="M0 12H26"/><path class="p98" d="M13 7V17"/>'),
    sample('p99', '<path class="tail" d="M0 12H26"/><path class="p99" d="M13 3V21"/>'),
    sample(
      'most',
      '<path class="tail" d="M0 12H13"/><path class="most" d="M8 12L13 7L18 12L13 17Z"/>',
    ),
    sample(
      'beyond the scale',
      '<path class="tail" d="M0 12H18"/><path class="most" d="M18 7L26 12L18 17Z"/>',
    ),
    sample('most at start', '<path class="start" d="M8 17L13 9L18 17Z"/>'),
  ])}
  </ul>
  </section>`;

function sample(meaning: string, shapes: string): Markup {
  return markup`<li><svg class="sample" width="26" height="24" aria-hidden="true">${asMarkup(shapes)}</svg> ${meaning}</li>`;
}

/** What the words of the page mean. */
export const words: Markup = markup`
  <section class="words" aria-labelledby="words-name">
  <h2 id="words-name">The words</h2>
  <h3>Verdicts</h3>
  <dl>${terms(verdicts)}</dl>
  <h3>Proposals</h3>
  <dl>${terms(states)}</dl>
  <h3>Numbers</h3>
  <dl>${lines([
    term(
      'p95',
      'So much or less was used in 95% of the samples, each an average over some minutes.',
    ),
    term('most', 'The largest use of the window; of memory it decides, of CPU it does not.'),
    term(
      'wanted by rule',
      'What the rule asks for. One step goes to half or to three times at most, but for memory after kills.',
    ),
    term('by rule', 'The limit of CPU follows from the request by the rule of the platform.'),
    term(
      'CPU above the proposal',
      'The share of the samples of CPU use that are above the proposed request.',
    ),
    term(
      'of held-out days',
      'The share of the last days above what the days before them would have requested.',
    ),
    term(
      'written down',
      'The size stands in the application: nothing changes it, and what is proposed is advice.',
    ),
  ])}</dl>
  </section>`;

function terms(table: typeof verdicts | typeof states): Markup {
  return lines(
    Object.entries(table).map(([word, meaning]) =>
      term(wordOf(word as keyof typeof table), meaning),
    ),
  );
}

function term(word: string, meaning: string): Markup {
  return markup`<div><dt>${word}</dt><dd>${meaning}</dd></div>`;
}
