import type { Edit } from '../../codemod';
import { indentAt } from '../../rewriting/style';
import { readArguments, type Argument } from '../call-arguments';
import type { PhpFile } from '../project';
import { Refusal } from '../refusal';
import { valueText, type Value } from '../style';
import { argumentsOf, literalOf, unwrap, type PhpNode } from '../tree';

/** What becomes of `new Client($config)`. */
export interface Construction {
  readonly node: PhpNode;
  readonly edit: Edit;
  /** What somebody has to look at; nothing where region and environment are written out. */
  readonly decisions: readonly string[];
}

/** What the emitted class takes over of a legacy configuration (facts: other-languages.md section 10.3). */
const TAKEN = /^(?:region|sandbox|currency_code|proxy_(?:host|port|username|password))$/;
const REGIONS = new Set(['us', 'uk', 'de', 'jp']);
/** Keys that did something which the v2 client does otherwise. */
const OTHERWISE: Readonly<Record<string, string>> = {
  platform_id: 'platform_id is part of each request in v2, as platformId: add it where Amazon knows your platform.',
  cabundle_file: 'the v2 client has no cabundle_file: it takes the certificates that PHP is configured with.',
};

/**
 * The v2 client in place of a legacy one.
 *
 * @throws Refusal where the configuration says something that cannot be taken over
 */
export function rewriteConstruction(file: PhpFile, node: PhpNode): Construction {
  const { source, style } = file;
  const [argument, ...others] = argumentsOf(node) ?? [];
  if (argument === undefined || others.length > 0)
    throw new Refusal('it is made without a configuration, or with more');
  const given = readArguments(source, node);
  const list = given.isKnown ? given.list : [];
  const stays = list.find(({ key }) => key === 'override_service_url');
  if (stays !== undefined) throw new Refusal('override_service_url is the address of another service than that of v2');
  const isInPlace = unwrap(argument).kind === 'array_creation_expression';
  const isRebuilt = given.isKnown && isInPlace && given.comments.length === 0;
  const text = isRebuilt ? connect(file, node, list) : `${style.helper}::connect(${source.textOf(argument)})`;
  return {
    node,
    edit: { path: source.path, start: node.start, end: node.end, text },
    decisions: [
      ...(given.isKnown ? undecided(file, list) : [COMPUTED]),
      ...list.flatMap(({ key }) => OTHERWISE[key] ?? []),
    ],
  };
}

const COMPUTED =
  'region, sandbox and currency_code come from a configuration that is not written out here: it has to have them as the legacy client took them.';

/** The configuration with only what is taken over, in the way of writing of the legacy one. */
function connect({ source, style }: PhpFile, node: PhpNode, list: readonly Argument[]): string {
  const taken = list.filter(({ key }) => TAKEN.test(key)).map(({ key, text }): [string, Value] => [key, text]);
  const array: Value = { kind: 'array', members: Object.fromEntries(taken) };
  const isOneLine = !source.textOf(node).includes('\n');
  return `${style.helper}::connect(${valueText(array, style, isOneLine ? null : indentAt(source.text, node.start))})`;
}

/** Region and environment decide which account is charged, and whether with real money. */
function undecided({ source }: PhpFile, list: readonly Argument[]): string[] {
  const one = (key: string): Argument | undefined => list.find((argument) => argument.key === key);
  const [region, sandbox] = [one('region'), one('sandbox')];
  const isRegion = region !== undefined && REGIONS.has(literalOf(source, region.value)?.trim().toLowerCase() ?? '');
  const isSandbox = sandbox === undefined || /^(?:true|false)$/i.test(source.textOf(sandbox.value));
  const isOptional = region?.isOptional === true || sandbox?.isOptional === true;
  return isRegion && isSandbox && !isOptional ? [] : [COMPUTED];
}
