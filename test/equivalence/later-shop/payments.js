'use strict';

const client = require('./amazon');

/** Nobody waits: Amazon decides when it likes. */
exports.reserve = (order, done) => {
  client.offAmazonPayments.authorize(
    {
      AmazonOrderReferenceId: order.orderReferenceId,
      AuthorizationReferenceId: order.id,
      AuthorizationAmount: { Amount: order.total, CurrencyCode: 'EUR' },
      CaptureNow: true,
    },
    (err, data) => {
      if (err) return done(err);
      done(null, { ...order, authorizationId: data.AuthorizationDetails.AmazonAuthorizationId });
    },
  );
};

/** How does it stand? */
exports.look = (order, done) => {
  client.offAmazonPayments.getAuthorizationDetails({ AmazonAuthorizationId: order.authorizationId }, (err, data) => {
    if (err) return done(err);
    done(null, { ...order, state: data.AuthorizationDetails.AuthorizationStatus.State });
  });
};

exports.refund = (order, done) => {
  client.offAmazonPayments.refund(
    {
      AmazonCaptureId: order.captureId,
      RefundReferenceId: order.slip,
      RefundAmount: { Amount: '10.00', CurrencyCode: 'EUR' },
    },
    (err, data) => {
      if (err) return done(err);
      done(null, { ...order, refundId: data.RefundDetails.AmazonRefundId });
    },
  );
};
