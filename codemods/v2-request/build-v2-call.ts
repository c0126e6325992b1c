import type { RequestField, V2Operation } from '../../src/catalog/types';
import { commonParameters } from '../../src/catalog';
import { convertPriceMembers, convertValue, type Converted } from './convert-value';
import { printObject, setPath, type ObjectText } from './print-object';
import { mentionsSimulation, simulationCode } from './simulation';
import type { FieldNote, HelperFunction, LegacyRequest, LegacyValue, SimulationText, V2Call } from './types';

/** What has been collected while the legacy parameters are walked. */
interface Draft {
  path: string | undefined;
  readonly body: ObjectText;
  readonly bodyText: Map<string, string>;
  readonly headers: ObjectText;
  /** An object whose headers are added to those, where the syntax of the file has no spread. */
  headersBeside: string | undefined;
  readonly helpers: Set<HelperFunction>;
  readonly notes: FieldNote[];
}

interface Given {
  readonly field: string;
  readonly row: RequestField;
  readonly value: LegacyValue;
  readonly converted: Converted;
}

/** The value of a row: given whole, or as the two members of a price. */
function findGiven(request: LegacyRequest, name: string, row: RequestField): Given | undefined {
  const whole = request.values.get(name);
  if (whole !== undefined) {
    const converted = convertValue(row, request.operation.name, whole, request);
    return { field: name, row, value: whole, converted };
  }
  if (row.via !== 'price') return undefined;
  const amount = request.values.get(`${name}.Amount`);
  const currency = request.values.get(`${name}.CurrencyCode`);
  if (amount === undefined) return undefined;
  // A capture without an amount would be one of the full amount; the helper refuses a price without a currency.
  if (currency === undefined) {
    const converted = convertPriceMembers(amount, { text: 'undefined' }, request);
    return { field: name, row, value: amount, converted };
  }
  const comments = [...(amount.comments ?? []), ...(currency.comments ?? [])];
  const converted = convertPriceMembers(amount, currency, request);
  return { field: name, row, value: { ...amount, comments }, converted };
}

const SIMULATION_CODE = 'x-amz-pay-simulation-code';

/** Adds the header of a simulation: always, or under the condition under which legacy was given it. */
function addSimulation(
  draft: Draft,
  code: string,
  simulation: SimulationText | undefined,
  request: LegacyRequest,
): void {
  const { quote, isEs5 } = request;
  const { properties } = draft.headers;
  if (simulation?.condition === undefined) {
    properties.push({ key: SIMULATION_CODE, value: code, comments: [] });
    return;
  }
  // A header that is undefined would be signed as that text, so that it is not there at all.
  const text = `${simulation.condition} ? { ${quote}${SIMULATION_CODE}${quote}: ${code} } : {}`;
  if (isEs5 === true) draft.headersBeside = text;
  else properties.push({ key: `...(${text})`, value: `...(${text})`, comments: [] });
}

function placeSimulation(draft: Draft, request: LegacyRequest, given: Given): boolean {
  const { text: written, simulation } = given.value;
  if (given.row.simulation !== true || (simulation === undefined && !mentionsSimulation(written))) return false;
  const code = simulationCode(request.operation.name, simulation?.source ?? written);
  if (code === undefined) {
    const message = `${given.field} holds a sandbox simulation that has no confirmed v2 code; it was left out.`;
    draft.notes.push({ field: given.field, kind: 'simulation-dynamic', message });
  } else {
    addSimulation(draft, `${request.quote}${code}${request.quote}`, simulation, request);
    const message = `The sandbox simulation in ${given.field} is now the header x-amz-pay-simulation-code; remove it before going live.`;
    draft.notes.push({ field: given.field, kind: 'simulation', message });
  }
  return true;
}

/** `softDescriptor` only counts together with `captureNow`. Returns undefined when it must go. */
function conditionalText(draft: Draft, given: Given): string | undefined {
  const condition = given.row.onlyWith;
  if (condition === undefined) return given.converted.text;
  const text = draft.bodyText.get(condition);
  if (text === 'true') return given.converted.text;
  if (text !== undefined && text !== 'false') return `${text} ? ${given.converted.text} : undefined`;
  const message = `${given.field} counts in v2 only together with ${condition}; send it with the capture instead.`;
  draft.notes.push({ field: given.field, kind: 'dropped-condition', message });
  return undefined;
}

function place(draft: Draft, request: LegacyRequest, given: Given): void {
  if (placeSimulation(draft, request, given)) return;
  const { row, converted, value } = given;
  if (row.to === null) {
    const message = `${given.field} has no place in v2: ${row.because ?? 'there is no such field.'}`;
    draft.notes.push({ field: given.field, kind: 'no-counterpart', message });
    return;
  }
  const text = conditionalText(draft, given);
  if (text === undefined) return;
  converted.helpers.forEach((helper) => draft.helpers.add(helper));
  if (converted.shortened === true) {
    const message = `${given.field} may be longer than the ${row.maxLength} characters that v2 allows; it is cut.`;
    draft.notes.push({ field: given.field, kind: 'shortened', message });
  }
  const [where = '', ...rest] = row.to.split('.');
  const name = rest.join('.');
  if (where === 'path') draft.path = [...(value.comments ?? []).map(asInline), text].join(' ');
  else if (where === 'header')
    draft.headers.properties.push({ key: name, value: text, comments: value.comments ?? [] });
  else {
    draft.bodyText.set(name, text);
    setPath(draft.body, name, text, value.comments ?? []);
  }
}

/** A comment that stood above a property, in front of an argument. */
const asInline = (comment: string): string =>
  comment.startsWith('//') ? `/* ${comment.slice(2).trim().replaceAll('*/', '* /')} */` : comment;

/** Fields that another field depends on come first. */
const byDependency = (a: Given, b: Given): number =>
  Number(a.row.onlyWith !== undefined) - Number(b.row.onlyWith !== undefined);

function placeAbsent(draft: Draft, request: LegacyRequest, given: readonly Given[], v2: V2Operation): void {
  const present = new Set(given.map(({ field }) => field));
  for (const [name, row] of Object.entries(request.operation.request)) {
    if (row.via === 'price') reportHalfPrice(draft, request, name);
    if (present.has(name) || row.to === null) continue;
    if (row.whenAbsent !== undefined && row.to.startsWith('body.')) {
      const path = row.to.slice('body.'.length);
      const text = row.whenAbsent.replace(/^['"](.*)['"]$/, `${request.quote}$1${request.quote}`);
      if (!draft.bodyText.has(path)) setPath(draft.body, path, text, []);
    } else if (row.to.startsWith('path.') || (row.via === 'idempotencyKey' && v2.arguments.includes('headers'))) {
      draft.notes.push({ field: name, kind: 'missing', message: `${name} is not given, and v2 needs it.` });
    }
  }
}

/** An amount without its currency, or the other way round, is no price. */
function reportHalfPrice(draft: Draft, request: LegacyRequest, name: string): void {
  const missing = ['Amount', 'CurrencyCode'].filter((member) => !request.values.has(`${name}.${member}`));
  if (missing.length !== 1) return;
  const message = `${name}.${missing[0]} is not given, and v2 takes no price without it: write it into the v2 call.`;
  draft.notes.push({ field: name, kind: 'missing', message });
}

function reportUnknown(draft: Draft, request: LegacyRequest): void {
  for (const name of request.values.keys()) {
    const known = Object.keys(request.operation.request).some((row) => row === name || name.startsWith(`${row}.`));
    if (known || commonParameters[name] !== undefined) continue;
    const message = `${name} is no parameter of ${request.operation.name}; legacy Amazon Pay ignored it, and so does the rewritten call.`;
    draft.notes.push({ field: name, kind: 'unknown-field', message });
  }
}

/** Longest call that stays on one line. */
const LINE = 100;

function printArguments(draft: Draft, request: LegacyRequest, v2: V2Operation): string {
  const withoutHeaders =
    v2.arguments.at(-1) === 'headers' && draft.headers.properties.length === 0 && draft.headersBeside === undefined;
  const names = withoutHeaders ? v2.arguments.slice(0, -1) : v2.arguments;
  const print = (indent: string): string[] =>
    names.map((argument) => {
      if (argument === 'path') return draft.path ?? 'undefined';
      const text = printObject(argument === 'body' ? draft.body : draft.headers, { ...request, indent });
      const isSplit = argument === 'headers' && draft.headersBeside !== undefined;
      return isSplit ? `Object.assign(${text}, ${draft.headersBeside})` : text;
    });
  const inline = print(request.indent).join(', ');
  const onlyLastIsLong = print(request.indent)
    .slice(0, -1)
    .every((text) => !text.includes('\n'));
  const firstLine =
    request.indent.length + request.client.length + v2.sdkMethod.length + (inline.split('\n')[0]?.length ?? 0);
  if (names.length < 2 || (onlyLastIsLong && firstLine + 12 <= LINE)) return inline;
  const inner = request.indent + request.unit;
  return `${request.eol}${print(inner)
    .map((text) => inner + text)
    .join(`,${request.eol}`)}${request.eol}${request.indent}`;
}

/**
 * Builds the v2 SDK call that replaces one legacy request, from the catalog row of its operation alone.
 *
 * @param v2 the v2 operation to call, when it is not the row's usual one (a draft object)
 * @throws Error when the operation has no v2 counterpart; ask the catalog first
 */
export function buildV2Call(request: LegacyRequest, v2: V2Operation | null = request.operation.v2): V2Call {
  if (v2 === null) throw new Error(`${request.operation.name} has no v2 operation`);
  const draft: Draft = {
    path: undefined,
    body: { properties: [] },
    bodyText: new Map(),
    headers: { properties: [] },
    headersBeside: undefined,
    helpers: new Set(),
    notes: [],
  };
  const order = [...request.values.keys()];
  const position = (name: string): number => order.findIndex((key) => key === name || key.startsWith(`${name}.`));
  const given = Object.entries(request.operation.request)
    .flatMap(([name, row]) => findGiven(request, name, row) ?? [])
    .sort((a, b) => position(a.field) - position(b.field))
    .sort(byDependency);
  given.forEach((each) => place(draft, request, each));
  placeAbsent(draft, request, given, v2);
  for (const [path, text] of Object.entries(v2.constants ?? {})) {
    if (!draft.bodyText.has(path))
      setPath(draft.body, path, text.replace(/^['"](.*)['"]$/, `${request.quote}$1${request.quote}`), []);
  }
  reportUnknown(draft, request);
  const expression = `${request.client}.${v2.sdkMethod}(${printArguments(draft, request, v2)})`;
  return { expression, helpers: draft.helpers, notes: draft.notes };
}
