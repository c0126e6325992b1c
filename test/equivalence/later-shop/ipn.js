'use strict';

const client = require('./amazon');

/** Writes into the book which refunds have arrived. */
module.exports = (book) => (req, res) => {
  client.parseSNSResponse(req.body, (err, message) => {
    if (err) return res.status(500).end();
    if (message.NotificationType === 'PaymentRefund') {
      const { AmazonRefundId, RefundStatus } = message.NotificationData;
      book.set(AmazonRefundId, RefundStatus.State);
    }
    res.status(200).end();
  });
};
