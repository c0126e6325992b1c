/* A stand-in of checkout.js: what renderButton and bindChangeAction take, and where they lead (facts: frontend.md section 4). */
(function () {
  var hosted = '__AMAZON__/hosted/';
  function required(config, names) {
    names.forEach(function (name) {
      if (config[name] === undefined || config[name] === null) throw new Error('renderButton needs ' + name);
    });
  }
  window.amazon = window.amazon || {};
  window.amazon.Pay = {
    renderButton: function (selector, config) {
      if (selector.charAt(0) !== '#') throw new Error('renderButton takes a CSS selector');
      required(config, ['merchantId', 'ledgerCurrency', 'placement', 'createCheckoutSessionConfig']);
      var fields = config.createCheckoutSessionConfig;
      required(fields, ['payloadJSON', 'signature', 'algorithm']);
      if (typeof fields.payloadJSON !== 'string') throw new Error('payloadJSON must be the text that was signed');
      var button = document.createElement('button');
      button.textContent = 'amazon pay';
      button.style.cssText = 'width:100%;background:#ffd814;border:0;border-radius:24px;font-weight:bold;padding:0.7em';
      button.onclick = function () {
        var form = document.createElement('form');
        form.method = 'post';
        form.action = hosted + 'start';
        ['payloadJSON', 'signature', 'algorithm'].forEach(function (name) {
          var input = document.createElement('input');
          input.type = 'hidden';
          input.name = name;
          input.value = fields[name];
          form.appendChild(input);
        });
        document.body.appendChild(form);
        form.submit();
      };
      document.querySelector(selector).replaceChildren(button);
      return button;
    },
    bindChangeAction: function (selector, options) {
      required(options, ['amazonCheckoutSessionId', 'changeAction']);
      document.querySelector(selector).addEventListener('click', function (event) {
        event.preventDefault();
        var query = new URLSearchParams({ session: options.amazonCheckoutSessionId, action: options.changeAction });
        window.location.href = hosted + 'choose?' + query;
      });
    },
    signout: function () {},
  };
})();
