/**
 * A `Widgets.js` of our own: the calls of legacy (facts: frontend.md section 3), with widgets that are plain lists. What
 * the page of a shop does with their callbacks is what matters. Plain JavaScript for the browser.
 */
export const widgetsScript = String.raw`(function () {
  'use strict';
  var origin = new URL(document.currentScript.src).origin;
  var drafts = {};

  function call(path, body) {
    return fetch(origin + path, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify(body) }).then(function (response) {
      return response.json().then(function (answer) {
        if (!response.ok) throw new Error(answer.message);
        return answer;
      });
    });
  }

  function reference(id) {
    return {
      getAmazonOrderReferenceId: function () { return id; },
      getAmazonBillingAgreementId: function () { return id; },
    };
  }

  /** The address book and the wallet of a page work on the same draft. */
  function draftOf(options) {
    var given = options.amazonOrderReferenceId || options.amazonBillingAgreementId;
    var isAgreement = options.agreementType === 'BillingAgreement' || Boolean(options.amazonBillingAgreementId);
    var kind = isAgreement ? 'billing-agreement' : 'order-reference';
    if (given) return Promise.resolve({ id: given, isNew: false });
    var isNew = !drafts[kind];
    if (isNew) drafts[kind] = call('/widgets/draft', { kind: kind });
    return drafts[kind].then(function (draft) { return { id: draft.id, isNew: isNew }; });
  }

  function toError(error) {
    return {
      getErrorCode: function () { return 'UnknownError'; },
      getErrorMessage: function () { return error.message; },
    };
  }

  function bindSelect(options, elementId, label, choices, onSelect) {
    var place = document.getElementById(elementId);
    if (!place) throw new Error('OffAmazonPayments: there is no element ' + elementId + '.');
    return draftOf(options).then(function (draft) {
      var select = document.createElement('select');
      select.setAttribute('aria-label', label);
      choices.forEach(function (choice) {
        var option = document.createElement('option');
        option.value = choice[0];
        option.textContent = choice[1];
        select.appendChild(option);
      });
      select.disabled = options.displayMode === 'Read';
      place.appendChild(select);
      if (draft.isNew && options.onOrderReferenceCreate) options.onOrderReferenceCreate(reference(draft.id));
      if (options.onReady) options.onReady(reference(draft.id));
      function choose() {
        return Promise.resolve(onSelect(draft.id, select.value));
      }
      select.addEventListener('change', choose);
      return choose();
    }).catch(function (error) {
      if (options.onError) options.onError(toError(error));
      else throw error;
    });
  }

  function AddressBook(options) { this.options = options; }
  AddressBook.prototype.bind = function (elementId) {
    var options = this.options;
    bindSelect(options, elementId, 'Address', [['0', 'Susie Smith, Chicago'], ['1', 'Susie Smith, office, Boston']], function (id, address) {
      return call('/widgets/address', { id: id, address: Number(address) }).then(function () {
        if (options.onAddressSelect) options.onAddressSelect(reference(id));
      });
    });
    return this;
  };

  function Wallet(options) { this.options = options; }
  Wallet.prototype.bind = function (elementId) {
    var options = this.options;
    bindSelect(options, elementId, 'Payment method', [['1111', 'Visa ****1111'], ['4444', 'Mastercard ****4444'], ['0005', 'Amex ****0005']], function (id, card) {
      return call('/widgets/card', { id: id, card: card }).then(function () {
        if (options.onPaymentSelect) options.onPaymentSelect(reference(id));
      });
    });
    return this;
  };
  Wallet.prototype.setPresentmentCurrency = function () {};

  function Consent(options) { this.options = options; }
  Consent.prototype.bind = function (elementId) {
    var options = this.options;
    var place = document.getElementById(elementId);
    var box = document.createElement('input');
    box.type = 'checkbox';
    var label = document.createElement('label');
    label.appendChild(box);
    label.appendChild(document.createTextNode(' Use this payment method for future payments'));
    place.appendChild(label);
    function status() {
      return { getConsentStatus: function () { return String(box.checked); } };
    }
    box.addEventListener('change', function () {
      call('/widgets/consent', { id: options.amazonBillingAgreementId, consent: box.checked }).then(function () {
        if (options.onConsent) options.onConsent(status());
      });
    });
    if (options.onReady) options.onReady(status());
    return this;
  };

  function addButton(elementId, onClick) {
    var place = document.getElementById(elementId);
    if (!place) throw new Error('OffAmazonPayments: there is no element ' + elementId + '.');
    var button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Amazon Pay';
    button.addEventListener('click', onClick);
    place.appendChild(button);
  }

  function signInWith(options) {
    return function () {
      if (options.authorization) options.authorization();
      if (!options.onSignIn) return;
      draftOf(options).then(function (draft) { options.onSignIn(reference(draft.id)); });
    };
  }

  function WidgetButton(options) { this.options = options; }
  WidgetButton.prototype.bind = function (elementId) {
    addButton(elementId, signInWith(this.options));
    return this;
  };

  window.OffAmazonPayments = {
    Button: function (elementId, sellerId, options) { addButton(elementId, signInWith(options)); },
    Widgets: { Button: WidgetButton, AddressBook: AddressBook, Wallet: Wallet, Consent: Consent },
    initConfirmationFlow: function (sellerId, id, callback) {
      callback({
        success: function () {
          call('/widgets/confirmation', { id: id }).then(function (answer) { location.assign(answer.url); });
        },
        error: function () {},
      });
    },
  };

  window.amazon = window.amazon || {};
  window.amazon.Login = {
    setClientId: function () {},
    setUseCookie: function () {},
    setSandboxMode: function () {},
    logout: function () { drafts = {}; },
    /** A popup is not opened: the buyer is signed in at once. */
    authorize: function (options, next) {
      call('/widgets/sign-in', {}).then(function (answer) {
        if (typeof next === 'function') return next(answer);
        var url = new URL(next, location.href);
        url.searchParams.set('access_token', answer.access_token);
        if (options && options.state) url.searchParams.set('state', options.state);
        location.assign(url.href);
      });
    },
    retrieveProfile: function (token, callback) {
      fetch(origin + '/user/profile?access_token=' + encodeURIComponent(token)).then(function (response) {
        return response.json();
      }).then(function (profile) { callback({ success: true, profile: profile }); });
    },
  };
  setTimeout(function () {
    if (window.onAmazonLoginReady) window.onAmazonLoginReady();
    if (window.onAmazonPaymentsReady) window.onAmazonPaymentsReady();
  });
})();
`;
