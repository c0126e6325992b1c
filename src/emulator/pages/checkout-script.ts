/**
 * A `checkout.js` of our own: the calls of v2 (facts: frontend.md section 4), with buttons that lead to the hosted page
 * of the emulator. Plain JavaScript for the browser.
 */
export const checkoutScript = String.raw`(function () {
  'use strict';
  var origin = new URL(document.currentScript.src).origin;

  function post(path, fields) {
    var form = document.createElement('form');
    form.method = 'POST';
    form.action = origin + path;
    Object.keys(fields).forEach(function (name) {
      if (fields[name] === undefined || fields[name] === null) return;
      var input = document.createElement('input');
      input.type = 'hidden';
      input.name = name;
      input.value = String(fields[name]);
      form.appendChild(input);
    });
    document.body.appendChild(form);
    form.submit();
  }

  function need(config, name) {
    if (!config[name]) throw new Error('amazon.Pay: ' + name + ' is missing.');
  }

  function start(config) {
    var isSignIn = config.productType === 'SignIn';
    var inner = isSignIn ? config.signInConfig : config.createCheckoutSessionConfig;
    if (!inner) throw new Error('amazon.Pay: ' + (isSignIn ? 'signInConfig' : 'createCheckoutSessionConfig') + ' is missing.');
    if (typeof inner.payloadJSON !== 'string') throw new Error('amazon.Pay: payloadJSON is not the text that was signed.');
    post('/checkout/start', {
      productType: config.productType || 'PayAndShip',
      merchantId: config.merchantId,
      sandbox: config.sandbox,
      publicKeyId: inner.publicKeyId || config.publicKeyId,
      payloadJSON: inner.payloadJSON,
      signature: inner.signature,
      algorithm: inner.algorithm,
    });
  }

  function find(selector) {
    var element = document.querySelector(selector);
    if (!element) throw new Error('amazon.Pay: nothing matches ' + selector + '. Pass a selector: #id, not id.');
    return element;
  }

  function renderButton(selector, config) {
    var place = find(selector);
    ['merchantId', 'ledgerCurrency', 'placement'].forEach(function (name) { need(config, name); });
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'amazonpay-button';
    button.textContent = config.productType === 'SignIn' ? 'Sign in with Amazon' : 'Amazon Pay';
    place.appendChild(button);
    var handler = null;
    button.addEventListener('click', function () {
      if (handler) handler();
      else start(config);
    });
    return {
      onClick: function (callback) { handler = callback; },
      initCheckout: function (more) { start(Object.assign({}, config, more)); },
      updateButtonInfo: function () {},
    };
  }

  window.amazon = window.amazon || {};
  window.amazon.Pay = {
    renderButton: renderButton,
    initCheckout: function (config) { start(config); },
    bindChangeAction: function (selector, options) {
      need(options, 'amazonCheckoutSessionId');
      find(selector).addEventListener('click', function (event) {
        event.preventDefault();
        location.assign(origin + '/checkout/sign-in?amazonCheckoutSessionId=' + encodeURIComponent(options.amazonCheckoutSessionId));
      });
    },
    signout: function () {},
  };
})();
`;
