import type { HelperFunction } from '../v2-request/types';

export type HelperFormat = 'commonjs' | 'esm' | 'typescript';

/** Declarations that the functions lean on. The types exist in the TypeScript format only. */
type Detail =
  | 'createHash'
  | 'refuse'
  | 'AmazonPayError'
  | 'toAmazonPayError'
  | 'isWorthRetrying'
  | 'pauseBeforeRetry'
  | 'waitMilliseconds'
  | 'CHARGE_DECLINES'
  | 'ErrorAnswer'
  | 'RetryOptions'
  | 'Sending'
  | 'DeclinedCharge'
  | 'CallbackError'
  | 'Price'
  | 'LEGACY_NOTIFICATIONS'
  | 'FETCHED_OBJECTS'
  | 'Fetched'
  | 'NotificationClient'
  | 'LegacyNotification'
  | 'parseMessage'
  | 'confirmation'
  | 'nothingToDo'
  | 'readNotification'
  | 'AUTHORIZATION_STATES'
  | 'present'
  | 'legacyAuthorization'
  | 'legacyPermission'
  | 'fetchObject'
  | 'toLegacyNotification'
  | 'toXml'
  | 'createVerify'
  | 'https'
  | 'CERTIFICATES'
  | 'signingCertificate';

/** What a part of the emitted file declares at its top level. */
export type PartName = HelperFunction | Detail;

/**
 * One declaration of the emitted file. `source` is TypeScript in which everything that JavaScript must not see stands
 * between ⟦ and ⟧, so that one text serves all formats and they cannot drift apart.
 */
export interface Part {
  readonly name: PartName;
  readonly needs: readonly PartName[];
  /** Exported to the merchant's code; the others are details of this file. */
  readonly exported: boolean;
  readonly only?: 'typescript';
  readonly source: string;
  /** For CommonJS where it is not the JavaScript of `source`: an import. */
  readonly commonjs?: string;
}

/** Writes a part in one format, exported or not. */
export function writePart(part: Part, format: HelperFormat, exported: boolean): string {
  if (format === 'typescript') return exportInPlace(part.source.replace(/[⟦⟧]/g, '').trim(), exported);
  const source = part.source.replace(/⟦[^⟧]*⟧/g, '').trim();
  if (format === 'esm') return exportInPlace(source, exported);
  const text = part.commonjs ?? source;
  return exported ? `${text}\n${writeExport(part.name, format)}` : text;
}

function exportInPlace(text: string, exported: boolean): string {
  return exported ? text.replace(/^(?=(?:async function|function|class|interface|type|const) )/m, 'export ') : text;
}

/** Exports a declaration that is there already. */
export function writeExport(name: string, format: HelperFormat): string {
  // Not `exports.`: a merchant who assigned module.exports a new object must get the function too.
  return format === 'commonjs' ? `module.exports.${name} = ${name};` : `export { ${name} };`;
}
