import { CARDS, type Session } from './amazon-session';

const page = (title: string, body: string): string => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<style>body{font-family:sans-serif;max-width:30em;margin:2em auto;border:2px solid #232f3e;border-radius:8px;padding:1em}
h1{color:#232f3e}label{display:block;margin:.5em 0}button{background:#ffd814;border:0;border-radius:20px;padding:.6em 1.4em}</style>
</head><body><h1>Amazon Pay <small>(stand-in)</small></h1>${body}</body></html>`;

const radios = (name: string, options: readonly string[], chosen: number): string =>
  options
    .map(
      (text, index) =>
        `<label><input type="radio" name="${name}" value="${index}"${index === chosen ? ' checked' : ''}> ${text}</label>`,
    )
    .join('');

/** Where the buyer chooses address and payment, or changes one of them. */
export function choosePage(session: Session, action: string | null): string {
  const address = `<h2>Ship to</h2>${radios('address', session.addresses, session.address)}`;
  const card = `<h2>Pay with</h2>${radios('card', CARDS, session.card)}`;
  const parts = [action === 'changePayment' ? '' : address, action === 'changeAddress' ? '' : card].join('');
  return page(
    'Choose',
    `<form method="post" action="/hosted/chosen"><input type="hidden" name="session" value="${session.id}">${parts}<button>Continue</button></form>`,
  );
}

/** amazonPayRedirectUrl leads here. */
export function confirmPage(session: Session): string {
  const price = session.update?.paymentDetails.chargeAmount;
  return page(
    'Confirm',
    `<p>You pay <strong>${price?.amount} ${price?.currencyCode}</strong> with ${CARDS[session.card]}.</p>
<form method="post" action="/hosted/confirmed"><input type="hidden" name="session" value="${session.id}"><button>Pay now</button></form>
<p><a href="/hosted/cancel?session=${session.id}">Cancel</a></p>`,
  );
}
