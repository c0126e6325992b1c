import { besideClient, type RuleExamples } from './rule-example';

/** A handler that checks the signature by the legacy client, with one place of a rule in it. */
const besideOrders = {
  ...besideClient,
  'orders.js': `exports.setCapture = async () => {};\nexports.setRefund = async () => {};\n`,
};

export const ipnExamples: RuleExamples = {
  'ipn/parse-sns-response': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const express = require('express');
const client = require('./amazon-pay');
const orders = require('./orders');

const app = express();

app.post('/ipn', express.text({ type: '*/*' }), (req, res) => {
  client.parseSNSResponse(JSON.parse(req.body), async (err, message) => {
    if (err) return res.sendStatus(500);
    if (message.NotificationType === 'PaymentCapture') {
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
    res.sendStatus(200);
  });
});
`,
    writtenBy: 'migrate',
    after: `const express = require('express');
const client = require('./amazon-pay');
const orders = require('./orders');
const { fetchSignedNotification, toCallback } = require('./amazon-pay-v2');

const app = express();

app.post('/ipn', express.text({ type: '*/*' }), (req, res) => {
  toCallback(fetchSignedNotification(client, JSON.parse(req.body)), async (err, message) => {
    if (err) return res.sendStatus(500);
    // TODO(amazon-pay-v2) ipn/unhandled-object: no branch for REFUND, CHARGE_PERMISSION, CHARGEBACK; decide what happens then.
    if (message.NotificationType === 'PaymentCapture') {
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
    res.sendStatus(200);
  });
});
`,
  },
  'ipn/handler': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const express = require('express');
const { parseStringPromise } = require('xml2js');
const orders = require('./orders');

const app = express();

app.post('/ipn', express.text({ type: '*/*' }), async (req, res) => {
  try {
    const message = JSON.parse(JSON.parse(req.body).Message);
    if (message.NotificationType === 'PaymentRefund') {
      const { RefundNotification: notification } = await parseStringPromise(message.NotificationData, {
        explicitArray: false,
      });
      await orders.setRefund(notification.RefundDetails.AmazonRefundId, notification.RefundDetails.RefundStatus.State);
    }
    res.sendStatus(200);
  } catch (error) {
    res.sendStatus(500);
  }
});
`,
    writtenBy: 'migrate',
    after: `const express = require('express');
const { parseStringPromise } = require('xml2js');
const orders = require('./orders');
const amazonPay = require('./amazon-pay');
const { fetchNotificationAsXml } = require('./amazon-pay-v2');

const app = express();

app.post('/ipn', express.text({ type: '*/*' }), async (req, res) => {
  try {
    const message = await fetchNotificationAsXml(amazonPay, JSON.parse(req.body));
    // TODO(amazon-pay-v2) ipn/unhandled-object: no branch for CHARGE, CHARGE_PERMISSION, CHARGEBACK; decide what happens then.
    if (message.NotificationType === 'PaymentRefund') {
      const { RefundNotification: notification } = await parseStringPromise(message.NotificationData, {
        explicitArray: false,
      });
      await orders.setRefund(notification.RefundDetails.AmazonRefundId, notification.RefundDetails.RefundStatus.State);
    }
    res.sendStatus(200);
  } catch (error) {
    res.sendStatus(500);
  }
});
`,
    byHand:
      'fetchNotificationAsXml gives the fetched object in the form of the legacy XML, so that the code behind it stays. It takes the client of the shop; where there is none in sight, migrate makes one, with a TODO at it.',
  },
  'ipn/branch': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = (req, res) => {
  client.parseSNSResponse(req.body, async (err, message) => {
    if (err) return res.sendStatus(500);
    switch (message.NotificationType) {
      case 'PaymentCapture':
        await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
        break;
      case 'PaymentRefund':
        await orders.setRefund(message.NotificationData.AmazonRefundId, message.NotificationData.RefundStatus.State);
        break;
    }
    res.sendStatus(200);
  });
};
`,
    writtenBy: 'migrate',
    after: `const client = require('./amazon-pay');
const orders = require('./orders');
const { fetchSignedNotification, toCallback } = require('./amazon-pay-v2');

exports.handler = (req, res) => {
  toCallback(fetchSignedNotification(client, req.body), async (err, message) => {
    if (err) return res.sendStatus(500);
    // TODO(amazon-pay-v2) ipn/unhandled-object: no branch for CHARGE_PERMISSION, CHARGEBACK; decide what happens then.
    switch (message.NotificationType) {
      case 'PaymentCapture':
        await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
        break;
      case 'PaymentRefund':
        await orders.setRefund(message.NotificationData.AmazonRefundId, message.NotificationData.RefundStatus.State);
        break;
      default:
        console.warn('Amazon Pay: a notification that no branch is for', message.NotificationType);
    }
    res.sendStatus(200);
  });
};
`,
    byHand:
      'The branches stay: fetchSignedNotification says by the fetched object which legacy type a notification is, for those of v2 as well.',
  },
  'ipn/payload-read': {
    file: 'worker.js',
    before: `const { XMLParser } = require('fast-xml-parser');
const orders = require('./orders');

// Called by the queue, with the inner message of a notification.
exports.work = (message) => {
  if (message.NotificationType !== 'PaymentCapture') return;
  const { CaptureDetails } = new XMLParser().parse(message.NotificationData).CaptureNotification;
  orders.setCapture(CaptureDetails.AmazonCaptureId, CaptureDetails.CaptureStatus.State);
};
`,
    writtenBy: 'hand',
    after: `const { toLegacyStatus, translate } = require('amazon-pay-migrate/ipn');
const client = require('./amazon-pay');
const orders = require('./orders');

// Called by the queue, with the inner message of a notification, of either version.
exports.work = async (message) => {
  const { notification, fetch, error } = translate(message);
  if (error) throw new Error(error.message);
  if (fetch === null || notification.ObjectType !== 'CHARGE') return;
  const { data: charge } = await client[fetch.sdkMethod](fetch.argument);
  // In the words of legacy, which the orders know: Completed, Declined, Pending.
  const { capture } = toLegacyStatus('CHARGE', charge);
  if (capture !== null) await orders.setCapture(charge.chargeId, capture.State);
};
`,
    byHand:
      'Whoever calls the worker has to wait for it now, and keep the message when it fails: the queue, and not Amazon, brings it again.',
  },
  'ipn/absent-field': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = (req, res) => {
  client.parseSNSResponse(req.body, async (err, message) => {
    if (err) return res.sendStatus(500);
    if (message.NotificationType === 'PaymentCapture') {
      const capture = message.NotificationData;
      await orders.setCapture(capture.AmazonCaptureId, capture.CaptureStatus.State, capture.CaptureFee.Amount);
    }
    res.sendStatus(200);
  });
};
`,
    writtenBy: 'hand',
    after: `const { fetchSignedNotification } = require('./amazon-pay-v2');
const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = async (req, res) => {
  try {
    const message = await fetchSignedNotification(client, req.body);
    if (message.NotificationType === 'PaymentCapture') {
      const capture = message.NotificationData;
      // The fee comes with the settlement report.
      await orders.setCapture(capture.AmazonCaptureId, capture.CaptureStatus.State);
    }
    res.sendStatus(200);
  } catch (error) {
    res.sendStatus(503);
  }
};
`,
  },
  'ipn/release-environment': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = (req, res) => {
  client.parseSNSResponse(req.body, async (err, message) => {
    if (err) return res.sendStatus(500);
    if (message.ReleaseEnvironment === 'Live' && message.NotificationType === 'PaymentCapture') {
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
    res.sendStatus(200);
  });
};
`,
    writtenBy: 'migrate',
    after: `const client = require('./amazon-pay');
const orders = require('./orders');
const { fetchSignedNotification, toCallback } = require('./amazon-pay-v2');

exports.handler = (req, res) => {
  toCallback(fetchSignedNotification(client, req.body), async (err, message) => {
    if (err) return res.sendStatus(500);
    // TODO(amazon-pay-v2) ipn/unhandled-object: no branch for REFUND, CHARGE_PERMISSION, CHARGEBACK; decide what happens then.
    if (message.ReleaseEnvironment === 'Live' && message.NotificationType === 'PaymentCapture') {
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
    res.sendStatus(200);
  });
};
`,
  },
  'ipn/unhandled-object': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = (req, res) => {
  client.parseSNSResponse(req.body, async (err, message) => {
    if (err) return res.sendStatus(500);
    switch (message.NotificationType) {
      case 'PaymentCapture':
        await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
        break;
      default:
        break;
    }
    res.sendStatus(200);
  });
};
`,
    writtenBy: 'migrate',
    after: `const client = require('./amazon-pay');
const orders = require('./orders');
const { fetchSignedNotification, toCallback } = require('./amazon-pay-v2');

exports.handler = (req, res) => {
  toCallback(fetchSignedNotification(client, req.body), async (err, message) => {
    if (err) return res.sendStatus(500);
    // TODO(amazon-pay-v2) ipn/unhandled-object: no branch for REFUND, CHARGE_PERMISSION, CHARGEBACK; decide what happens then.
    switch (message.NotificationType) {
      case 'PaymentCapture':
        await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
        break;
      default:
        break;
    }
    res.sendStatus(200);
  });
};
`,
    byHand:
      'Write a branch for each kind that the TODO names, in the words of legacy: PaymentRefund (REFUND), BillingAgreementNotification and OrderReferenceNotification (CHARGE_PERMISSION), Chargeback Detailed Notification (CHARGEBACK). Then delete the comment.',
  },
  'ipn/charge-permission': {
    file: 'ipn.js',
    beside: {
      ...besideClient,
      'renew.js': `const client = require('./amazon-pay');

exports.renew = (subscription, done) => {
  client.offAmazonPayments.authorizeOnBillingAgreement(
    {
      AmazonBillingAgreementId: subscription.agreementId,
      AuthorizationReferenceId: subscription.cycleId,
      AuthorizationAmount: { Amount: subscription.price, CurrencyCode: 'EUR' },
      CaptureNow: true,
    },
    (err) => done(err),
  );
};
`,
    },
    before: `const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = (req, res) => {
  client.parseSNSResponse(req.body, async (err, message) => {
    if (err) return res.sendStatus(500);
    if (message.NotificationType === 'PaymentCapture') {
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
    res.sendStatus(200);
  });
};
`,
    writtenBy: 'hand',
    after: `const { fetchSignedNotification } = require('./amazon-pay-v2');
const client = require('./amazon-pay');
const orders = require('./orders');
const subscriptions = require('./subscriptions');

exports.handler = async (req, res) => {
  try {
    const message = await fetchSignedNotification(client, req.body);
    if (message.NotificationType === 'PaymentCapture') {
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
    if (message.NotificationType === 'BillingAgreementNotification') {
      const { AmazonBillingAgreementId: id, BillingAgreementStatus: status } = message.NotificationData;
      if (status.State === 'Closed') await subscriptions.stop(id);
      if (status.State === 'Suspended') await subscriptions.askForPaymentMethod(id);
    }
    res.sendStatus(200);
  } catch (error) {
    res.sendStatus(503);
  }
};
`,
  },
  'ipn/answer': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = (req, res) => {
  client.parseSNSResponse(req.body, async (err, message) => {
    try {
      if (err) throw err;
      if (message.NotificationType === 'PaymentCapture') {
        await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
      }
      res.sendStatus(200);
    } catch (error) {
      res.sendStatus(400);
    }
  });
};
`,
    writtenBy: 'migrate',
    after: `const client = require('./amazon-pay');
const orders = require('./orders');
const { fetchSignedNotification, toCallback } = require('./amazon-pay-v2');

exports.handler = (req, res) => {
  toCallback(fetchSignedNotification(client, req.body), async (err, message) => {
    try {
      if (err) throw err;
      // TODO(amazon-pay-v2) ipn/unhandled-object: no branch for REFUND, CHARGE_PERMISSION, CHARGEBACK; decide what happens then.
      if (message.NotificationType === 'PaymentCapture') {
        await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
      }
      res.sendStatus(200);
    } catch (error) {
      res.sendStatus(503);
    }
  });
};
`,
  },
  'ipn/early-answer': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = (req, res) => {
  res.sendStatus(200);
  client.parseSNSResponse(req.body, async (err, message) => {
    if (err) return;
    if (message.NotificationType === 'PaymentCapture') {
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
  });
};
`,
    writtenBy: 'hand',
    after: `const { fetchSignedNotification } = require('./amazon-pay-v2');
const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = async (req, res) => {
  try {
    const message = await fetchSignedNotification(client, req.body);
    if (message.NotificationType === 'PaymentCapture') {
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
    res.sendStatus(200);
  } catch (error) {
    res.sendStatus(503);
  }
};
`,
  },
  'ipn/sum': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = (req, res) => {
  client.parseSNSResponse(req.body, async (err, message) => {
    if (err) return res.sendStatus(500);
    if (message.NotificationType === 'PaymentCapture') {
      const { AmazonCaptureId: id, CaptureAmount, CaptureStatus } = message.NotificationData;
      const order = await orders.findByCapture(id);
      if (CaptureStatus.State === 'Completed') order.paid += Number(CaptureAmount.Amount);
      await order.save();
    }
    res.sendStatus(200);
  });
};
`,
    writtenBy: 'hand',
    after: `const { fetchSignedNotification } = require('./amazon-pay-v2');
const client = require('./amazon-pay');
const orders = require('./orders');

exports.handler = async (req, res) => {
  try {
    const message = await fetchSignedNotification(client, req.body);
    if (message.NotificationType === 'PaymentCapture') {
      const { AmazonCaptureId: id, CaptureAmount, CaptureStatus } = message.NotificationData;
      const order = await orders.findByCapture(id);
      // One row for each capture: a notification that comes twice writes the same row again.
      if (CaptureStatus.State === 'Completed') await order.setCaptured(id, CaptureAmount.Amount);
    }
    res.sendStatus(200);
  } catch (error) {
    res.sendStatus(503);
  }
};
`,
  },
  'ipn/body-parser': {
    file: 'ipn.js',
    beside: besideOrders,
    before: `const express = require('express');
const client = require('./amazon-pay');
const orders = require('./orders');

const app = express();

app.post('/ipn', express.json(), (req, res) => {
  client.parseSNSResponse(req.body, async (err, message) => {
    if (err) return res.sendStatus(500);
    if (message.NotificationType === 'PaymentCapture') {
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
    res.sendStatus(200);
  });
});
`,
    writtenBy: 'migrate',
    after: `const express = require('express');
const client = require('./amazon-pay');
const orders = require('./orders');
const { fetchSignedNotification, toCallback } = require('./amazon-pay-v2');

const app = express();

app.post('/ipn', express.json({ type: ['application/json', 'text/plain'] }), (req, res) => {
  toCallback(fetchSignedNotification(client, req.body), async (err, message) => {
    if (err) return res.sendStatus(500);
    // TODO(amazon-pay-v2) ipn/unhandled-object: no branch for REFUND, CHARGE_PERMISSION, CHARGEBACK; decide what happens then.
    if (message.NotificationType === 'PaymentCapture') {
      await orders.setCapture(message.NotificationData.AmazonCaptureId, message.NotificationData.CaptureStatus.State);
    }
    res.sendStatus(200);
  });
});
`,
  },
};
