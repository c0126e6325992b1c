import type { ts } from 'ts-morph';
import { indentAt } from '../../rewriting/style';
import type { FileContext } from '../context';

/** Writes the new keys beside the legacy one in a configuration module, once, as environment variables of their own. */
export function insertConfigurationKeys(
  contexts: readonly FileContext[],
  places: readonly ts.PropertyAssignment[],
): void {
  for (const place of new Set(places)) {
    const context = contexts.find(({ file }) => file.source === place.getSourceFile());
    if (context === undefined || /amazonPayPublicKeyId/.test(place.parent.getText())) continue;
    const { text } = context.file.unit;
    const start = context.rewriter.start(place);
    const startsLine = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
    const separator = startsLine ? `${context.style.eol}${indentAt(text, start)}` : ' ';
    const lines = [
      'amazonPayPublicKeyId: process.env.AMAZON_PAY_PUBLIC_KEY_ID,',
      'amazonPayPrivateKey: process.env.AMAZON_PAY_PRIVATE_KEY,',
    ];
    context.rewriter.insert(start, lines.map((line) => `${line}${separator}`).join(''));
    context.report(place, {
      rule: 'node-client/construction',
      automation: 'automatic',
      legacy: { name: place.name.getText() },
      replacement: { name: 'amazonPayPublicKeyId, amazonPayPrivateKey' },
      message: 'The configuration gains the key pair of v2 beside the MWS key.',
      rewritten: true,
    });
  }
}
