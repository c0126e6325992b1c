import { operations } from '../../src/catalog';
import type { LegacyClass } from '../../src/catalog/languages';
import type { FileNames } from './names';

/** What the name of a class stands for. */
export type Named =
  | { readonly kind: 'legacy'; readonly row: LegacyClass; readonly name: string }
  /** v2, or another product. */
  | { readonly kind: 'look-alike' }
  /** Another class: one of the merchant, or of a library. */
  | { readonly kind: 'own'; readonly name: string };

/** Classes of legacy SDKs, by their simple names. */
const IN_PACKAGE = new RegExp(
  `^(?:I?(?:Pay)?Client|PayConfig|Config(?:uration)?|Regions|IpnHandler|NotificationFactory|Amazon(?:Service|Client)Exception|I?OffAmazonPayments\\w+|(?:Authorization|Capture|Refund|OrderReference|BillingAgreement|Chargeback|ProviderCredit(?:Reversal)?|SolutionProviderMerchant)Notification|(?:${Object.keys(operations).join('|')}|Charge)(?:Request|Response|ResponseData|Result))$`,
);

/** Names from the root that a written name can stand for, the likeliest first. */
export function fullNames(file: FileNames, written: string): string[] {
  const { separator, name: language } = file.language;
  const rooted = written.startsWith(separator);
  const bare = rooted ? written.slice(separator.length) : written;
  if (rooted) return [bare];
  const [head = '', ...rest] = bare.split(separator);
  // Names of classes have no case in PHP, and their aliases neither; nobody writes them so.
  const imported = [...file.imports, ...file.shared].find(({ local }) => local === head);
  if (imported !== undefined) return [[imported.target, ...rest].join(separator)];
  // Everything of a package is imported at once; only what is certainly of a legacy SDK is looked for in it.
  const wildcards = IN_PACKAGE.test(bare)
    ? [...file.imports, ...file.shared]
        .filter(({ local }) => local === '*')
        .map(({ target }) => target + separator + bare)
    : [];
  // A name of the first SDK for PHP is as good as rooted: nothing else begins like it.
  if (language === 'php' && file.namespaces.length > 0 && !/^OffAmazonPayments/.test(bare))
    return file.namespaces.map((namespace) => namespace + separator + bare);
  return [bare, ...wildcards];
}

export function nameClass(file: FileNames, written: string): Named {
  const { language } = file;
  const names = fullNames(file, written);
  if (names.some((name) => language.lookAlikes.test(name))) return { kind: 'look-alike' };
  const found = names.flatMap((name) => {
    const row = language.classes.find((one) => one.name.test(name));
    return row === undefined ? [] : [{ kind: 'legacy', row, name } as const];
  });
  // A part of a package can have any name; a client has only this one.
  const legacy = found.find(({ row }) => /^(?:client|ipn-handler|login)$/.test(row.role)) ?? found[0];
  if (legacy !== undefined) return legacy;
  return { kind: 'own', name: (names[0] ?? written).split(language.separator).pop() ?? written };
}
