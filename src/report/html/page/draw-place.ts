import { splitGuidance } from '../split-guidance';
import { drawCode } from './code';
import { make } from './make';
import { isLeft, type Place } from './places';

const severities = { automatic: 'automatic', assisted: 'decide', manual: 'by hand' } as const;

/** A place as one line that opens. What is inside is made when it is opened: ten thousand of them would be slow. */
export function drawPlace(place: Place): HTMLDetailsElement {
  const { standing, severity, message, file, line } = place;
  const isDone = !isLeft(place);
  const word = isDone ? standing : standing === 'new' ? `new, ${severities[severity]}` : severities[severity];
  const summary = make(
    'summary',
    '',
    make('span', `chip ${isDone ? 'done' : severity}`, word),
    make('span', 'message', message),
    make('span', 'where', ...breakable(`${file.path}:${line}`)),
  );
  const details = make('details', 'place', summary);
  details.id = place.id;
  details.addEventListener('toggle', () => details.open && fill(details, place));
  return details;
}

/** A path that is too long goes on behind a slash, and is copied as it is. */
const breakable = (path: string): (Node | string)[] =>
  path.split(/(?<=\/)/).flatMap((part, index) => (index === 0 ? [part] : [make('wbr', ''), part]));

/** Adds what a closed place does not have yet. */
export function fill(details: HTMLDetailsElement, place: Place): void {
  if (details.querySelector('.inside') !== null) return;
  const facts = listFacts(place).flatMap(({ title, content, isMinor = false }) => {
    const name = isMinor ? 'minor' : '';
    return [make('dt', name, title), make('dd', name, content)];
  });
  details.append(make('div', 'inside', drawCode(place), make('dl', 'facts', ...facts)));
}

interface Fact {
  readonly title: string;
  readonly content: Node | string;
  /** Left out on paper. */
  readonly isMinor?: true;
}

function listFacts(place: Place): readonly Fact[] {
  const { rule, guidance, docs, legacy, replacement, confidence, minutes, id } = place;
  const code = (text: string): HTMLElement => make('code', '', text);
  const facts: readonly (Fact | null)[] = [
    rule.why === '' ? null : { title: 'Why', content: readProse(rule.why) },
    { title: 'What to do', content: drawGuidance(guidance) },
    { title: 'Legacy', content: code(legacy), isMinor: true },
    replacement === '' ? null : { title: 'In v2', content: code(replacement), isMinor: true },
    docs === '' ? null : { title: 'Documentation', content: link(docs, docs.replace(/^https:\/\//, '')) },
    { title: 'Rule', content: code(rule.id) },
    confidence === 'high' ? null : { title: 'Confidence', content: `${confidence}: check that this is Amazon Pay` },
    isLeft(place) ? { title: 'Effort', content: `about ${minutes} min` } : null,
    { title: 'Link', content: link(`#${id}`, `#${id}`), isMinor: true },
  ];
  return facts.filter((fact) => fact !== null);
}

/** Paragraphs, and code to write. */
const drawGuidance = (guidance: string): HTMLElement =>
  make(
    'div',
    'guidance',
    ...splitGuidance(guidance).map(({ kind, text }) =>
      kind === 'code' ? make('pre', 'to-write', text) : make('p', '', readProse(text)),
    ),
  );

/** Text in which `code` stands between backticks. */
const readProse = (text: string): HTMLElement =>
  make(
    'span',
    '',
    ...text.split(/(`[^`]+`)/).map((part) => (/^`.+`$/s.test(part) ? make('code', '', part.slice(1, -1)) : part)),
  );

/** Only plain https addresses come from the report, and addresses in this page. */
function link(href: string, text: string): HTMLAnchorElement {
  const anchor = make('a', '', text);
  anchor.href = href;
  if (!href.startsWith('#')) anchor.rel = 'noreferrer';
  return anchor;
}
