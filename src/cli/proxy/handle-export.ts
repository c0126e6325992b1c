import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Evidence } from '../../proxy/operate/api';
import { CliError } from '../cli-error';
import { checkDestination } from '../destinations';
import { exitCodes, type ExitCode } from '../exit-codes';
import type { Streams } from '../terminal-streams';
import { commonSettings, openSession, readTime, toJson } from './session';

const settings = commonSettings.omit({ json: true }).extend({
  /** A lone `-` comes as an empty text. */
  file: z.string().default(''),
  since: z.string().optional(),
  'exit-code': z.boolean().default(false),
});

/** `proxy export FILE`: the evidence as JSON, for the audit report. */
export async function handleExport(argv: unknown, streams: Streams): Promise<ExitCode> {
  const options = settings.parse(argv);
  const { file } = options;
  if (file !== '') checkDestination('export', file);
  const since = readTime('since', options.since, Date.now());
  const { admin } = openSession({ ...options, json: true }, streams);
  const evidence = await admin.get<Evidence>('/api/evidence', { since });
  const text = toJson(evidence);
  if (file === '') streams.stdout.write(text);
  else {
    write(file, text);
    const { orders, gate, reservations } = evidence;
    streams.stderr.write(
      `${file}: ${orders.compared} orders compared, ${orders.differing} differ; the gate is ${gate.isOpen ? 'open' : 'closed'}.\n${reservations.map(({ text }) => `  - ${text}\n`).join('')}`,
    );
  }
  return options['exit-code'] && !evidence.gate.isOpen ? exitCodes.findings : exitCodes.done;
}

/** Whole or not at all: half a file of evidence is none. */
function write(file: string, text: string): void {
  const unfinished = `${file}.${process.pid}.part`;
  try {
    writeFileSync(unfinished, text, { mode: 0o600, flag: 'wx' });
    renameSync(unfinished, file);
  } catch (cause) {
    rmSync(unfinished, { force: true });
    const problem = `${file} cannot be written: ${(cause as Error).message}.`;
    throw new CliError('WRITE_FAILED', problem, 'Nothing was written.', exitCodes.usage, { cause });
  }
}
