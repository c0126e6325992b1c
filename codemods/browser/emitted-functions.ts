import { scaffoldEndpoints } from '../../src/catalog';
import type { ScriptStyle } from './script-style';
import { fitCode, getJson, postSession } from './write-code';

const SESSION_ID =
  "const amazonCheckoutSessionId = new URLSearchParams(window.location.search).get('amazonCheckoutSessionId');";

const SHOW = `const element = typeof container === 'string' ? document.getElementById(container) : container;
if (element && part) {
  const address = session.shippingAddress;
  let lines = [session.paymentDescriptor];
  if (part === 'address') {
    lines = address
      ? [address.name, address.addressLine1, address.addressLine2, address.addressLine3].concat([
          address.city,
          address.stateOrRegion,
          address.postalCode,
          address.countryCode,
        ])
      : [];
  }
  const text = document.createElement('p');
  text.textContent = lines.filter(Boolean).join(', ');
  element.textContent = '';
  element.appendChild(text);
  if (!isReadOnly) {
    const link = document.createElement('a');
    link.id = 'change-' + part;
    link.href = '#';
    link.textContent = 'Change';
    element.appendChild(link);
    amazon.Pay.bindChangeAction('#' + link.id, {
      amazonCheckoutSessionId: amazonCheckoutSessionId,
      changeAction: part === 'payment' ? 'changePayment' : 'changeAddress',
    });
  }
}
callbacks.forEach((callback) => {
  if (callback) {
    callback(session);
  }
});`;

const nested = (code: string, levels: number): string => code.replace(/\n(?=.)/g, `\n${'  '.repeat(levels)}`);

const SESSION_URL = `'${scaffoldEndpoints.session.path}?amazonCheckoutSessionId=' + encodeURIComponent(amazonCheckoutSessionId)`;

const REDIRECT = `if (checkout.amazonPayRedirectUrl) {
  window.location.href = checkout.amazonPayRedirectUrl;
}`;

/** Functions that rewritten code calls; each script gets those that it needs, at its end. */
const functions = {
  whenAmazonPayIsLoaded:
    () => `// checkout.js calls no function of the page; this one waits for it and for the page, and gives up after 30 seconds.
function whenAmazonPayIsLoaded(callback⟨: () => void⟩)⟨: void⟩ {
  let attempts = 300;
  const check = () => {
    if (document.readyState !== 'loading' && typeof amazon !== 'undefined' && amazon.Pay) {
      callback();
    } else if (attempts > 0) {
      attempts -= 1;
      setTimeout(check, 100);
    }
  };
  check();
}`,
  showAmazonPaySession: (style: ScriptStyle) =>
    `// Shows what the buyer chose at Amazon where the widget was, with a link to change it, and runs the callbacks.
function showAmazonPaySession(part⟨: string⟩, container⟨: any⟩, callbacks⟨: any[]⟩, isReadOnly⟨?: boolean⟩)⟨: void⟩ {
  ${SESSION_ID}
  if (amazonCheckoutSessionId === null) {
    return;
  }
  ${nested(getJson(style, SESSION_URL, 'session', SHOW), 1)};
}`,
  confirmAmazonPaySession: (style: ScriptStyle) =>
    `// In place of the confirmation flow: success leads to Amazon, where the buyer confirms and authenticates.
function confirmAmazonPaySession(callback⟨: (confirmationFlow: any) => void⟩)⟨: void⟩ {
  callback({
    success: () => {
      ${SESSION_ID}
      ${nested(postSession(style, 'checkout', REDIRECT), 3)};
    },
    error: () => {
      // The buyer stays on this page, and is not charged.
    },
  });
}`,
} as const;

export type EmittedFunction = keyof typeof functions;

export const writeFunction = (name: EmittedFunction, style: ScriptStyle): string =>
  fitCode(functions[name](style), style);

/** What checkout.js defines, as far as rewritten code uses it. */
export const writeDeclaration = (style: ScriptStyle): string =>
  fitCode(
    `declare const amazon: {
  Pay: {
    renderButton(selector: string, options: object): unknown;
    bindChangeAction(selector: string, options: object): void;
    signout(): void;
  };
};`,
    style,
  );
