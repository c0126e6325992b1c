import { ADDRESS_OF_MWS } from '../../src/catalog';
import type { Codemod, CodemodInput, CodemodResult, FindingDraft, SourceUnit } from '../codemod';
import { findEvidence } from './evidence';
import { type Endpoint, findEndpoints } from './find-endpoints';
import type { KeyPlace } from './key-place';
import { type Format, readFormat } from './read-format';
import { findNewNames, findSellers, type LegacyKey, recogniseKey } from './recognise-key';
import { requireCredentials } from './require-credentials';
import { scanJson } from './scan-json';
import { scanLines } from './scan-lines';
import { isConfigurationModule, scanScript } from './scan-script';

/** What every name that counts holds, in any spelling: most files are not worth a closer look. */
const MARKERS = /mws|(?:access|secret)[_.-]?(?:access[_.-]?)?key|(?:seller|client)[_.-]?id/i;

async function findPlaces(unit: SourceUnit, format: Format): Promise<KeyPlace[]> {
  if (!MARKERS.test(unit.text)) return [];
  if (format === 'lines') return scanLines(unit.text);
  if (format === 'json') return scanJson(unit.text);
  if (!isConfigurationModule(unit.path) && !/\benv\b|mws/i.test(unit.text)) return [];
  return scanScript(await import('../typed-program/parser.js'), unit);
}

interface Recognised {
  readonly place: KeyPlace;
  readonly key: LegacyKey;
}

/** One place for each setting on a line: `mwsAccessKey: process.env.MWS_ACCESS_KEY` is one thing to change. */
function onePerLine(text: string, all: readonly Recognised[]): Recognised[] {
  const seen = new Set<string>();
  return all.filter(({ place, key }) => {
    const id = `${text.lastIndexOf('\n', place.start - 1)} ${key.holds}`;
    return seen.size < seen.add(id).size;
  });
}

/** An address says more than the name of the setting that holds it. */
const withoutAddressKeys = (text: string, all: readonly Recognised[], endpoints: readonly Endpoint[]): Recognised[] =>
  all.filter(
    ({ place, key }) =>
      key.holds !== ADDRESS_OF_MWS ||
      !endpoints.some(({ start }) => start > place.end && !text.slice(place.end, start).includes('\n')),
  );

const base = (unit: SourceUnit, { start, end }: { readonly start: number; readonly end: number }) =>
  ({
    codemod: 'configuration',
    surface: 'configuration',
    automation: 'manual',
    path: unit.path,
    start,
    end,
    rewritten: false,
  }) as const;

function confidenceOf(format: Format, { place, key }: Recognised): FindingDraft['confidence'] {
  if (format === 'script' && place.kind === 'reference') return 'low';
  return key.certainty === 'certain' ? 'high' : 'medium';
}

function reportKey(
  unit: SourceUnit,
  format: Format,
  recognised: Recognised,
  present: ReadonlySet<string>,
): FindingDraft {
  const { place, key } = recognised;
  const { replacement, holds, advice } = key;
  const isReady = replacement !== null && present.has(replacement);
  const outcome = isReady
    ? `${replacement} already stands in this file, so ${place.name} can be deleted after cutover.`
    : replacement === null
      ? 'v2 has no such setting.'
      : `v2 reads ${replacement}.`;
  return {
    ...base(unit, place),
    rule: 'configuration/legacy-key',
    confidence: confidenceOf(format, recognised),
    legacy: { name: place.name },
    replacement: replacement === null ? null : { name: replacement },
    message: `${place.name} ${place.kind === 'key' ? 'holds' : 'refers to'} ${holds}; ${outcome}`,
    guidance: isReady ? `Delete ${place.name} when no legacy call and no dual run needs it any more.` : advice,
  };
}

function reportEndpoint(unit: SourceUnit, endpoint: Endpoint): FindingDraft {
  const region = endpoint.region === undefined ? '' : ` This host stands for AMAZON_PAY_REGION=${endpoint.region}.`;
  return {
    ...base(unit, endpoint),
    rule: 'configuration/endpoint',
    confidence: endpoint.namesAmazonPay ? 'high' : 'medium',
    legacy: { name: endpoint.host },
    replacement: { name: 'AMAZON_PAY_REGION' },
    message: `${endpoint.host} is a host of legacy MWS; the v2 SDK chooses its host by region.`,
    guidance: `Remove the address after cutover.${region}`,
  };
}

/** Addresses in code belong to the requests that are made there; only those of a configuration module are settings. */
const findAddresses = (unit: SourceUnit, format: Format): Endpoint[] =>
  format === 'script' && !isConfigurationModule(unit.path) ? [] : findEndpoints(unit.text);

async function inspect(unit: SourceUnit, hasEvidence: (path: string) => boolean): Promise<FindingDraft[]> {
  const format = readFormat(unit);
  if (format === undefined) return [];
  const places = await findPlaces(unit, format);
  const ofSellers = findSellers(places);
  const recognised = places.flatMap((place) => {
    const key = recogniseKey(place, ofSellers.has(place));
    return key === undefined ? [] : [{ place, key }];
  });
  // A deployment repository holds no code: there, a name that says Amazon Pay vouches for the others in its file.
  const vouched = hasEvidence(unit.path) || recognised.some(({ key }) => key.certainty === 'certain');
  const endpoints = findAddresses(unit, format).filter(({ namesAmazonPay }) => namesAmazonPay || vouched);
  const counted = recognised.filter(({ key }) => vouched || key.certainty === 'certain');
  const settings = withoutAddressKeys(unit.text, onePerLine(unit.text, counted), endpoints);
  const present = findNewNames(unit.text);
  return [
    ...settings.map((setting) => reportKey(unit, format, setting, present)),
    ...endpoints.map((endpoint) => reportEndpoint(unit, endpoint)),
  ];
}

async function run(input: CodemodInput): Promise<CodemodResult> {
  const hasEvidence = findEvidence(input);
  const settings: FindingDraft[] = [];
  for (const unit of input.files) settings.push(...(await inspect(unit, hasEvidence)));
  return { edits: [], newFiles: [], findings: [...settings, ...requireCredentials(input, settings)], failures: [] };
}

/** Lists what configuration has to change. It edits nothing: these files are the merchant's and may hold secrets. */
export const codemod: Codemod = {
  name: 'configuration',
  description: 'Legacy settings, addresses of MWS, and the credentials that v2 needs.',
  surfaces: ['configuration'],
  run,
};
