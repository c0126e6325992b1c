'use strict';

const { connect, Environment } = require('amazon-payments');

module.exports = connect({
  environment: Environment.SandboxEU,
  sellerId: process.env.AMAZON_SELLER_ID,
  mwsAccessKey: process.env.MWS_ACCESS_KEY,
  mwsSecretKey: process.env.MWS_SECRET_KEY,
  clientId: process.env.LWA_CLIENT_ID,
});
