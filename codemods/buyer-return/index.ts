import type { ts } from 'ts-morph';
import { buyerReturnNames, buyerReturnParameters } from '../../src/catalog';
import type { Codemod, CodemodInput, CodemodResult, FindingDraft, SourceUnit } from '../codemod';
import { walk } from '../typed-program/nodes';
import { parseScript } from '../typed-program/parse-script';
import { handlerAround, returnedNames } from './judge-return';
import { readLegacyProject, type LegacyProject } from './legacy-project';
import { asQueryRead, type QueryRead } from './query-reads';

const NAME = 'buyer-return';
const RETURNED: ReadonlySet<string> = new Set(buyerReturnParameters.map(({ name }) => name));
const SCRIPT = /\.[cm]?[jt]sx?$/;

const meaningOf = (names: readonly string[]): string =>
  buyerReturnParameters.find(({ name }) => names.includes(name))?.meaning ?? '';

function findingOf(unit: SourceUnit, node: ts.Node, names: readonly string[]): FindingDraft {
  return {
    rule: 'browser/buyer-return',
    codemod: NAME,
    surface: 'browser',
    automation: 'manual',
    confidence: names.includes('AuthenticationStatus') ? 'medium' : 'low',
    path: unit.path,
    start: node.getStart(),
    end: node.getEnd(),
    legacy: { name: names.join(', ') },
    replacement: { name: 'amazonCheckoutSessionId' },
    // A name of a secret with a colon behind it would be masked, and the sentence with it.
    message: `By ${names.join(', ')} ${meaningOf(names)}`,
    rewritten: false,
  };
}

function readFile(unit: SourceUnit, project: LegacyProject): FindingDraft[] {
  const reads: { readonly read: QueryRead; readonly handler: ts.Node }[] = [];
  walk(parseScript(unit.path, unit.text), (node) => {
    const read = asQueryRead(node);
    if (read?.names.some((name) => RETURNED.has(name)) === true) reads.push({ read, handler: handlerAround(node) });
  });
  const seen = new Set<string>();
  return reads.flatMap(({ read, handler }): FindingDraft[] => {
    const own = reads.filter((other) => other.handler === handler);
    const names = returnedNames(read, {
      text: handler.getText(),
      path: unit.path,
      names: new Set(own.flatMap((other) => other.read.names)),
      sells: project.sells(unit),
      isConnected: project.isConnected(unit),
    });
    // Once for each name of a handler: the other reads of it go with the first.
    const fresh = names.filter((name) => !seen.has(`${handler.pos} ${name}`));
    fresh.forEach((name) => seen.add(`${handler.pos} ${name}`));
    return fresh.length === 0 ? [] : [findingOf(unit, read.node, fresh)];
  });
}

function run(input: CodemodInput): CodemodResult {
  const units = input.files.filter(({ path, text }) => SCRIPT.test(path) && buyerReturnNames.test(text));
  const project = units.length === 0 ? undefined : readLegacyProject(input);
  const findings = project === undefined ? [] : units.flatMap((unit) => readFile(unit, project));
  return { edits: [], newFiles: [], findings, failures: [] };
}

/** Lists what servers read off the URL when legacy Amazon Pay sends the buyer back. */
export const codemod: Codemod = {
  name: NAME,
  description: 'Routes that read what legacy Amazon Pay puts into the URL when the buyer comes back are listed.',
  surfaces: ['browser'],
  run,
};
