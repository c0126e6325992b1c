import { clientDeclarations } from './sdk-declarations/clients';
import { objectDeclarations } from './sdk-declarations/objects';
import { payloadDeclarations } from './sdk-declarations/payloads';
import { applyStyle, type EmittedStyle } from './style';

/** The name under which the declarations are written; a project's own file of that name is left alone by the caller. */
export const SDK_DECLARATIONS_FILE = 'amazon-pay-api-sdk-nodejs.d.ts';

/**
 * Writes the declarations of Amazon's SDK, which ships none. They describe 2.3.4 (since 2.1.3 the SDK answers with
 * axios responses; before, with a body of text).
 */
export function emitSdkDeclarations(style: EmittedStyle): string {
  const source = `/**
 * Types of @amazonpay/amazon-pay-api-sdk-nodejs 2.3, which has none of its own. Written by amazon-pay-migrate; change it
 * as you like, and delete it when Amazon ships types.
 */
declare module '@amazonpay/amazon-pay-api-sdk-nodejs' {
${[objectDeclarations, payloadDeclarations, clientDeclarations].map((text) => text.replace(/^\n|\n$/g, '')).join('\n\n')}
}
`;
  return applyStyle(source, style);
}
