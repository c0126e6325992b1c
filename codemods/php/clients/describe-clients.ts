import { codeBlock } from '../../code-block';
import { foreignLanguages } from '../../../src/catalog/languages';
import type { FindingDraft } from '../../codemod';
import type { PhpFile } from '../project';
import type { PhpNode } from '../tree';
import type { ClientFile } from './client-file';
import type { ClientGroup } from './group-clients';
import { V2_CLIENT, type Imports } from './rewrite-imports';

const base = { codemod: 'php', surface: 'other-language', confidence: 'high' } as const;
const KEYS = 'The key pair comes from the environment: AMAZON_PAY_PUBLIC_KEY_ID and AMAZON_PAY_PRIVATE_KEY.';
/** Reasons that one finding names. */
const MAX_REASONS = 3;

const placeOf = ({ source }: PhpFile, { start, end }: PhpNode): Pick<FindingDraft, 'path' | 'start' | 'end'> => ({
  path: source.path,
  start,
  end,
});

const nameIn = ({ source, types }: PhpFile, made: PhpNode): string => {
  const name = made.parts.find(({ kind }) => kind === 'name' || kind === 'qualified_name');
  const full = name === undefined ? '' : types.names.resolve(source.textOf(name));
  return full.startsWith('pay') ? 'PayWithAmazon\\Client' : 'AmazonPay\\Client';
};

/** Clients that stay what they are, with what keeps them. */
export function describeKept({ files, blockers }: ClientGroup): readonly FindingDraft[] {
  const { v2 } = foreignLanguages.php;
  const reasons = [...new Set(blockers)];
  const more = reasons.length > MAX_REASONS ? `; and ${reasons.length - MAX_REASONS} more` : '';
  const because = reasons.slice(0, MAX_REASONS).join('; ') + more;
  return files.flatMap(({ file, names }) =>
    names
      .filter(({ kind }) => kind === 'made')
      .map(({ node }): FindingDraft => ({
        ...base,
        ...placeOf(file, node),
        rule: 'php/client',
        automation: 'manual',
        legacy: { name: nameIn(file, node) },
        replacement: { name: V2_CLIENT },
        message: `A legacy client is made. It stays one: ${because}.`,
        guidance: `Rewritten calls make the v2 client beside it, by AmazonPayV2::client(). ${KEYS} When the places that keep it are gone, migrate again, or make the v2 client here:\n\n${codeBlock(v2?.construction ?? '')}\n\nRegion and sandbox stay what they are. ${v2?.traps ?? ''}`,
        rewritten: false,
      })),
  );
}

/** Clients that become those of v2. */
export function describeMigrated({ constructions }: ClientGroup): readonly FindingDraft[] {
  return [...constructions].flatMap(([{ file }, made]) =>
    made.map(({ node, decisions }): FindingDraft => ({
      ...base,
      ...placeOf(file, node),
      rule: 'php/client',
      automation: decisions.length === 0 ? 'automatic' : 'assisted',
      legacy: { name: nameIn(file, node) },
      replacement: { name: V2_CLIENT },
      message: `All that uses this legacy client is rewritten: AmazonPayV2::connect() makes the v2 client in its place. ${KEYS}`,
      guidance: [...decisions, KEYS, 'The keys of MWS do not work in v2; take them out of the configuration.'].join(
        ' ',
      ),
      rewritten: true,
    })),
  );
}

/** Where a class of the legacy SDK was named. */
export function describeNames(file: PhpFile, types: readonly PhpNode[], { changed }: Imports): readonly FindingDraft[] {
  const finding = (node: PhpNode, message: string): FindingDraft => ({
    ...base,
    ...placeOf(file, node),
    rule: 'php/client-class',
    automation: 'automatic',
    legacy: { name: file.source.textOf(node) },
    replacement: { name: V2_CLIENT },
    message,
    rewritten: true,
  });
  return [
    ...types.map((node) => finding(node, `The class of the legacy client is named; it is ${V2_CLIENT} in v2.`)),
    ...changed.map(({ clause, isRemoved }) =>
      isRemoved
        ? { ...finding(clause, 'Nothing in this file names it any more.'), replacement: null }
        : finding(clause, `The class of the legacy client is imported; it is ${V2_CLIENT} in v2.`),
    ),
  ];
}

/** The places that name the class as a type. */
export const typeNamesOf = ({ names }: ClientFile): readonly PhpNode[] =>
  names.flatMap(({ node, kind }) => (kind === 'type' ? [node] : []));
