/** A fault that is planted into the proxy of a test: it acknowledges messages before they are stored. */
exports.plant = (fromDist) => {
  const { Inbox } = fromDist('store/inbox.js');
  const { accept } = Inbox.prototype;
  Inbox.prototype.accept = function (arrival) {
    accept.call(this, arrival).catch(() => undefined);
    return Promise.resolve({ id: 0, isNew: true });
  };
};
