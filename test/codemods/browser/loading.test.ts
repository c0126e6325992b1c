import { codemodList } from '../../../src/engine/codemod-list';

const entry = codemodList.find(({ name }) => name === 'browser');

it.each([
  ['server.js', "require('amazon-payments').connect({}).offAmazonPayments.refund({});", false],
  ['shop.php', '<?php $c = new OffAmazonPaymentsService_Client(); // offAmazonPayments', false],
  ['login.js', "amazon.Login.authorize({ scope: 'profile' });", false],
  ['cart.html', '<script src="https://static-eu.payments-amazon.com/checkout.js"></script>', false],
  ['cart.html', '<script>OffAmazonPayments.Button("a", "b", {})</script>', true],
  ['a.js', "const { Button } = window['OffAmazonPayments'];", true],
  ['a.css', '#addressBookWidgetDiv { width: 400px }', false],
])('%s: %s: loaded %s', (path, text, isLoaded) => expect(entry?.concerns?.({ path, text })).toBe(isLoaded));
