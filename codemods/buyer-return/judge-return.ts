import { ts } from 'ts-morph';
import type { QueryRead } from './query-reads';

const AMAZON = /amazon|\blwa\b|(?:address_?)?consent_?token|billing_?agreement/i;
/** Logins of others have access tokens, too. */
const OTHERS =
  /google|facebook|\bfb\b|github|gitlab|bitbucket|twitter|linkedin|instagram|\bapple\b|microsoft|azure|okta|auth0|keycloak|cognito|openid|passport|spotify|shopify|slack|discord|twitch|strava|stripe|paypal|dropbox|salesforce|hubspot|strapi|\boauth/i;
const ONLY_AMAZON_PAY = /offAmazonPayments|AddressConsentToken|amazon_?(?:order_?reference|billing_?agreement)/i;

/** What stands around a read and tells whose return it is. */
export interface Surroundings {
  /** The handler with the call that registers it, and so its path. */
  readonly text: string;
  readonly path: string;
  /** Every name that the same handler reads off the query. */
  readonly names: ReadonlySet<string>;
  readonly sells: boolean;
  readonly isConnected: boolean;
}

/** The handler around a node: a function with the call that takes it, or the file. */
export function handlerAround(node: ts.Node): ts.Node {
  const within = ts.findAncestor(node, ts.isFunctionLike);
  if (within === undefined) return node.getSourceFile();
  return ts.isCallExpression(within.parent)
    ? within.parent
    : ts.isParenthesizedExpression(within.parent)
      ? within
      : named(within);
}

/** `exports.amazonReturn = function …` */
const named = (node: ts.Node): ts.Node =>
  ts.isBinaryExpression(node.parent) || ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent)
    ? node.parent
    : node;

const speaksAmazon = ({ text, path }: Surroundings): boolean => AMAZON.test(text) || AMAZON.test(path);

function isOfLogin(around: Surroundings): boolean {
  const isOfOther = OTHERS.test(around.text) || OTHERS.test(around.path);
  if (isOfOther) return ONLY_AMAZON_PAY.test(around.text);
  return around.isConnected || speaksAmazon(around);
}

/** Whether a name that is read off a query is one with which legacy Amazon Pay sent the buyer back. */
function isReturned(name: string, around: Surroundings): boolean {
  const has = (...others: readonly string[]): boolean => others.some((other) => around.names.has(other));
  switch (name) {
    case 'AuthenticationStatus':
      return around.sells || has('orderReferenceId');
    case 'access_token':
      return around.sells && isOfLogin(around);
    case 'orderReferenceId':
      return has('AuthenticationStatus') || (around.sells && (has('resultCode', 'sellerId') || speaksAmazon(around)));
    case 'resultCode':
    case 'sellerId':
      return has('AuthenticationStatus') || (around.sells && has('orderReferenceId'));
    default:
      return false;
  }
}

/** The names of a read that are Amazon's. */
export const returnedNames = ({ names }: QueryRead, around: Surroundings): string[] =>
  names.filter((name) => isReturned(name, around));
