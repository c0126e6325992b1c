import { ts } from 'ts-morph';
import { legacyPackages, sellerSections } from '../../src/catalog';
import type { CodemodInput, FindingDraft } from '../codemod';
import { parseScript } from '../typed-program/parse-script';
import { isOwnScript } from './own-script';
import { toFinding } from './to-finding';

/** An address of MWS that stands by itself: in an allow list, a proxy, a stand-in of a test. */
interface Address {
  readonly node: ts.Node;
  readonly name: string;
  /** It has the path of Amazon Pay; a host alone can be meant for another section of MWS. */
  readonly namesAmazonPay: boolean;
}

/** Widgets.js, and the global of the browser, have the name as well. */
const PATH =
  /(?<!payments-amazon\.com)\\?\/OffAmazonPayments(?:_Sandbox)?(?:\\?\/2013|\\?\/?$)|OffAmazonPayments(?:_Sandbox)?\\?\/2013|OffAmazonPayments_Sandbox\b/;
/** In a pattern the part that tells the region may be in brackets: `mws(-eu)?\.amazonservices\.(com|jp)`. */
const HOST = new RegExp(
  String.raw`\bmws(?:-eu|\((?:\?:)?[\w|-]{0,40}\)\??)?\\?\.amazonservices(?:\\?\.(?:com|jp)\b(?!${sellerSections})|(?=\\?\.\())`,
);

const isText = (node: ts.Node): node is ts.LiteralLikeNode =>
  ts.isStringLiteralLike(node) || ts.isRegularExpressionLiteral(node) || ts.isTemplateLiteralToken(node);

/** What a module is loaded by, and what a type says, is no address. */
const isName = ({ parent }: ts.Node): boolean =>
  ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent);

/** The addresses of MWS that a script has in quotes, in templates and in patterns. */
function findAddresses(source: ts.SourceFile): Address[] {
  const found: Address[] = [];
  const visit = (node: ts.Node): void => {
    if (isText(node) && !isName(node)) {
      const path = PATH.exec(node.text)?.[0];
      const name = path ?? HOST.exec(node.text)?.[0];
      if (name !== undefined)
        found.push({ node, name: name.replaceAll('\\', '').replace(/^\//, ''), namesAmazonPay: path !== undefined });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const isLegacyPackage = (name: string): boolean => Object.hasOwn(legacyPackages, name);
/** Code of a section of marketplace sellers, to whom a host of MWS may belong as well. */
const OF_SELLERS = new RegExp(`amazonservices\\.\\w+${sellerSections}|['"\`]${sellerSections}/20`);

/**
 * Lists addresses of MWS in scripts that make no request: an allow list, a proxy or a stand-in of a test knows nothing of the
 * host of v2.
 */
export function listAddresses(input: CodemodInput, findings: readonly FindingDraft[]): FindingDraft[] {
  const asks = new Set(findings.filter(({ rule }) => rule !== 'raw-mws/response-read').map(({ path }) => path));
  const callsAmazonPay =
    findings.length > 0 || input.packages.some(({ dependencies }) => [...dependencies.keys()].some(isLegacyPackage));
  const isOfSellers = input.files.some(({ text }) => OF_SELLERS.test(text));
  return input.files
    .filter(({ path, text }) => isOwnScript(path) && !asks.has(path) && /OffAmazonPayments|amazonservices/.test(text))
    .flatMap((unit) => {
      const source = parseScript(unit.path, unit.text);
      return findAddresses(source)
        .filter(({ namesAmazonPay }) => namesAmazonPay || (callsAmazonPay && !isOfSellers))
        .map(({ node, name, namesAmazonPay }) =>
          toFinding(unit, source, node, {
            rule: 'raw-mws/address',
            legacy: { name },
            replacement: { name: 'pay-api.amazon.com, pay-api.amazon.eu, pay-api.amazon.jp' },
            ...(namesAmazonPay ? {} : { confidence: 'low' }),
            message: `${name} is an address of MWS, which calls of v2 never reach: let the host of v2 through here as well, and have what stands in for MWS stand in for that.`,
          }),
        );
    });
}
