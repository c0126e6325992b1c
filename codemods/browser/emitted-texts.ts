import { scaffoldEndpoints } from '../../src/catalog';
import type { ScriptStyle } from './script-style';
import { getJson, postSession } from './write-code';

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

/** Functions that rewritten code calls; each script gets those that it needs, at its end. */
export const functions = {
  whenAmazonPayIsLoaded:
    () => `// checkout.js calls no function of the page; this one waits for it and for the page, and gives up after 30 seconds.
function whenAmazonPayIsLoaded(callback⟨: () => void⟩)⟨: void⟩ {
  let attempts = 300;
  const check = () => {
    if (document.readyState !== 'loading' && typeof amazon !== 'undefined' && amazon.Pay) {
      // What was drawn before, because checkout.js was there already, is not drawn again.
      (window⟨ as any⟩).amazonPayIsStarting = true;
      try {
        callback();
      } finally {
        (window⟨ as any⟩).amazonPayIsStarting = false;
      }
    } else if (attempts > 0) {
      attempts -= 1;
      setTimeout(check, 100);
    }
  };
  check();
}`,
  showAmazonPaySession:
    () => `// Shows what the buyer chose at Amazon where the widget was, with a link to change it, and runs the callbacks.
function showAmazonPaySession(part⟨: string⟩, container⟨: any⟩, callbacks⟨: any[]⟩, isReadOnly⟨?: boolean⟩, onError⟨?: (error: any) => void⟩)⟨: any⟩ {
  ${SESSION_ID}
  if (amazonCheckoutSessionId === null) {
    return;
  }
  const place = typeof container === 'string' ? '#' + CSS.escape(container) : container;
  const show = (session⟨: any⟩) => {
    ${nested(SHOW, 2)}
  };
  requestAmazonPay(
    ${SESSION_URL},
    part && place,
    show,
    onError
  );
}`,
  confirmAmazonPaySession: (style: ScriptStyle) =>
    `// In place of the confirmation flow: success leads to Amazon, where the buyer confirms and authenticates.
function confirmAmazonPaySession(callback⟨: (confirmationFlow: any) => void⟩)⟨: void⟩ {
  const success = () => {
    ${SESSION_ID}
    // Where the buyer goes next, also when the order cannot be placed; an answer without it is none.
    const leave = (checkout⟨: any⟩) => {
      if (checkout && checkout.amazonPayRedirectUrl) {
        window.location.href = checkout.amazonPayRedirectUrl;
      } else {
        tellAmazonPayFailed(null, success);
      }
    };
    ${nested(postSession(style, 'leave'), 2)};
  };
  callback({
    success: success,
    error: () => {
      // The buyer stays on this page, and is not charged.
    },
  });
}`,
  requestAmazonPay: (style: ScriptStyle) =>
    `// Asks the server of the shop, and shows the answer in a place of the page: of several requests for a place the last one
// counts. A failure is said there, with a button to try again, and handed to onError as Widgets.js did.
function requestAmazonPay(url⟨: string⟩, place⟨: any⟩, show⟨: (answer: any, place: any) => void⟩, onError⟨?: (error: any) => void⟩)⟨: void⟩ {
  const find = ()⟨: any⟩ => {
    return typeof place === 'string' && place ? document.querySelector(place) : place;
  };
  const request = {};
  const isLatest = () => {
    const element = find();
    return !place || (element && (element.amazonPayRequest || request) === request);
  };
  const receive = (answer⟨: any⟩) => {
    const element = find();
    if (isLatest()) {
      if (element && element.amazonPayIsShown) {
        element.textContent = '';
      }
      if (element) {
        element.amazonPayIsShown = true;
      }
      show(answer, place);
    }
  };
  const fail = (reason⟨: any⟩) => {
    if (isLatest()) {
      tellAmazonPayFailed(find(), () => {
        requestAmazonPay(url, place, show, onError);
      });
      if (onError) {
        onError({
          getErrorCode: () => {
            return 'RequestFailed';
          },
          getErrorMessage: () => {
            return url + ' failed: ' + (reason.status || reason.message);
          },
        });
      }
    }
  };
  const first = find();
  if (first && first.amazonPayRequest && (window⟨ as any⟩).amazonPayIsStarting) {
    return;
  }
  if (first) {
    first.amazonPayRequest = request;
  }
  ${nested(getJson(style, 'url', 'receive', 'fail'), 1)};
}`,
  tellAmazonPayFailed:
    () => `// Tells the buyer that Amazon Pay failed, in a place of the page or at its end, with a button to try again.
function tellAmazonPayFailed(element⟨: any⟩, retry⟨: () => void⟩)⟨: void⟩ {
  const message = document.createElement('p');
  const again = document.createElement('button');
  message.setAttribute('role', 'alert');
  message.textContent = 'Amazon Pay cannot be reached at the moment. ';
  again.type = 'button';
  again.textContent = 'Try again';
  again.onclick = () => {
    message.remove();
    retry();
  };
  message.appendChild(again);
  (element || document.body).appendChild(message);
  if (!element) {
    message.scrollIntoView();
  }
}`,
} as const;
