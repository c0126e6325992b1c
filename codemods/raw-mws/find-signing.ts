import { ts } from 'ts-morph';

const SIGNS = /SignatureVersion|SignatureMethod|HmacSHA256|OffAmazonPayments|amazonservices|AWSAccessKeyId/;

/** The innermost functions that sign a request with the MWS secret (signature version 2). */
export function findSigning(source: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): boolean => {
    let inside = false;
    ts.forEachChild(node, (child) => {
      inside = visit(child) || inside;
    });
    if (inside) return true;
    const text = ts.isFunctionLike(node) || ts.isSourceFile(node) ? node.getText() : '';
    if (!/createHmac|HmacSHA256/.test(text) || !SIGNS.test(text)) return false;
    if (!ts.isSourceFile(node)) found.push(node);
    return true;
  };
  visit(source);
  return found;
}
