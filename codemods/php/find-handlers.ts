import { codeBlock } from '../code-block';
import { foreignLanguages } from '../../src/catalog/languages';
import type { FindingDraft } from '../codemod';
import { handlerToWrite, PHP_NOTIFICATION } from './emitted-notification';
import type { PhpFile } from './project';

/** Where a legacy SDK of any generation receives notifications, with the handler to write in its place. */
export function findHandlers({ source, types }: PhpFile): readonly FindingDraft[] {
  const { v2 } = foreignLanguages.php;
  return source.all('object_creation_expression').flatMap((made): FindingDraft[] => {
    const written = made.parts.find(({ kind }) => kind === 'name' || kind === 'qualified_name');
    const name = written === undefined ? '' : source.textOf(written);
    if (!types.names.isOf(name, 'ipn-handler')) return [];
    return [
      {
        rule: 'php/ipn-handler',
        codemod: 'php',
        surface: 'other-language',
        automation: 'assisted',
        confidence: 'high',
        path: source.path,
        start: made.start,
        end: made.end,
        legacy: { name: name.replace(/^\\/, '') },
        replacement: { name: 'AmazonPayNotification::receive' },
        message:
          'Notifications are read by the legacy SDK, which takes those of v2 for empty ones: 200 is answered, and the payment is lost in silence.',
        guidance: `${PHP_NOTIFICATION}, which migrate writes, takes notifications of both versions, checks their signature as the legacy SDK does, and fetches the object. With it the handler is, but for your own update functions:\n\n${codeBlock(handlerToWrite(v2?.construction ?? ''))}`,
        rewritten: false,
      },
    ];
  });
}
