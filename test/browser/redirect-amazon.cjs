'use strict';

/** Preloaded into the shop: what it would send to Amazon goes to the stand-in on loopback; any other host is refused. */
const http = require('node:http');
const https = require('node:https');

const { hostname, port } = new URL(process.env.AMAZON_STAND_IN);
const AMAZON = /^(?:pay-api\.amazon\.(?:com|eu|jp)|mws[.-][\w.-]*amazonservices\.[\w.]+)$/;

https.request = (first, second, third) => {
  const isAddress = typeof first === 'string' || first instanceof URL;
  const url = isAddress ? new URL(first) : null;
  const options = isAddress
    ? { path: url.pathname + url.search, ...(typeof second === 'object' ? second : {}) }
    : first;
  const host = url?.hostname ?? options.hostname ?? options.host;
  if (!AMAZON.test(host)) throw new Error(`The shop wants to talk to ${host}`);
  const sent = { ...options, agent: undefined, protocol: 'http:', hostname, host: hostname, port };
  return http.request(sent, typeof second === 'function' ? second : third);
};
https.get = (...args) => https.request(...args).end();
