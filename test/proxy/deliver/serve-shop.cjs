'use strict';

/** A shop in a process of its own: its `app.js` listens, as its framework does, and `/orders` tells what its orders say. */
const http = require('node:http');
const path = require('node:path');

const app = require(path.resolve('app.js'));
const orders = require(path.resolve('orders.js'));
const server = http.createServer((request, response) => {
  if (request.url !== '/orders') return app(request, response);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(orders.all()));
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
