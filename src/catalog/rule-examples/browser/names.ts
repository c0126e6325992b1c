import type { RuleExamples } from '../rule-example';
import { besidePage } from './beside';

const reactManifest = `{ "name": "shop", "private": true, "dependencies": { "amazon-pay-react": "^0.9.0", "react": "^18.0.0" } }
`;

export const namesExamples: RuleExamples = {
  'browser/global': {
    file: 'store.js',
    beside: besidePage,
    before: `store.dispatch({ type: 'LOADED', payments: window.OffAmazonPayments });
`,
    writtenBy: 'hand',
    after: `store.dispatch({ type: 'LOADED', payments: amazon.Pay });
`,
    byHand:
      'First look for what is called on it where it arrives (here every use of state.payments), since amazon.Pay has other methods; then change both together.',
  },
  'browser/declaration': {
    file: 'src/globals.ts',
    beside: besidePage,
    before: `declare const OffAmazonPayments: any;

export function logout(): void {
  amazon.Login.logout();
}

export function isLoaded(): boolean {
  return typeof OffAmazonPayments !== 'undefined';
}
`,
    writtenBy: 'migrate',
    after: `declare const amazon: {
  Pay: {
    renderButton(selector: string, options: object): unknown;
    bindChangeAction(selector: string, options: object): void;
    signout(): void;
  };
};

export function logout(): void {
  amazon.Pay.signout();
}

export function isLoaded(): boolean {
  return typeof (window as any).amazon?.Pay !== 'undefined';
}
`,
  },
  'browser/stand-in': {
    file: 'test/pay.spec.js',
    beside: besidePage,
    before: `beforeEach(() => {
  window.OffAmazonPayments = { Button: jest.fn(), Widgets: {} };
});
`,
    writtenBy: 'hand',
    after: `beforeEach(() => {
  window.amazon = { Pay: { renderButton: jest.fn(), bindChangeAction: jest.fn(), signout: jest.fn() } };
});
`,
    byHand:
      'Or load checkout.js of the emulator in the test: it draws a button and takes a buyer through pages of its own.',
  },
  'browser/component-library': {
    file: 'src/Pay.jsx',
    beside: { 'package.json': reactManifest },
    before: `import { AmazonPayButton } from 'amazon-pay-react';

export const Pay = () => <AmazonPayButton sellerId="A1EXAMPLE" />;
`,
    writtenBy: 'hand',
    after: `import { useEffect } from 'react';

export function Pay() {
  useEffect(() => {
    const script = document.createElement('script');
    script.src = 'https://static-eu.payments-amazon.com/checkout.js';
    script.onload = async () => {
      const button = await (await fetch('/amazon-pay/button')).json();
      window.amazon.Pay.renderButton('#AmazonPayButton', {
        merchantId: 'A1EXAMPLE',
        publicKeyId: button.publicKeyId,
        ledgerCurrency: button.ledgerCurrency,
        sandbox: button.sandbox,
        productType: 'PayAndShip',
        placement: 'Cart',
        createCheckoutSessionConfig: button.createCheckoutSessionConfig,
      });
    };
    document.head.append(script);
  }, []);
  return <div id="AmazonPayButton" />;
}
`,
  },
};
