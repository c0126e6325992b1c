/* A stand-in of Widgets.js, as far as the shop uses it: the same globals and call shapes (facts: frontend.md section 3). */
(function () {
  var orderReference = {
    getAmazonOrderReferenceId: function () {
      return 'S01-1111111-2222222';
    },
  };
  function box(id, html) {
    var element = document.getElementById(id);
    element.innerHTML = html;
    element.setAttribute('data-drawn-by', 'Widgets.js');
  }
  function widget(draw) {
    return function (options) {
      this.bind = function (id) {
        draw(id, options);
      };
    };
  }
  window.amazon = {
    Login: {
      setClientId: function () {},
      authorize: function (options, url) {
        window.location.href = url + '?access_token=Atza%7Ctest';
      },
      logout: function () {},
    },
  };
  window.OffAmazonPayments = {
    Button: function (id, sellerId, options) {
      box(id, '<button style="background:#e4b42a;border:1px solid #a88734;border-radius:6px">Pay with Amazon</button>');
      document.querySelector('#' + id + ' button').onclick = options.authorization;
    },
    Widgets: {
      AddressBook: widget(function (id, options) {
        box(id, '<label><input type="radio" checked> Test Buyer, 1 Pine Street, Seattle</label>');
        options.onOrderReferenceCreate(orderReference);
      }),
      Wallet: widget(function (id, options) {
        box(id, '<label><input type="radio" checked> Visa ending in 1111</label>');
        options.onPaymentSelect(orderReference);
      }),
    },
    initConfirmationFlow: function (sellerId, orderReferenceId, callback) {
      callback({
        success: function () {
          window.location.href = '/finish';
        },
        error: function () {},
      });
    },
  };
  if (window.onAmazonLoginReady) window.onAmazonLoginReady();
  if (window.onAmazonPaymentsReady) window.onAmazonPaymentsReady();
})();
