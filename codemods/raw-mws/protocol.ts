/** Parameters of the protocol, which the v2 SDK takes care of. */
export const PROTOCOL =
  /^(?:Action|Version|SellerId|AWSAccessKeyId|Signature|SignatureMethod|SignatureVersion|Timestamp|MWSAuthToken)$/;
