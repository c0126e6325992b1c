import { z } from 'zod';
import type { AuditCheck, Evidence, MessageCheck, Status, StoreCheck } from '../../proxy/operate/api';
import { toOneLine } from '../../report/plain-text';
import { CliError } from '../cli-error';
import { exitCodes, type ExitCode } from '../exit-codes';
import type { Streams } from '../terminal-streams';
import type { Admin } from './admin';
import { commonSettings, openSession } from './session';

const settings = commonSettings.extend({ head: z.string().optional(), full: z.boolean().default(false) });

interface Verified {
  readonly audit: AuditCheck;
  readonly store: StoreCheck;
  readonly messages: { readonly checked: number; readonly broken: MessageCheck['broken'] };
  readonly gate: { readonly isOpen: boolean; readonly differs: readonly string[] };
}

/** `proxy verify`: whether what the proxy says can be believed. Exit code 1 when something does not fit. */
export async function handleVerify(argv: unknown, streams: Streams): Promise<ExitCode> {
  const options = settings.parse(argv);
  if (options.head !== undefined && !/^[0-9a-f]{64}$/.test(options.head))
    throw new CliError(
      'USAGE',
      '--head is no hash of an entry.',
      'It takes the 64 digits that an earlier verify printed.',
    );
  const { admin, screen, show } = openSession(options, streams);
  const audit = await admin.get<AuditCheck>('/api/verify/audit', { head: options.head });
  const store = await admin.get<StoreCheck>('/api/verify/store', { full: options.full ? 1 : undefined });
  const verified: Verified = { audit, store, messages: await readAll(admin, streams), gate: await recount(admin) };
  const broken = [...store.broken, ...verified.messages.broken, ...verified.gate.differs];
  const isWell = audit.broken === null && broken.length === 0;
  show(verified, () =>
    render(verified, (well) => (well ? screen.colours.green('ok   ') : screen.colours.red('WRONG'))),
  );
  return isWell ? exitCodes.done : exitCodes.findings;
}

const MAX_BROKEN = 1000;

/** Part by part: between two of them the proxy takes messages in. */
async function readAll(admin: Admin, { stderr }: Streams): Promise<Verified['messages']> {
  const broken: MessageCheck['broken'][number][] = [];
  let checked = 0;
  for (let after: number | null = 0; after !== null && broken.length < MAX_BROKEN;) {
    const part: MessageCheck = await admin.get<MessageCheck>('/api/verify/messages', { after });
    checked += part.checked;
    broken.push(...part.broken);
    after = part.next;
    if (stderr.isTTY === true) stderr.write(after === null ? '\r\u001b[K' : `\r${checked} messages …`);
  }
  return { checked, broken };
}

/** Counts the whole store for the gate, and compares that with the figures that are kept while it works. */
async function recount(admin: Admin): Promise<Verified['gate']> {
  const { gate: counted } = await admin.get<Evidence>('/api/evidence');
  const { gate: kept } = await admin.get<Status>('/api/status');
  // What waits changes from one moment to the next.
  const differs = counted.figures.flatMap((figure, index) => {
    const shown = kept.figures[index];
    if (figure.name === 'lag' || shown?.found === figure.found) return [];
    return [`${figure.name}: counted ${figure.found}, shown ${shown?.found ?? 'nothing'}`];
  });
  return { isOpen: counted.isOpen, differs };
}

/** Whoever kept a head wants to hear that it was found, and what came after it. */
const sayKnown = ({ known, entries }: AuditCheck): readonly string[] =>
  known === null ? [] : [`       The head that was kept is that of entry ${known}; ${entries - known} came after it.`];

function render({ audit, store, messages, gate }: Verified, mark: (isWell: boolean) => string): string {
  const { broken } = audit;
  const lines = [
    broken === null
      ? `${mark(true)}  audit: ${audit.entries} entries, each bound to the one before`
      : `${mark(false)}  audit: entry ${broken.sequence}: ${toOneLine(broken.because)}`,
    ...sayKnown(audit),
    `       head ${audit.head}`,
    '       Keep it elsewhere: verify --head tells later whether the end was cut off or all was written anew.',
    `${store.isChecked ? mark(store.broken.length === 0) : 'LOOK '}  file: ${store.said}`,
    ...store.broken.map((problem) => `       ${toOneLine(problem)}`),
    `${mark(messages.broken.length === 0)}  store: ${messages.checked} messages read, ${messages.broken.length} broken`,
    ...messages.broken.slice(0, 20).map(({ id, because }) => `       message ${id}: ${toOneLine(because)}`),
    `${mark(gate.differs.length === 0)}  gate: counted anew, ${gate.isOpen ? 'open' : 'closed'}`,
    ...gate.differs.map((line) => `       ${toOneLine(line)} (once more, if comparisons ended meanwhile)`),
  ];
  return `${lines.join('\n')}\n`;
}
