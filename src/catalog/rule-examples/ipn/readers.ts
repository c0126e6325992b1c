import type { RuleExamples } from '../rule-example';
import { besideOrders } from './beside';

export const readersExamples: RuleExamples = {
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
