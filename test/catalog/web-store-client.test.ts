import { webStoreClientMembers } from '../../src/catalog';

const { WebStoreClient } = require('@amazonpay/amazon-pay-api-sdk-nodejs') as {
  WebStoreClient: new (settings: object) => object;
};

/** Of an object and what it inherits from classes of the SDK. */
function membersOf(object: object): string[] {
  const above: unknown = Object.getPrototypeOf(object);
  const own = Object.getOwnPropertyNames(object).filter((name) => name !== 'constructor');
  return typeof above === 'object' && above !== null && above !== Object.prototype
    ? [...own, ...membersOf(above)]
    : own;
}

test('the catalog knows every member of the WebStoreClient of the SDK', () => {
  const client = new WebStoreClient({ publicKeyId: 'x', privateKey: 'y', region: 'us', sandbox: true });
  expect([...webStoreClientMembers].sort()).toEqual([...new Set(membersOf(client))].sort());
});
